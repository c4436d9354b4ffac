import type { LossGroup, TrafficNews, TrafficTotals } from '../contract/traffic-rows.ts';

export const NO_TRAFFIC: TrafficTotals = { sent: 0, answered: {}, versions: {}, losses: [] };

/** The totals, with what has come since. */
export function totalsAfter(totals: TrafficTotals, news: TrafficNews): TrafficTotals {
  return {
    sent: totals.sent + (news.sent ?? 0),
    answered: sums(totals.answered, news.answered ?? {}),
    versions: sums(totals.versions, news.versions ?? {}),
    losses: (news.losses ?? []).reduce(withLoss, totals.losses),
    ...(news.latencies
      ? { latencies: sums(totals.latencies ?? {}, news.latencies) }
      : totals.latencies && { latencies: totals.latencies }),
  };
}

/** What the totals have more than earlier ones of the same client. */
export function totalsSince(totals: TrafficTotals, earlier: TrafficTotals): TrafficTotals {
  return {
    sent: totals.sent - earlier.sent,
    answered: differences(totals.answered, earlier.answered),
    versions: differences(totals.versions, earlier.versions),
    losses: totals.losses.flatMap((group) => {
      const before = earlier.losses.find((other) => isSameGroup(group, other));
      if (!before) return [group];
      const count = group.count - before.count;
      // When exactly the first of the new ones came is not kept: after the last of the old ones.
      return count === 0 ? [] : [{ ...group, count, first: before.last }];
    }),
    ...(totals.latencies && { latencies: differences(totals.latencies, earlier.latencies ?? {}) }),
  };
}

export function answeredIn({ answered }: Pick<TrafficTotals, 'answered'>): number {
  return Object.values(answered).reduce((sum, count) => sum + count, 0);
}

export function lostIn({ losses }: Pick<TrafficTotals, 'losses'>): number {
  return losses.reduce((sum, { count }) => sum + count, 0);
}

/** Losses of one kind, at one place, for one reason are told together. */
export function withLoss(groups: readonly LossGroup[], loss: LossGroup): readonly LossGroup[] {
  const index = groups.findIndex((group) => isSameGroup(group, loss));
  const group = groups[index];
  if (!group) return [...groups, loss];
  const first = Math.min(group.first, loss.first);
  const last = Math.max(group.last, loss.last);
  return groups.with(index, { ...group, count: group.count + loss.count, first, last });
}

/** Whether two are losses of one kind, to one thing at one place. */
export function isSameGroup(a: LossGroup, b: LossGroup): boolean {
  return (
    a.cause === b.cause && a.outcome === b.outcome && a.endpoint === b.endpoint && a.because === b.because
  );
}

function sums(
  counts: Readonly<Record<string, number>>,
  more: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> {
  const result = { ...counts };
  for (const [name, count] of Object.entries(more)) result[name] = (result[name] ?? 0) + count;
  return result;
}

function differences(
  counts: Readonly<Record<string, number>>,
  fewer: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> {
  const result: Record<string, number> = {};
  for (const [name, count] of Object.entries(counts)) {
    const more = count - (fewer[name] ?? 0);
    if (more > 0) result[name] = more;
  }
  return result;
}
