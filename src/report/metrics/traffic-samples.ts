import { totalsAt } from '../../cluster/network/traffic/settle.ts';
import type { Instant } from './instant.ts';
import type { Sample } from './open-metrics.ts';

/** What the clients of a scenario have counted. */
export function* trafficSamples({ view: { rows, settings }, now }: Instant): Generator<Sample> {
  for (const row of rows.rowsBy('traffic', 'all', '')) {
    const { client } = row;
    const { sent, answered, losses } = totalsAt(row, settings, Math.max(now, row.countedTo));
    yield { family: 'kubereel_traffic_sent_requests', labels: { client }, value: sent };
    for (const [code, value] of Object.entries(answered)) {
      yield { family: 'kubereel_traffic_requests', labels: { client, code }, value };
    }
    const lost = new Map<string, number>();
    for (const { outcome, count } of losses) lost.set(outcome, (lost.get(outcome) ?? 0) + count);
    for (const [outcome, value] of lost) {
      yield { family: 'kubereel_traffic_lost_requests', labels: { client, outcome }, value };
    }
  }
}
