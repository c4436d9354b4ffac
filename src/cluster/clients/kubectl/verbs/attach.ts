import { quoteGo } from '../../../objects/go-json.ts';
import { podKeyOf } from '../../../objects/mirror-pod.ts';
import { bool, duration, text } from '../../flags/flag.ts';
import type { Awaited } from '../../program.ts';
import { fail } from '../failure.ts';
import { DONE, type Invocation, type Steps } from '../invocation.ts';
import { readLog } from '../pods/container-log.ts';
import { giveToContainer } from '../pods/piped-input.ts';
import { awaitFirstPod, podToConnect } from '../pods/pod-behind.ts';
import { containerNames, DEFAULT_CONTAINER, hasContainer } from '../pods/pod-containers.ts';
import { unreachableKubelet } from '../pods/unreachable-kubelet.ts';
import type { Verb } from '../verb.ts';

export const attach: Verb = {
  name: 'attach',
  flags: [
    text('c,container'),
    bool('i,stdin'),
    bool('t,tty'),
    bool('q,quiet'),
    duration('pod-running-timeout', '1m0s'),
  ],
  run: attachToContainer,
};

/** The container, and how many lines of its output have been printed or were there before. */
interface AttachMemory {
  readonly container: string;
  readonly taken: number;
}

/** Prints what a container prints from now on, until it ends (kubectl: attach.go Run). */
function* attachToContainer(invocation: Invocation): Steps {
  const { args, call, flags, view } = invocation;
  const memory = call.memory as AttachMemory | undefined;
  if (memory !== undefined && 'container' in memory) return goOn(invocation, memory);
  if (args.length === 0) fail('at least 1 argument is required for attach');
  if (args.length > 2)
    fail(
      'expected POD, TYPE/NAME, or TYPE NAME, (at most 2 arguments) saw ' +
        `${args.length}: [${args.join(' ')}]`,
    );
  const found = yield* podToConnect(invocation, args.join('/'));
  if (found === undefined) return awaitFirstPod(invocation);
  const { pod } = found;
  const { phase } = pod.status ?? {};
  if (phase === 'Succeeded' || phase === 'Failed')
    fail(`cannot attach a container in a completed pod; current phase is ${phase}`);
  const name = chosen(invocation, pod);
  const { namespace, name: podName } = pod.metadata;
  const row = view.rows
    .rowsBy('containers', 'pod', podKeyOf(pod))
    .findLast((each) => each.name === name && each.startedAt !== undefined && each.exit === undefined);
  if (row === undefined)
    return fail(`unable to upgrade connection: container ${name} not found in pod ${podName}_${namespace}`);
  const { stdin: isOpen = false, stdinOnce = false } =
    pod.spec.containers.find((each) => each.name === name) ?? {};
  if (isOpen) yield* giveToContainer(invocation, row, stdinOnce && flags.bool('stdin'));
  return goOn(invocation, { container: row.id, taken: readLog(view.rows, row.id).length });
}

function chosen({ flags, err, version }: Invocation, pod: Parameters<typeof containerNames>[0]): string {
  const asked = flags.text('container') || (pod.metadata.annotations?.[DEFAULT_CONTAINER] ?? '');
  if (asked !== '') {
    if (hasContainer(pod, asked)) return asked;
    const problem =
      version.minor < 22 ? `not found (${asked})` : `${asked} not found in pod ${pod.metadata.name}`;
    return fail(`cannot attach to the container: container ${problem}`);
  }
  const [first] = pod.spec.containers;
  if (first === undefined) return fail(`pod ${pod.metadata.name} does not have any containers`);
  const isAlone = pod.spec.containers.length === 1 && (pod.spec.initContainers ?? []).length === 0;
  if (!isAlone && !flags.bool('quiet'))
    err(`Defaulted container ${quoteGo(first.name)} out of: ${containerNames(pod)}\n`);
  return first.name;
}

function goOn({ view, out }: Invocation, { container, taken }: AttachMemory) {
  const lines = readLog(view.rows, container);
  out(
    lines
      .slice(taken)
      .map(({ text: line }) => `${line}\n`)
      .join(''),
  );
  const row = view.rows.row('containers', container);
  if (row === undefined || row.exit !== undefined) return DONE;
  if (unreachableKubelet(view, row.node) !== undefined) return DONE;
  const seen = view.rows.rowsBy('logs', 'container', container).length;
  const awaits: Awaited[] = [
    { type: 'log', container, seen },
    { type: 'stop', node: row.node },
  ];
  return { pause: { memory: { container, taken: lines.length }, awaits } };
}
