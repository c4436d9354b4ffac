import { expect, test } from 'vitest';
import { createTimeline } from '../../../src/replay/timeline.ts';
import { requestLinesAt, stagesSaid } from '../../../src/report/request/request-lines.ts';
import { requestOf, requestsAt } from '../../../src/report/request/requests-at.ts';
import { bundledScenario, playToEnd } from '../../support/play-scenario.ts';

const NAMES = ['rbac-forbidden', 'quotas-and-limits', 'statefulset-ordered'];

/**
 * Whose requests are found again whatever happens, since they are told of every change, or read etcd itself.
 */
const SURE = ['kubectl', 'scheduler', 'replicaset-controller', 'deployment-controller'];

test.each(NAMES)('%s: what was asked of the API server is found again from the log', (name) => {
  const scenario = bundledScenario(name);
  const { log } = playToEnd(scenario);
  const timeline = createTimeline(log);
  const missed: string[] = [];
  let found = 0;
  let asked = 0;
  for (const { seq, actor, event } of log) {
    if (actor === 'genesis' || !('resource' in event)) continue;
    const requests = requestsAt(timeline, seq, scenario.files);
    const request = requests && requestOf(requests, seq);
    asked++;
    if (request) found++;
    else if (SURE.includes(actor)) missed.push(`${seq} ${actor} ${event.type}`);
    if (!request) continue;
    const refused = stagesSaid(request).filter(({ outcome }) => outcome === 'refused');
    expect(refused).toHaveLength(event.type === 'RequestRefused' ? 1 : 0);
  }
  expect(missed).toEqual([]);
  expect(found / asked).toBeGreaterThan(0.9);
});

test('a refusal names its stage, and who refused', () => {
  const scenario = bundledScenario('quotas-and-limits');
  const { log } = playToEnd(scenario);
  const timeline = createTimeline(log);
  const refusals = log.filter(({ event }) => event.type === 'RequestRefused');
  const told = refusals.map(({ seq }) =>
    requestLinesAt(timeline, seq, { language: 'en', files: scenario.files })?.at(-1),
  );
  const exceeded =
    /^ {2}✗ admit +ResourceQuota: 403 pods "web-[a-z0-9-]+" is forbidden: exceeded quota: share/;
  expect(told).toContainEqual(expect.stringMatching(exceeded));
  expect(told).toContainEqual(
    expect.stringMatching(/^ {2}✗ admit +LimitRanger: 403 pods "greedy" is forbidden/),
  );
});
