import { formatRfc3339 } from '../../kernel/time/rfc3339.ts';
import { formatClock } from '../../report/clock.ts';
import type { Clusters, Served } from '../live/clusters.ts';

/** Where a cluster stands, for programs. */
export function statusOf(served: Served): object {
  const { live, clock, name, moment } = served;
  const at = live.now();
  const { epochMs } = live.settings();
  const due = live.nextDue();
  return {
    branch: name,
    at,
    time: formatClock(at),
    date: formatRfc3339(epochMs + at),
    entries: moment?.seq ?? live.entries.length,
    clock: { ...clock.mode(), paused: clock.isPaused(), late: clock.late() },
    ...(due !== undefined && { nextDue: due }),
    ...(moment && { past: true }),
  };
}

export function branchesOf(clusters: Clusters): object {
  return {
    branches: clusters.all().map(({ name, prefix, live }) => ({
      name,
      path: prefix === '' ? '/' : prefix,
      at: live.now(),
      time: formatClock(live.now()),
      entries: live.entries.length,
    })),
  };
}
