import { compareText } from '../objects/json.ts';
import type { Pod } from '../objects/kubernetes.ts';
import { inVersion, type KubeVersion, type Since } from '../objects/versions.ts';
import type { Attempt, Outcome } from './attempt.ts';
import type { Refusal } from './framework.ts';

/**
 * What follows the reasons: PreFilter's part and the attempt to preempt (`groundtruth`: 1.36 3.7, 1.20 3.7).
 */
const TAIL: Since<(preemption: string) => string> = [
  [0, () => ''],
  [23, (preemption) => ` preemption: ${preemption}`],
  [35, (preemption) => ` no new claims to deallocate, preemption: ${preemption}`],
];

/** What a profile says that never makes room: what comes before the attempt to. */
const TAIL_WITHOUT_PREEMPTION: Since<string> = [
  [0, ''],
  [35, ' no new claims to deallocate'],
];

/** What an Event can hold (core validation: NoteLengthLimit); the pod's condition bears the whole text. */
const NOTE_LENGTH = 1024;
const CUT = ' ...';

/** The same, as long as an Event may be (scheduler: schedule_one.go truncateMessage). */
export function noteOf(message: string): string {
  return message.length <= NOTE_LENGTH ? message : `${message.slice(0, NOTE_LENGTH - CUT.length)}${CUT}`;
}

/** What a pod is told that found no node. */
export function messageOf({ cycle, outcome }: Attempt): string {
  const { nodes, version } = cycle;
  if ('problem' in outcome) return preFilterMessage(outcome, nodes.length, version);
  const { choice, preemption } = outcome;
  const refusals = choice.refusals.map(({ refusal }) => refusal);
  const why = preemption && 'why' in preemption ? preemption.why : undefined;
  if (preemption) return aboutDevices(failureMessage(refusals, why, version), cycle.pod);
  const told = failureMessage(refusals, undefined, version);
  return refusals.length === 0 ? told : `${told}${inVersion(TAIL_WITHOUT_PREEMPTION, version)}`;
}

/**
 * Of claims to devices none could be given up that would have helped (plugins/dynamicresources: PostFilter).
 */
function aboutDevices(message: string, { spec }: Pod): string {
  const hasClaims = (spec.resourceClaims?.length ?? 0) > 0;
  return hasClaims ? message.replace(' no new claims to deallocate', ' still not schedulable') : message;
}

/**
 * Why making room did not help: in words of its own, or for one reason or several for each node; undefined
 * where room is being made.
 */
export type NoRoomMade = string | readonly string[] | undefined;

/** The text of FailedScheduling (scheduler: framework/types.go FitError.Error). */
export function failureMessage(
  refusals: readonly Refusal[],
  noRoomMade: NoRoomMade,
  version: KubeVersion,
): string {
  if (refusals.length === 0) return 'no nodes available to schedule pods';
  const head = `0/${refusals.length} nodes are available:`;
  const told = `${head} ${histogram(refusals.flatMap((refusal) => refusal.reasons))}.`;
  if (noRoomMade === undefined) return told;
  const words = typeof noRoomMade === 'string' ? noRoomMade : `${head} ${histogram(noRoomMade)}.`;
  return `${told}${inVersion(TAIL, version)(words)}`;
}

/** Since 1.26 what PreFilter refuses is not counted by nodes (scheduler: framework/types.go PreFilterMsg). */
const COUNTS_NODES: Since<boolean> = [
  [0, true],
  [26, false],
];

/**
 * What follows when no node was asked. That of 1.36 is what its recording says: a plugin's PostFilter misses
 * what its PreFilter would have left.
 */
const TAIL_OF_PREFILTER: Since<(preemption: string) => string> = [
  [0, () => ''],
  [23, (preemption) => ` preemption: ${preemption}`],
  [35, () => ' not found'],
];

/** The text of FailedScheduling when a pod can be nowhere, whatever the nodes are like. */
function preFilterMessage(
  { plugin, problem }: Extract<Outcome, { readonly problem: string }>,
  nodes: number,
  version: KubeVersion,
): string {
  const head = `0/${nodes} nodes are available:`;
  const said = inVersion(COUNTS_NODES, version) ? `${nodes} ${problem}` : problem;
  const preemption = `${head} ${nodes} Preemption is not helpful for scheduling.`;
  const tail = plugin === 'DynamicResources' ? TAIL : TAIL_OF_PREFILTER;
  return `${head} ${said}.${inVersion(tail, version)(preemption)}`;
}

/** `3 Insufficient cpu, 1 node(s) were unschedulable`, sorted as texts. */
function histogram(reasons: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts]
    .map(([reason, count]) => `${count} ${reason}`)
    .sort(compareText)
    .join(', ');
}
