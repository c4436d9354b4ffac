import type { View } from '../../cluster/contract/component.ts';
import type { TrafficRow, TrafficTotals } from '../../cluster/contract/traffic-rows.ts';
import { totalsAt } from '../../cluster/network/traffic/settle.ts';
import { answeredIn, lostIn, NO_TRAFFIC, totalsSince } from '../../cluster/world/traffic-totals.ts';
import { formatGoDuration } from '../../kernel/time/go-duration.ts';
import type { Millis } from '../../kernel/time/millis.ts';
import type { TrafficFigures } from '../traffic-figures.ts';

export interface Over {
  readonly since: 'start' | 'step';
  /** Over so much time before. */
  readonly lastMs?: Millis;
  /** As of when, if it has not been counted further already. */
  readonly at: Millis;
}

/** A client's figures: of all its requests, of those since its step began, or of those of late. */
export function figuresOf(row: TrafficRow, { settings }: View, { since, lastMs, at }: Over): TrafficFigures {
  const now = Math.max(at, row.countedTo);
  const all = totalsAt(row, settings, now);
  const earlier = lastMs === undefined ? undefined : markAt(row, now - lastMs);
  const before = since === 'step' ? row.told.totals : earlier;
  return figuresIn(before ? totalsSince(all, before) : all);
}

/** What had come of its requests then, as of the end of a window. */
function markAt({ marks = [] }: TrafficRow, at: Millis): TrafficTotals {
  return marks.findLast((mark) => mark.at <= at)?.totals ?? NO_TRAFFIC;
}

function figuresIn(totals: TrafficTotals): TrafficFigures {
  const answered = answeredIn(totals);
  const lost = lostIn(totals);
  const lostTo = (outcome: string): number =>
    lostIn({ losses: totals.losses.filter((group) => group.outcome === outcome) });
  const all = answered + lost;
  return {
    sent: totals.sent,
    answered,
    lost,
    refused: lostTo('refused'),
    timedOut: lostTo('timedOut'),
    reset: lostTo('reset'),
    unreachable: lostTo('unreachable'),
    unresolved: lostTo('unresolved'),
    status: totals.answered,
    versions: totals.versions,
    ...(all > 0 && { answeredShare: answered / all }),
    versionShares: Object.fromEntries(
      Object.entries(totals.versions).map(([version, count]) => [version, count / answered]),
    ),
    latency: latenciesIn(totals.latencies ?? {}),
  };
}

const PARTS = { p50: 0.5, p90: 0.9, p99: 0.99, max: 1 } as const;

/** Of the answers, as durations: the least within which so large a part of them came. */
function latenciesIn(counts: Readonly<Record<string, number>>): Readonly<Record<string, string>> {
  const sorted = Object.entries(counts)
    .map(([ms, count]) => ({ ms: Number(ms), count }))
    .sort((a, b) => a.ms - b.ms);
  const all = sorted.reduce((sum, { count }) => sum + count, 0);
  if (all === 0) return {};
  return Object.fromEntries(
    Object.entries(PARTS).map(([name, part]) => {
      let passed = 0;
      const found = sorted.find(({ count }) => {
        passed += count;
        return passed >= part * all;
      });
      return [name, formatGoDuration(found?.ms ?? 0)];
    }),
  );
}
