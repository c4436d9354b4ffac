import { type Chance, drawWhole } from '../../../kernel/chance/draw.ts';
import { settledOutcome } from '../../../kernel/chance/outcomes.ts';
import { SECOND } from '../../../kernel/time/millis.ts';
import { parseRfc3339 } from '../../../kernel/time/rfc3339.ts';
import { findCondition } from '../../objects/conditions.ts';
import { compareText } from '../../objects/json.ts';
import type { Pod, PodDisruptionBudget } from '../../objects/kubernetes.ts';
import type { KubeVersion } from '../../objects/versions.ts';
import type { NodeRefusal } from '../filter-nodes.ts';
import type { Cycle } from '../framework.ts';
import { priorityOf, startTimeOf } from '../priority.ts';
import { findVictims, type Victims } from './find-victims.ts';

/** Room to be made on a node, or why none can be. */
export type Preemption = RoomToMake | NoRoom;

export interface RoomToMake {
  readonly victims: Victims;
  /** All nodes on which room could be made, of which it is the one that does least harm. */
  readonly candidates: readonly Victims[];
}

export interface NoRoom {
  /** In words of its own, or for each node. */
  readonly why: string | readonly string[];
  /** Whether a promise of a node stands. */
  readonly keepsPromise: boolean;
}

/** Of so many nodes at least, and of a tenth, it is found out what room could be made on them. */
const MIN_CANDIDATES = 100;
const MIN_PERCENTAGE = 10;

/** Looks for a node where less important pods can make room (scheduler: framework/preemption). */
export function preempt(cycle: Cycle, refusals: readonly NodeRefusal[], chance: Chance): Preemption {
  const ineligible = whyIneligible(cycle, refusals);
  if (ineligible !== undefined) return { why: ineligible, keepsPromise: true };
  const reasons: string[] = [];
  const helpful = refusals.filter(({ refusal }) => {
    if (refusal.unresolvable) reasons.push('Preemption is not helpful for scheduling');
    return !refusal.unresolvable;
  });
  const candidates: Victims[] = [];
  const budgets = cycle.objects.list<PodDisruptionBudget>('poddisruptionbudgets.policy');
  const most = candidatesWanted(cycle, helpful.length);
  const places = new Map(cycle.nodes.map(({ name }, place) => [name, place]));
  for (const { node } of rotated(helpful, cycle.pod, chance)) {
    const place = places.get(node);
    if (place === undefined) continue;
    const found = findVictims(cycle, place, budgets);
    if ('reasons' in found) reasons.push(...found.reasons);
    else candidates.push(found);
    if (candidates.length >= most && candidates.some(({ violations }) => violations === 0)) break;
  }
  const sorted = candidates.toSorted(byHarm);
  const settled = settledOutcome(chance, ...preemptionKey(cycle.pod));
  const best = sorted.find((each) => each.node === settled && isAsHarmless(each, sorted[0])) ?? sorted[0];
  return best ? { victims: best, candidates } : { why: reasons, keepsPromise: false };
}

function candidatesWanted({ profile }: Cycle, nodes: number): number {
  const { minCandidateNodesPercentage = MIN_PERCENTAGE, minCandidateNodesAbsolute = MIN_CANDIDATES } =
    profile.args.DefaultPreemption ?? {};
  const part = Math.floor((nodes * minCandidateNodesPercentage) / 100);
  return Math.min(nodes, Math.max(minCandidateNodesAbsolute, part));
}

/** It begins at some node, so that not always the same are looked at. */
function rotated(
  refusals: readonly NodeRefusal[],
  { metadata }: Pod,
  chance: Chance,
): readonly NodeRefusal[] {
  if (refusals.length === 0) return [];
  const start = drawWhole(chance, 0, refusals.length - 1, 'preemption offset', metadata.uid ?? '');
  return [...refusals.slice(start), ...refusals.slice(0, start)];
}

function whyIneligible({ pod, nodes, version }: Cycle, refusals: readonly NodeRefusal[]): string | undefined {
  if (pod.spec.preemptionPolicy === 'Never') return 'not eligible due to preemptionPolicy=Never.';
  const promised = pod.status?.nominatedNodeName;
  if (!promised || refusals.some(({ node, refusal }) => node === promised && refusal.unresolvable)) {
    return undefined;
  }
  const waits = nodes
    .find(({ name }) => name === promised)
    ?.pods.some((other) => priorityOf(other) < priorityOf(pod) && isMakingRoom(other, version));
  return waits ? 'not eligible due to a terminating pod on the nominated node.' : undefined;
}

/** Before 1.26 nothing told such pods from others on their way out. */
function isMakingRoom({ metadata, status }: Pod, { minor }: KubeVersion): boolean {
  if (metadata.deletionTimestamp === undefined) return false;
  const condition = findCondition(status?.conditions, 'DisruptionTarget');
  return minor < 26 || (condition?.status === 'True' && condition.reason === 'PreemptionByScheduler');
}

/** What the draw among the nodes on which as much would be lost is called by. */
function preemptionKey({ metadata: { namespace = '', name = '', uid = '' } }: Pod) {
  return ['preemption', namespace, name, uid] as const;
}

/** Start times are whole seconds: of pods that started together nobody decides which is the later one. */
function isAsHarmless(one: Victims, best: Victims | undefined): boolean {
  if (!best) return false;
  const [a, b] = [one, best].map((each) => parseRfc3339(earliestOfHighest(each)) ?? 0);
  const isTogether = Math.abs((a ?? 0) - (b ?? 0)) <= SECOND;
  return isTogether && HARMS.every(([harm, compare]) => harm === 'latest' || compare(one, best) === 0);
}

export type Harm = 'budgets' | 'highest' | 'sum' | 'count' | 'latest';

/** pickOneNodeForPreemption's criteria, one after another. */
const HARMS: readonly (readonly [Harm, (a: Victims, b: Victims) => number])[] = [
  ['budgets', (a, b) => a.violations - b.violations],
  ['highest', (a, b) => highest(a) - highest(b)],
  ['sum', (a, b) => sumOfPriorities(a) - sumOfPriorities(b)],
  ['count', (a, b) => a.pods.length - b.pods.length],
  ['latest', (a, b) => compareText(earliestOfHighest(b), earliestOfHighest(a))],
];

function byHarm(a: Victims, b: Victims): number {
  for (const [, compare] of HARMS) {
    const difference = compare(a, b);
    if (difference !== 0) return difference;
  }
  return 0;
}

/**
 * By which criterion the chosen node does less harm than any other; undefined where none tells them apart.
 */
export function decidingHarm({ victims, candidates }: RoomToMake): Harm | undefined {
  let others = candidates.filter((each) => each !== victims);
  if (others.length === 0) return undefined;
  for (const [harm, compare] of HARMS) {
    others = others.filter((each) => compare(victims, each) === 0);
    if (others.length === 0) return harm;
  }
  return undefined;
}

const highest = ({ pods }: Victims): number => (pods[0] ? priorityOf(pods[0]) : 0);

/** Moved up, so that priorities below zero add to the harm too. */
const sumOfPriorities = ({ pods }: Victims): number =>
  pods.reduce((sum, pod) => sum + priorityOf(pod) + 2 ** 31, 0);

function earliestOfHighest(victims: Victims): string {
  const times = victims.pods.filter((pod) => priorityOf(pod) === highest(victims)).map(startTimeOf);
  return times.sort(compareText)[0] ?? '';
}
