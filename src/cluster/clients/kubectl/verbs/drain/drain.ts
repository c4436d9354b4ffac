import type { Millis } from '../../../../../kernel/time/millis.ts';
import { parseLabelSelector } from '../../../../objects/label-selector.ts';
import { bool, duration, int, text, until } from '../../../flags/flag.ts';
import { fail, failUsage, failWith, KubectlExit } from '../../failure.ts';
import { DRY_RUN_FLAG, SELECTOR_FLAG } from '../../flags/common-flags.ts';
import { DONE, type Invocation, type Steps } from '../../invocation.ts';
import { readDryRun } from '../../output/dry-run.ts';
import { partVisited } from '../../resources/read-files.ts';
import { selectObjects } from '../../resources/select-objects.ts';
import type { Verb } from '../../verb.ts';
import { markOne } from '../cordon.ts';
import { deadlineOf, goOnLeaving, type Leaving, leavingPod } from './evict-pods.ts';
import { podsToDrain } from './pods-to-drain.ts';

const LOCAL_DATA = {
  ...bool('delete-local-data'),
  deprecated: {
    since: 0,
    text: 'Flag --delete-local-data has been deprecated, This option is deprecated and will be deleted. Use --delete-emptydir-data.',
  },
};

export const drain: Verb = {
  name: 'drain',
  flags: [
    SELECTOR_FLAG,
    DRY_RUN_FLAG,
    bool('force'),
    bool('ignore-daemonsets'),
    bool('delete-emptydir-data'),
    ...until(31, LOCAL_DATA),
    int('grace-period', '-1'),
    duration('timeout', '0s'),
    text('pod-selector'),
    bool('disable-eviction'),
    int('skip-wait-for-delete-timeout', '0'),
    int('chunk-size', '500'),
  ],
  run: drainNodes,
};

const ABORTING = `DEPRECATED WARNING: Aborting the drain command in a list of nodes will be deprecated in v1.23.
The new behavior will make the drain command go through all nodes even if one or more nodes failed during the drain.
For now, users can try such experience via: --ignore-errors
`;

/** Up to 1.22 the first node that cannot be drained ends it. */
const GOES_ON_SINCE = 23;

interface DrainMemory {
  /** Still to be drained, the first of them at the moment. */
  readonly nodes: readonly string[];
  readonly undrained: readonly Undrained[];
  readonly leaving?: Leaving;
}

interface Undrained {
  readonly node: string;
  readonly reasons: readonly string[];
}

/** Keeps pods from nodes, and sends away those that are there (kubectl: drain.go RunDrain). */
function* drainNodes(invocation: Invocation): Steps {
  let memory = (invocation.call.memory as DrainMemory | undefined) ?? (yield* cordonAll(invocation));
  for (let [node] = memory.nodes; node !== undefined; [node] = memory.nodes) {
    const ended = yield* drainNode(invocation, node, memory.leaving);
    if ('leaving' in ended) {
      const { leaving } = ended;
      return { pause: { memory: { ...memory, leaving }, wakeAt: nextAt(invocation, leaving) } };
    }
    const undrained =
      ended.reasons.length === 0 ? memory.undrained : [...memory.undrained, { node, ...ended }];
    memory = { nodes: memory.nodes.slice(1), undrained };
    if (ended.reasons.length === 0) continue;
    sayUndrained(invocation, node, ended.reasons);
    if (invocation.version.minor < GOES_ON_SINCE) break;
  }
  return finish(invocation, memory);
}

