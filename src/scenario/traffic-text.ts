import type { LossGroup, TrafficTotals } from '../cluster/contract/traffic-rows.ts';
import { answeredIn, lostIn } from '../cluster/world/traffic-totals.ts';
import type { Millis } from '../kernel/time/millis.ts';

/**
 * What became of a client's requests, for a person: a line as a whole, and one for each way in which some of
 * them were lost. `shop: 1500 requests, 1493 answered (v1 800, v2 693), 7 lost`.
 */
export function trafficText(
  client: string,
  totals: TrafficTotals,
  timeText: (at: Millis) => string,
): readonly string[] {
  const { answered, versions } = totals;
  const errors = Object.entries(answered)
    .filter(([type]) => type !== '2xx')
    .map(([type, count]) => `${count} with ${type}`);
  const by = [...listed(versions), ...errors].join(', ');
  const lost = lostIn(totals);
  // Of those that are under way there is nothing to tell yet.
  const all = answeredIn(totals) + lost;
  const parts = [
    `${all} ${all === 1 ? 'request' : 'requests'}`,
    `${answeredIn(totals)} answered${by === '' ? '' : ` (${by})`}`,
    ...(lost > 0 ? [`${lost} lost`] : []),
  ];
  const lines = toldOf(totals.losses).map((group) => `  ${lossText(group, timeText)}`);
  return [`${client}: ${parts.join(', ')}`, ...lines];
}

/** More ways and places than this are not told one by one. */
const TOLD_MAX = 8;

interface ToldGroup extends LossGroup {
  /** How many endpoints the losses were at, where they are told together. */
  readonly places?: number;
}

function toldOf(losses: readonly LossGroup[]): readonly ToldGroup[] {
  if (losses.length <= TOLD_MAX) return losses;
  const kinds = new Map<string, [LossGroup, ...LossGroup[]]>();
  for (const group of losses) {
    const known = kinds.get(kindOf(group));
    if (known) known.push(group);
    else kinds.set(kindOf(group), [group]);
  }
  return [...kinds.values()].map(together);
}

function kindOf({ outcome, because }: LossGroup): string {
  return `${outcome} ${because}`;
}

function together(groups: readonly [LossGroup, ...LossGroup[]]): ToldGroup {
  const places = new Set(groups.map(({ endpoint }) => endpoint)).size;
  return {
    ...groups[0],
    count: groups.reduce((sum, { count }) => sum + count, 0),
    first: Math.min(...groups.map(({ first }) => first)),
    last: Math.max(...groups.map(({ last }) => last)),
    ...(places > 1 && { places }),
  };
}

/** `7 refused by web-5f7c9 (10.88.1.4:80) between 00:23.104 and 00:24.001: its container has ended`. */
export function lossText(group: ToldGroup, timeText: (at: Millis) => string): string {
  const { outcome, count, first, last, because } = group;
  const when = first === last ? `at ${timeText(first)}` : `between ${timeText(first)} and ${timeText(last)}`;
  return `${count} ${WORDS[outcome]}${whereText(group)} ${when}: ${because}`;
}

const WORDS: Readonly<Record<LossGroup['outcome'], string>> = {
  refused: 'refused',
  timedOut: 'timed out',
  reset: 'reset',
  unreachable: 'unreachable',
  unresolved: 'without an address',
};

function whereText({ outcome, endpoint, pod, places }: ToldGroup): string {
  if (endpoint === undefined) return '';
  const preposition = outcome === 'timedOut' || outcome === 'unreachable' ? 'at' : 'by';
  if (places !== undefined) return ` ${preposition} ${places} pods`;
  const name = pod?.split('/')[1];
  return ` ${preposition} ${name === undefined ? endpoint : `${name} (${endpoint})`}`;
}

function listed(counts: Readonly<Record<string, number>>): readonly string[] {
  return Object.keys(counts)
    .sort()
    .map((name) => `${name} ${counts[name]}`);
}
