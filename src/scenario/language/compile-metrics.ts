import type { GivenMetric } from '../../cluster/contract/given-metric.ts';
import { compareText } from '../../cluster/objects/json.ts';
import { milliValue } from '../../cluster/objects/quantity.ts';
import { millisOf } from './compile-duration.ts';
import type { ClusterDocument } from './schema/scenario-schema.ts';

type Documents = NonNullable<ClusterDocument['metrics']>;

/** What the scenario says of metrics, in the order of their names and of their times. */
export function compileMetrics(metrics: Documents): Readonly<Record<string, GivenMetric>> {
  const named = Object.entries(metrics).sort(([a], [b]) => compareText(a, b));
  return Object.fromEntries(named.map(([name, given]) => [name, compileOne(given)]));
}

function compileOne(given: Documents[string]): GivenMetric {
  if (typeof given !== 'object') return { values: [{ atMs: 0, milli: milliValue(String(given)) }] };
  const values = given.values.map(({ at, value }) => ({
    atMs: millisOf(at),
    milli: milliValue(String(value)),
  }));
  return {
    values: values.sort((a, b) => a.atMs - b.atMs),
    ...(given.shared && { shared: true as const }),
  };
}
