import { expect, test } from 'vitest';
import { commits } from '../../src/kernel/run/run.ts';
import { logHeaderOf } from '../../src/scenario/log-header.ts';
import { runScenario, startScenario } from '../../src/scenario/play.ts';
import { scenarioOf } from './teller/tiny-cluster.ts';

const scenario = scenarioOf('steps: [{ wait: 10s }, { expect: { resource: { kind: Node } } }]');

test('a run ends with its scenario, though its cluster would go on for ever', () => {
  const { passed, missed, log } = runScenario(scenario);
  expect({ passed, missed }).toEqual({ passed: true, missed: [] });
  expect(log[0]?.event).toMatchObject({ type: 'ClusterConfigured', settings: { seed: '1' } });
  expect(log.at(-1)).toMatchObject({ at: 10_003, event: { type: 'ScenarioEnded', passed: true } });
});

test('what was missed comes with its reasons', () => {
  const { passed, missed } = runScenario(
    scenarioOf('steps: [{ expect: { count: 2, resource: { kind: Node } } }]'),
  );
  expect(passed).toBe(false);
  expect(missed.map(({ what, why }) => [what, why])).toEqual([
    ['count 2 of Node', '1 of 1 Node objects are like that (node-1), wanted 2'],
  ]);
});

test('another seed is another run of the same scenario', () => {
  const uids = (seed: string): string =>
    JSON.stringify(runScenario(scenario, { seed }).log.find(({ event }) => event.type === 'ObjectCreated'));
  expect(uids('2')).not.toBe(uids('1'));
  expect([...commits(startScenario(scenario, { seed: '2' }))].flat()).toEqual(
    runScenario(scenario, { seed: '2' }).log,
  );
});

test('the log says which scenario it is of', () => {
  expect(logHeaderOf(scenario, '2', '1.0.0')).toMatchObject({
    seed: '2',
    product: '1.0.0',
    scenario: { name: 'tiny', digest: scenario.digest },
  });
});
