import { expandEnvFrom } from '../../objects/env-expansion.ts';
import type { Container } from '../../objects/kubernetes.ts';
import type { Doing } from '../doing.ts';
import { containerEnvironment } from '../environment/container-environment.ts';
import { imageOf } from '../images-of-node.ts';
import type { PodContext } from '../pod-worker/pod-context.ts';
import { hostOf } from './host-of.ts';
import { beginProgram } from './program.ts';

type Begun = { readonly process: unknown } | { readonly failure: string };

/** The process that a container starts with; a failure is what the runtime says of it. */
export function* beginProcess(context: PodContext, container: Container, id: string): Doing<Begun> {
  const { view, now } = context;
  const row = view.rows.row('containers', id);
  const host = row && hostOf(view, row);
  if (!host) return { failure: `container ${id} is not there` };
  const { behaviour } = imageOf(view.settings, container.image ?? '');
  const env = { ...behaviour.env, ...(yield* containerEnvironment(context, container)) };
  const argv = commandOf(container, behaviour, env);
  const workingDir = container.workingDir ?? behaviour.workingDir;
  const begun = beginProgram(
    host,
    { argv, env, workingDir, isPid1: context.pod.spec.shareProcessNamespace !== true },
    now,
  );
  return 'failure' in begun ? begun : { process: begun.state };
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
