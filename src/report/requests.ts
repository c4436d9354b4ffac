import type { Loss, LossGroup, TrafficRow } from '../cluster/contract/traffic-rows.ts';
import { fateOf } from '../cluster/network/traffic/fate-of.ts';
import { sendTime } from '../cluster/network/traffic/send-time.ts';
import type { World } from '../cluster/world/world.ts';
import type { Millis } from '../kernel/time/millis.ts';
import type { Timeline } from '../replay/timeline.ts';

/** A request of a client of the scenario, of which it is known what became. */
export interface ToldRequest {
  /** From 1, in the order in which they were sent. */
  readonly number: number;
  readonly sent: Millis;
  readonly outcome: 'answered' | Loss;
  readonly because: string;
  readonly endpoint?: string;
  /** `namespace/name/uid` */
  readonly pod?: string;
  /** seq of the entry that made it so. */
  readonly cause: number | null;
}

/**
 * The requests of a client of which it was known by an entry what became of them, in the order in which that
 * became known. No request is in the log: each one's fate follows from the rows as they were when it was
 * counted.
 */
export function* requestsOf(
  timeline: Timeline,
  client: string,
  cursor: number,
): Generator<ToldRequest, void, void> {
  const { facts, entries } = timeline;
  const { traffic } = timeline.worldAt(cursor).store.tables;
  const counted = facts.type.names.find('TrafficCounted');
  for (const seq of traffic.writesOf(client, cursor)) {
    if (facts.type.idAt(seq) !== counted || entries.of(seq)?.event.type !== 'TrafficCounted') continue;
    yield* knownAt(timeline.worldAt(seq - 1), client, facts.timeOf(seq));
  }
  yield* knownAt(timeline.worldAt(cursor), client, facts.timeOf(cursor));
}

/** Those that became known since they were counted last, up to a time. */
function* knownAt({ store, seq }: World, client: string, now: Millis): Generator<ToldRequest, void, void> {
  const row = store.tables.traffic.read(client, seq);
  const settings = store.tables.settings.read('cluster', seq);
  if (!row || !settings) return;
  const end = Math.min(now, row.stopsAt ?? Number.POSITIVE_INFINITY);
  let kept: TrafficRow['kept'] = row.kept;
  let index = row.oldest;
  for (let sent = sendTime(row, settings, index); sent < end; sent = sendTime(row, settings, ++index)) {
    const fate = fateOf({ row, settings, kept }, index, sent);
    if (!fate) continue;
    kept = fate.kept;
    if (fate.at < row.countedTo || fate.at >= now) continue;
    const { outcome, because, endpoint, cause, state } = fate;
    yield {
      number: index + 1,
      sent,
      outcome,
      because,
      ...(endpoint !== undefined && { endpoint }),
      ...(state?.pod !== undefined && { pod: state.pod }),
      cause,
    };
  }
}

/** A lost request as a group of one. */
export function groupOf({ number: _, sent, outcome, ...where }: ToldRequest): LossGroup | undefined {
  return outcome === 'answered' ? undefined : { ...where, outcome, count: 1, first: sent, last: sent };
}

/** `3-5, 9`: numbers in a row are told together. */
export function rangesText(numbers: readonly number[]): string {
  const ranges: [first: number, last: number][] = [];
  for (const number of numbers.toSorted((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last && number === last[1] + 1) last[1] = number;
    else ranges.push([number, number]);
  }
  return ranges.map(([first, last]) => (first === last ? String(first) : `${first}-${last}`)).join(', ');
}