function* cordonAll(invocation: Invocation): Steps<DrainMemory> {
  const { args, flags, path } = invocation;
  if (args.length === 0 && flags.text('selector') === '') failUsage(path, 'USAGE: drain NODE [flags]');
  if (args.length > 0 && flags.text('selector') !== '') {
    failUsage(path, 'cannot specify both a node name and a --selector option');
  }
  if (!parseLabelSelector(flags.text('pod-selector')).ok) {
    fail('--pod-selector=<pod_selector> must be a valid label selector');
  }
  const names = args.map((arg) => arg.replace(/^nodes?\//, ''));
  const { visited } = yield* selectObjects(invocation, { args: ['nodes', ...names] });
  const { infos, failures } = partVisited(visited);
  failWith(failures);
  const dryRun = readDryRun(invocation);
  for (const info of infos) yield* markOne(invocation, info, { unschedulable: true, dryRun });
  return { nodes: infos.map(({ name }) => name), undrained: [] };
}

function nextAt(invocation: Invocation, leaving: Leaving): Millis {
  const deadline = leaving.pods.some(({ isAgreed }) => isAgreed)
    ? deadlineOf(invocation, leaving)
    : Number.POSITIVE_INFINITY;
  return Math.min(deadline, ...leaving.pods.map(({ at }) => at));
}

/** Still at it, or why the node is not empty; no reasons: it is. */
function* drainNode(
  invocation: Invocation,
  node: string,
  before: Leaving | undefined,
): Steps<{ readonly leaving: Leaving } | Pick<Undrained, 'reasons'>> {
  const leaving = before ?? (yield* beginLeaving(invocation, node));
  if ('reasons' in leaving) return leaving;
  const next = yield* goOnLeaving(invocation, leaving);
  if (next.pods.length > 0) return { leaving: next };
  if (next.failures.length > 0) yield* tellOfPending(invocation, node, next.failures);
  else sayDrained(invocation, node, next.hadPods);
  return { reasons: next.failures };
}

function* beginLeaving(invocation: Invocation, node: string): Steps<Leaving | Pick<Undrained, 'reasons'>> {
  const { call, err, out, version } = invocation;
  const { pods, warnings, refusals } = yield* podsToDrain(invocation, node);
  if (refusals.length > 0) return { reasons: refusals };
  if (warnings.length > 0) {
    err(`${version.minor < 25 ? 'WARNING' : 'Warning'}: ${warnings.join('; ')}\n`);
  }
  const isPretence = readDryRun(invocation) === 'client';
  for (const { metadata } of isPretence ? pods : []) {
    out(`evicting pod ${metadata.namespace}/${metadata.name} (dry run)\n`);
  }
  const leaving = isPretence ? [] : pods.map((pod) => leavingPod(pod, call.now));
  return { startedAt: call.now, pods: leaving, failures: [], hadPods: leaving.length > 0 };
}

/** kubectl 1.22 calls the node what it called its last pod (groundtruth/v1.20/c-drain). */
function sayDrained(invocation: Invocation, node: string, hadPods: boolean): void {
  const { flags, out, version } = invocation;
  const dryRun = readDryRun(invocation);
  const suffix = dryRun === 'none' ? '' : dryRun === 'client' ? ' (dry run)' : ' (server dry run)';
  const asPod = flags.bool('disable-eviction') ? 'deleted' : 'evicted';
  out(`node/${node} ${hadPods && version.minor < GOES_ON_SINCE ? asPod : 'drained'}${suffix}\n`);
}

function* tellOfPending(invocation: Invocation, node: string, failures: readonly string[]): Steps<undefined> {
  const { pods, refusals } = yield* podsToDrain(invocation, node);
  if (pods.length > 0) {
    invocation.err(
      `There are pending pods in node "${node}" when an error occurred: ${asOne(failures)}\n` +
        pods.map(({ metadata }) => `pod/${metadata.name}\n`).join(''),
    );
  }
  if (refusals.length > 0) {
    invocation.err(`Following errors occurred while getting the list of pods to delete:\n${asOne(refusals)}`);
  }
  return undefined;
}

/** Several errors as Go writes them in one. */
function asOne(errors: readonly string[]): string {
  return errors.length === 1 ? errors.join('') : `[${errors.join(', ')}]`;
}

function sayUndrained({ err, version }: Invocation, node: string, reasons: readonly string[]): void {
  const { minor } = version;
  if (minor === 22) err(ABORTING);
  const unable = `error: unable to drain node "${node}"`;
  if (minor < GOES_ON_SINCE) err(`${unable}, aborting command...\n\n`);
  else err(`${unable} due to error:${minor >= 31 ? ' ' : ''}${asOne(reasons)}, continuing command...\n`);
}

function finish({ err, version }: Invocation, { nodes, undrained }: DrainMemory) {
  if (undrained.length === 0) return DONE;
  const pending = [...undrained.map(({ node }) => node), ...nodes];
  err(`There are pending nodes to be drained:\n${pending.map((node) => ` ${node}\n`).join('')}`);
  const [{ reasons } = { reasons: [] }, ...others] = undrained;
  if (others.length > 0) throw new KubectlExit(undrained.map((each) => asOne(each.reasons)).join('\n'));
  if (reasons.length === 1 && version.minor < GOES_ON_SINCE) fail(reasons.join(''));
  throw new KubectlExit(reasons.join('\n'));
}
