import type { Millis } from '../../../kernel/time/millis.ts';
import type { ClusterSettings } from '../../contract/settings.ts';
import type { KeptConnection, LossGroup, TrafficNews, TrafficRow } from '../../contract/traffic-rows.ts';
import { totalsAfter, withLoss } from '../../world/traffic-totals.ts';
import { type Fate, fateOf } from './fate-of.ts';
import { sendTime } from './send-time.ts';

/** What has become of requests, and how many are under way. */
export interface Settlement extends TrafficNews {
  readonly sent: number;
  readonly answered: Readonly<Record<string, number>>;
  readonly versions: Readonly<Record<string, number>>;
  readonly losses: readonly LossGroup[];
  readonly inFlight: number;
  readonly oldest: number;
  readonly kept: Readonly<Record<string, KeptConnection>>;
}

/**
 * What has become of a client's requests between the time up to which they have been counted and `now`. What
 * happens at `now` itself is not known yet. A request's fate follows from the row alone, so that it is the
 * same whenever it is asked for.
 */
export function settle(row: TrafficRow, settings: ClusterSettings, now: Millis): Settlement {
  const tally: Tally = { sent: 0, answered: {}, versions: {}, losses: [], inFlight: 0 };
  const end = Math.min(now, row.stopsAt ?? Number.POSITIVE_INFINITY);
  let kept = row.kept;
  const latencies: Record<string, number> = {};
  let open: { readonly oldest: number; readonly kept: TrafficRow['kept'] } | undefined;
  let index = row.oldest;
  for (let at = sendTime(row, settings, index); at < end; at = sendTime(row, settings, ++index)) {
    const fate = fateOf({ row, settings, kept }, index, at);
    if (!fate) continue;
    if (at >= row.countedTo) tally.sent += 1;
    if (fate.at >= now) {
      open ??= { oldest: index, kept };
      tally.inFlight += 1;
    } else if (fate.at >= row.countedTo) {
      count(tally, fate, at);
      if (row.spec.measures && fate.outcome === 'answered') {
        const took = roundedMs(fate.at - at);
        latencies[took] = (latencies[took] ?? 0) + 1;
      }
    }
    kept = fate.kept;
  }
  const isMeasured = Object.keys(latencies).length > 0;
  return { ...tally, ...(isMeasured && { latencies }), ...(open ?? { oldest: index, kept }) };
}

/** Up, to what two digits can say: there are few different ones, and none is far from what it was. */
function roundedMs(ms: Millis): Millis {
  const step = 10 ** Math.max(0, String(Math.ceil(ms)).length - 2);
  return Math.ceil(ms / step) * step;
}

/** The row's totals as they are at a time not before that up to which they have been counted. */
export function totalsAt(row: TrafficRow, settings: ClusterSettings, now: Millis): TrafficRow['totals'] {
  return totalsAfter(row.totals, settle(row, settings, now));
}

interface Tally {
  sent: number;
  readonly answered: Record<string, number>;
  readonly versions: Record<string, number>;
  losses: readonly LossGroup[];
  inFlight: number;
}

function count(tally: Tally, { outcome, state, endpoint, because, cause }: Fate, at: Millis): void {
  if (outcome === 'answered') {
    const type = `${Math.floor((state?.status ?? 200) / 100)}xx`;
    tally.answered[type] = (tally.answered[type] ?? 0) + 1;
    const version = state?.version ?? '';
    if (version !== '') tally.versions[version] = (tally.versions[version] ?? 0) + 1;
    return;
  }
  const pod = state?.pod;
  tally.losses = withLoss(tally.losses, {
    outcome,
    because,
    ...(endpoint !== undefined && { endpoint }),
    ...(pod !== undefined && { pod }),
    cause,
    count: 1,
    first: at,
    last: at,
  });
}
