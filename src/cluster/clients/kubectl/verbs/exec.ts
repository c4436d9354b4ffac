import { drawHex } from '../../../../kernel/chance/draw.ts';
import type { View } from '../../../contract/component.ts';
import type { ContainerRow, ExecRow } from '../../../contract/machine-rows.ts';
import { quoteGo } from '../../../objects/go-json.ts';
import type { Pod } from '../../../objects/kubernetes.ts';
import { isMirrorPod, podKeyOf } from '../../../objects/mirror-pod.ts';
import { bool, duration, list, refused, text } from '../../flags/flag.ts';
import type { CheckContext, TypedWord } from '../../program.ts';
import { describeRefusal, fail, failUsage, failWith, KubectlExit } from '../failure.ts';
import { DONE, type Invocation, type Steps } from '../invocation.ts';
import { pipedInto } from '../pods/piped-input.ts';
import { awaitFirstPod, type PodAwaited, podToConnect } from '../pods/pod-behind.ts';
import {
  containerKey,
  containerNames,
  DEFAULT_CONTAINER,
  hasContainer,
  statusOfContainer,
} from '../pods/pod-containers.ts';
import { unreachableKubelet } from '../pods/unreachable-kubelet.ts';
import type { Refused, Verb } from '../verb.ts';
import { goOnInEtcd, type InEtcd, isEtcdTool } from './exec-in-etcd.ts';

export const exec: Verb = {
  name: 'exec',
  flags: [
    text('c,container'),
    bool('q,quiet'),
    bool('i,stdin'),
    bool('t,tty'),
    duration('pod-running-timeout', '1m0s'),
    ...refused(list('f,filename')),
  ],
  refusal: refuseShell,
  run: execInPod,
};

/** What an exec remembers: its row, and how much of its output has been printed. */
interface ExecMemory {
  readonly id: string;
  readonly stdout: number;
  readonly stderr: number;
}

function* execInPod(invocation: Invocation): Steps {
  const memory = invocation.call.memory as ExecMemory | PodAwaited | InEtcd | undefined;
  if (memory !== undefined && 'inEtcd' in memory) return yield* goOnInEtcd(invocation, memory);
  if (memory !== undefined && 'id' in memory) return yield* goOn(invocation, memory);
  const command = commandOf(invocation);
  const [word = ''] = invocation.args;
  if (word === '' || invocation.dashAt === 0) fail('pod, type/name or --filename must be specified');
  if (command.length === 0) fail('you must specify at least one command for the container');
  const found = yield* podToConnect(invocation, word);
  if (found === undefined) return awaitFirstPod(invocation);
  const etcd = etcdBehind(invocation, found.pod, command);
  if (etcd) return yield* goOnInEtcd(invocation, etcd);
  const id = yield* startProgram(invocation, found.pod, command);
  return yield* goOn(invocation, { id, stdout: 0, stderr: 0 });
}

/** etcd's own tools, called where an etcd runs. */
function etcdBehind(invocation: Invocation, pod: Pod, command: readonly string[]): InEtcd | undefined {
  if (!isMirrorPod(pod) || !isEtcdTool(command)) return undefined;
  const name = chosenContainer(invocation, pod);
  checkReachable(invocation, pod);
  const row = name === 'etcd' ? runningContainer(invocation, pod, name) : undefined;
  return row && { inEtcd: row.node, command, memory: undefined };
}

/** Starts a program in the container that is chosen, or the only one; its row has this id. */
export function* startProgram(invocation: Invocation, pod: Pod, argv: readonly string[]): Steps<string> {
  const phase = pod.status?.phase ?? '';
  if (phase === 'Succeeded' || phase === 'Failed') {
    fail(`cannot exec into a container in a completed pod; current phase is ${phase}`);
  }
  const name = chosenContainer(invocation, pod);
  checkReachable(invocation, pod);
  const row = runningContainer(invocation, pod, name);
  if (row === undefined) return fail(`unable to upgrade connection: container not found (${quoteGo(name)})`);
  const id = `kubectl/${invocation.call.command}/${invocation.call.instance}`;
  const { node, pod: podKey, id: container } = row;
  const text = pipedInto(invocation);
  const input = text === '' ? {} : { hasInput: true as const };
  yield { type: 'ExecRequested', exec: id, node, pod: podKey, container, argv, ...input };
  if (text !== '') yield { type: 'ExecInputGiven', exec: id, node, pod: podKey, text, ended: true };
  return id;
}

/** Without `--` the words behind the pod were its command until 1.30. */
function commandOf({ args, dashAt, path, version, err, call }: Invocation): readonly string[] {
  if (dashAt !== undefined) return args.slice(dashAt);
  if (args.length < 2) return [];
  if (version.minor >= 31) {
    failUsage(path, 'exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead');
  }
  if (call.memory === undefined) {
    err(
      'kubectl exec [POD] [COMMAND] is DEPRECATED and will be removed in a future version. Use kubectl exec [POD] -- [COMMAND] instead.\n',
    );
  }
  return args.slice(1);
}

