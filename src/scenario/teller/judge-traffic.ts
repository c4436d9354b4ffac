import type { TrafficRow } from '../../cluster/contract/traffic-rows.ts';
import { totalsAt } from '../../cluster/network/traffic/settle.ts';
import type { Json, JsonObject } from '../../cluster/objects/json.ts';
import { formatGoDuration } from '../../kernel/time/go-duration.ts';
import { matchValue } from '../matching/match-value.ts';
import type { TrafficCondition } from '../scenario.ts';
import { trafficText } from '../traffic-text.ts';
import { figuresOf } from './traffic-moves.ts';
import type { Judging, Verdict } from './verdict.ts';

/** Whether the requests of a client have fared as wanted; if not, how they have, and because of what. */
export function judgeTraffic({ client, since, wanted }: TrafficCondition, judging: Judging): Verdict {
  const { view, at = 0 } = judging;
  const rows = view.rows.rowsBy('traffic', 'all', '');
  const row = client === undefined ? rows[0] : rows.find((each) => each.client === client);
  if (!row) return { holds: false, why: 'no client has been started' };
  const figures = withZeros(figuresOf(row, view, { since, at }), wanted);
  const misses = matchValue(wanted, figures).misses;
  if (misses.length === 0) return { holds: true, cause: view.rows.changedAt('traffic', row.client) };
  const differences = misses.map(({ path, found, wanted: words }) => `${path} is ${found}, wanted ${words}`);
  const whole = trafficText(
    row.client,
    totalsAt(row, view.settings, Math.max(at, row.countedTo)),
    formatGoDuration,
  );
  return { holds: false, why: [...differences, ...whole].join('\n'), cause: causeOf(row, view.rows) };
}

/** What has not come at all has come no times. */
function withZeros(figures: Readonly<Record<string, unknown>>, wanted: Json): Record<string, unknown> {
  const result = { ...figures };
  for (const name of ['status', 'versions']) {
    const named = Object.keys(((wanted as JsonObject)[name] as JsonObject | undefined) ?? {});
    const zeros = Object.fromEntries(named.map((key) => [key, 0]));
    result[name] = { ...zeros, ...(result[name] as object) };
  }
  return result;
}

/** What was lost last leads to whatever it was lost to. */
function causeOf({ totals, client }: TrafficRow, rows: Judging['view']['rows']): number | null {
  return totals.losses.at(-1)?.cause ?? rows.changedAt('traffic', client);
}
