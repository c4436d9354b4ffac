import { describe, expect, test } from 'vitest';
import type { LossGroup } from '../../src/cluster/contract/traffic-rows.ts';
import { totalsAt } from '../../src/cluster/network/traffic/settle.ts';
import { answeredIn, withLoss } from '../../src/cluster/world/traffic-totals.ts';
import { createTimeline } from '../../src/replay/timeline.ts';
import { clientsOf } from '../../src/report/cause-chain.ts';
import { groupOf, rangesText, requestsOf } from '../../src/report/requests.ts';
import { playedLog } from '../support/play-scenario.ts';

describe.each(['recreate', 'rolling-update-without-readiness', 'network-partition'])('of %s', (name) => {
  const log = playedLog(name);
  const timeline = createTimeline(log);
  const last = timeline.worldAt(log.length);
  const middle = timeline.steps[Math.floor(timeline.steps.length / 2)] ?? 0;

  test.each(clientsOf(last))('the requests of %s are those that were counted, each once', (client) => {
    const requests = [...requestsOf(timeline, client, log.length)];
    const numbers = requests.map(({ number }) => number).toSorted((a, b) => a - b);
    expect(new Set(numbers).size).toBe(numbers.length);
    const { traffic, settings } = last.store.tables;
    const [row, cluster] = [traffic.read(client, last.seq), settings.read('cluster', last.seq)];
    const totals = row && cluster && totalsAt(row, cluster, last.at);
    expect(requests.filter(({ outcome }) => outcome === 'answered').length).toBe(
      totals && answeredIn(totals),
    );
    const groups = requests.flatMap((request) => groupOf(request) ?? []).reduce(withLoss, [] as LossGroup[]);
    expect(groups).toEqual(totals?.losses);
  });

  test.each(clientsOf(last))('what became of those of %s never changes afterwards', (client) => {
    const then = [...requestsOf(timeline, client, middle)];
    const now = new Map([...requestsOf(timeline, client, log.length)].map((each) => [each.number, each]));
    for (const request of then) expect(now.get(request.number)).toEqual(request);
  });
});

test.each([
  [[], ''],
  [[3], '3'],
  [[5, 3, 4, 9], '3-5, 9'],
  [[1, 2, 4, 5], '1-2, 4-5'],
])('%j is %j', (numbers, text) => {
  expect(rangesText(numbers)).toBe(text);
});
