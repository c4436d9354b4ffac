import type { View } from '../../cluster/contract/component.ts';
import type { TrafficRow } from '../../cluster/contract/traffic-rows.ts';
import { totalsAt } from '../../cluster/network/traffic/settle.ts';
import type { Json, JsonObject } from '../../cluster/objects/json.ts';
import { formatGoDuration } from '../../kernel/time/go-duration.ts';
import type { TrafficCondition } from '../condition.ts';
import { matchValue } from '../matching/match-value.ts';
import type { TrafficFigures } from '../traffic-figures.ts';
import { trafficText } from '../traffic-text.ts';
import { figuresOf } from './traffic-figures.ts';
import type { Judging, Verdict } from './verdict.ts';

/** Whether the requests of a client have fared as wanted; if not, how they have, and because of what. */
export function judgeTraffic(condition: TrafficCondition, judging: Judging): Verdict {
  const { view, at = 0 } = judging;
  const row = rowOf(condition, view);
  if (!row) return { holds: false, why: 'no client has been started' };
  const figures = figuresFor(condition, row, { view, at });
  const misses = matchValue(condition.wanted, figures).misses;
  if (misses.length === 0) return { holds: true, cause: view.rows.changedAt('traffic', row.client) };
  const differences = misses.map(({ path, found, wanted: words }) => `${path} is ${found}, wanted ${words}`);
  const why = [...differences, ...wholeText(row, { view, at })].join('\n');
  return { holds: false, why, cause: causeOf(row, view.rows) };
}

/** How the requests fare of which a condition is true, and because of what. */
export function trafficFound(
  condition: TrafficCondition,
  judging: Judging,
): { why: string; cause: number | null } {
  const { view, at = 0 } = judging;
  const row = rowOf(condition, view);
  if (!row) return { why: 'no client has been started', cause: null };
  const figures = figuresFor(condition, row, { view, at });
  const found = leavesFound(condition.wanted, figures, '');
  return { why: [...found, ...wholeText(row, { view, at })].join('\n'), cause: causeOf(row, view.rows) };
}

function leavesFound(wanted: Json, found: unknown, path: string): readonly string[] {
  return Object.entries(wanted as JsonObject).flatMap(([key, value]) => {
    const place = path === '' ? key : `${path}.${key}`;
    const figure = (found as Readonly<Record<string, unknown>>)[key];
    return typeof figure === 'object' && figure !== null
      ? leavesFound(value, figure, place)
      : [`${place} is ${String(figure)}`];
  });
}

interface Moment {
  readonly view: View;
  readonly at: number;
}

function rowOf({ client }: TrafficCondition, { rows }: View): TrafficRow | undefined {
  const clients = rows.rowsBy('traffic', 'all', '');
  return client === undefined ? clients[0] : clients.find((each) => each.client === client);
}

function figuresFor(
  { since, lastMs, wanted }: TrafficCondition,
  row: TrafficRow,
  { view, at }: Moment,
): Readonly<Record<string, unknown>> {
  const over = { since, at, ...(lastMs !== undefined && { lastMs }) };
  return withZeros(figuresOf(row, view, over), wanted);
}

function wholeText(row: TrafficRow, { view, at }: Moment): readonly string[] {
  const totals = totalsAt(row, view.settings, Math.max(at, row.countedTo));
  return trafficText(row.client, totals, formatGoDuration);
}

/** What has not come at all has come no times. */
function withZeros(figures: TrafficFigures, wanted: Json): Record<string, unknown> {
  const result: Record<string, unknown> = { ...figures };
  for (const name of ['status', 'versions', 'versionShares']) {
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