function chosenContainer({ flags, err, version, namespace }: Invocation, pod: Pod): string {
  const asked = flags.text('container') || (pod.metadata.annotations?.[DEFAULT_CONTAINER] ?? '');
  const { name: podName = '' } = pod.metadata;
  if (asked !== '') {
    // It is the API server that says so.
    const message = `container ${asked} is not valid for pod ${podName}`;
    if (!hasContainer(pod, asked)) failWith([{ status: { code: 400, reason: 'BadRequest', message } }]);
    return asked;
  }
  const [first] = pod.spec.containers;
  if (first === undefined)
    return fail(`pod ${pod.metadata.namespace}/${podName} does not have any containers`);
  const isAlone = pod.spec.containers.length === 1 && (pod.spec.initContainers ?? []).length === 0;
  if (!isAlone && !(flags.has('quiet') && flags.bool('quiet'))) {
    err(
      version.minor < 22
        ? `Defaulting container name to ${first.name}.\nUse 'kubectl describe pod/${podName} -n ${namespace}' to see all of the containers in this pod.\n`
        : `Defaulted container ${quoteGo(first.name)} out of: ${containerNames(pod)}\n`,
    );
  }
  return first.name;
}

/** The API server has to reach the kubelet of the pod's node (registry/core/pod: streamLocation). */
function checkReachable({ view, version }: Invocation, { metadata, spec }: Pod): void {
  if (spec.nodeName === undefined) {
    const message = `pod ${metadata.name} does not have a host assigned`;
    throw new KubectlExit(describeRefusal({ code: 400, reason: 'BadRequest', message }));
  }
  const kubelet = unreachableKubelet(view, spec.nodeName);
  if (kubelet === undefined) return;
  const message = `error dialing backend: ${kubelet.problem}`;
  // Over websockets (groundtruth/v1.36/l-kubectl-texts) kubectl does not see who says so.
  if (version.minor >= 30) fail(`unable to upgrade connection: ${message}`);
  throw new KubectlExit(`Error from server: ${message}`);
}

/** The kubelet asks its runtime, which knows better than the status of the pod. */
function runningContainer({ view }: Invocation, pod: Pod, name: string): ContainerRow | undefined {
  const rows = view.rows
    .rowsBy('containers', 'pod', podKeyOf(pod))
    .filter((row) => row.name === name && row.startedAt !== undefined && row.exit === undefined);
  const known = containerKey(statusOfContainer(pod, name)?.containerID ?? '');
  return rows.find(({ id }) => id === known) ?? rows.at(-1);
}

/** Prints what the program has printed since, and ends with it. */
function* goOn(invocation: Invocation, memory: ExecMemory): Steps {
  const { view, out, err } = invocation;
  const row = view.rows.row('execs', memory.id);
  if (row === undefined) return fail('Internal error occurred: the program is not known any more');
  out(row.stdout.slice(memory.stdout));
  err(row.stderr.slice(memory.stderr));
  if (row.exitCode === undefined) {
    const next: ExecMemory = { id: memory.id, stdout: row.stdout.length, stderr: row.stderr.length };
    const seen = next.stdout + next.stderr;
    return { pause: { memory: next, awaits: [{ type: 'exec', id: memory.id, seen }] } };
  }
  yield { type: 'ExecForgotten', exec: memory.id, node: row.node, pod: row.pod };
  if (row.failure !== undefined) failToRun(invocation, row, row.failure);
  if (row.exitCode === 0) return DONE;
  throw new KubectlExit(`command terminated with exit code ${row.exitCode}`, row.exitCode);
}

/** containerd's words for a program that cannot be started (groundtruth/v1.36/l-kubectl-texts). */
export function failToRun({ view, version }: Invocation, { id }: ExecRow, failure: string): never {
  const twice = version.minor >= 30 ? 'Internal error occurred: ' : '';
  return fail(`Internal error occurred: ${twice}${whyNotRun(view, id, failure)}`);
}

/** The same as the kubelet passes it on. */
export function whyNotRun(view: View, id: string, failure: string): string {
  const reason = /exec: "[^"]*": .*$/s.exec(failure)?.[0] ?? failure;
  const cause = reason.replace(/: stat \S+: no such file/, ': no such file');
  const start = `failed to exec in container: failed to start exec ${quoteGo(drawHex(view.chance, 64, 'exec', id))}`;
  const runtime = `OCI runtime exec failed: exec failed: unable to start container process: ${cause}`;
  return `error executing command in container: ${start}: ${runtime}`;
}

/** Shells that wait for somebody to type. */
const SHELLS = ['sh', 'bash', 'ash', '/bin/sh', '/bin/bash', '/bin/ash'];

/** A call that only opens a shell, into which nothing is piped and nobody types. */
export function refuseShell(
  words: readonly TypedWord[],
  { hasInput = false }: Pick<CheckContext, 'hasInput'>,
): Refused | undefined {
  if (hasInput) return undefined;
  const dash = words.findIndex(({ text: word }) => word === '--');
  const [word, ...rest] = dash < 0 ? [] : words.slice(dash + 1);
  if (word === undefined || rest.length > 0 || !SHELLS.includes(word.text)) return undefined;
  const hint = 'let it do what you would type into it: -- sh -c "…"';
  return { word, what: 'a shell that somebody types into', hint };
}
