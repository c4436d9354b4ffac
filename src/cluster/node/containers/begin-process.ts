import type { View } from '../../contract/component.ts';
import type { Doing } from '../../contract/doing.ts';
import type { ContainerRow } from '../../contract/machine-rows.ts';
import { expandEnvFrom } from '../../objects/env-expansion.ts';
import type { Container } from '../../objects/kubernetes.ts';
import { inVersion, type Since } from '../../objects/versions.ts';
import { containerEnvironment } from '../environment/container-environment.ts';
import { imageOn, isPretended } from '../images-of-node.ts';
import { containerSpec, type PodContext } from '../pod-worker/pod-context.ts';
import type { ProcessHost } from '../processes/process-host.ts';
import type { ProcessState } from '../processes/process-state.ts';
import { startProcess } from '../processes/start-process.ts';
import { hostOf } from './host-of.ts';

type Begun = { readonly process: ProcessState } | { readonly failure: string };

/** The process that a container starts with; a failure is what the runtime says of it. */
export function* beginProcess(context: PodContext, container: Container, id: string): Doing<Begun> {
  const { view, now, version } = context;
  const row = view.rows.row('containers', id);
  const host = row && hostOf(view, row);
  if (!host) return { failure: `container ${id} is not there` };
  const { node } = context;
  const { behaviour } = imageOn(view, node, container.image ?? '');
  const env = { ...behaviour.env, ...(yield* containerEnvironment(context, container)) };
  const argv = isPretended(view, node) ? [...behaviour.entrypoint] : commandOf(container, behaviour, env);
  const cwd = container.workingDir ?? behaviour.workingDir;
  // It stays open until whoever attaches has ended it, where it is open once only; else for ever.
  const hasInput = container.stdin === true;
  const begun = startProcess({ argv, env, cwd, host, now, pid: firstPid(context, container), hasInput });
  if ('failed' in begun) return { failure: RUNC_CREATE + begun.failed + inVersion(FAILURE_END, version) };
  return { process: begun };
}

const RUNC_CREATE =
  'failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: ';

/** containerd 2 no longer says of errors that they are of no known kind. */
const FAILURE_END: Since<string> = [
  [20, ': unknown'],
  [33, ''],
];

/** Where the containers of a pod share their processes, its sandbox is the first of them. */
function firstPid({ pod }: PodContext, { name }: Container): number {
  if (!pod.spec.shareProcessNamespace) return 1;
  const index = pod.spec.containers.findIndex((container) => container.name === name);
  return 7 + 1000 * Math.max(index, 0);
}

interface Defaults {
  readonly entrypoint: readonly string[];
  readonly cmd: readonly string[];
}

/** `command` replaces the image's entrypoint and its arguments, `args` only the latter. */
function commandOf(
  { command, args }: Container,
  { entrypoint, cmd }: Defaults,
  env: Readonly<Record<string, string>>,
): string[] {
  const first = command?.length ? command : entrypoint;
  const rest = args?.length ? args : command?.length ? [] : cmd;
  return [...first, ...rest].map((word) => expandEnvFrom(word, env));
}

type BegunExec =
  | { readonly process: ProcessState; readonly host: ProcessHost }
  | { readonly failure: string };

interface BeginningExec {
  readonly argv: readonly string[];
  readonly exec: string;
  readonly now: number;
  readonly hasInput?: boolean;
}

/** A program that is started inside of a running container. */
export function beginExec(
  view: View,
  row: ContainerRow,
  { argv, exec, now, hasInput = false }: BeginningExec,
): BegunExec {
  const host = hostOf(view, row, { id: exec, now });
  const own = view.rows.row('processes', row.id)?.state as ProcessState | undefined;
  if (!host || !own) return { failure: 'container not running' };
  const pod = view.rows.row('podWorkers', row.pod)?.pod;
  const container = pod && containerSpec(pod, row.name);
  const cwd = container?.workingDir ?? host.image.workingDir;
  const beside = view.rows
    .rowsBy('execs', 'container', row.id)
    .map(({ state }) => state as ProcessState | undefined);
  const pid = Math.max(own.nextPid, ...beside.map((other) => other?.nextPid ?? 0)) + PIDS_BETWEEN;
  const begun = startProcess({ argv, env: own.env, cwd, host, now, pid, hasInput });
  return 'failed' in begun ? { failure: begun.failed } : { process: begun, host };
}

/** The runtime's own steps into the container take some numbers. */
const PIDS_BETWEEN = 5;
