import { expect, test } from 'vitest';
import { evolve } from '../../../src/cluster/world/evolve.ts';
import { emptyWorld } from '../../../src/cluster/world/world.ts';
import { commits, fold, startRun } from '../../../src/kernel/run/run.ts';
import { pod, storyOf } from './story-lines.ts';
import { play, scenarioOf, type Tiny, tinyModel } from './tiny-cluster.ts';

test('a fork at every commit tells the rest of the story byte for byte', () => {
  const scenario =
    scenarioOf(`always: [{ resource: { kind: Pod, status: { phase: Running } } }, { resource: { kind: Pod }, for: 5s }]
never: [{ resource: { kind: Pod, status: { phase: Failed } }, for: 8s }]
eventually: [{ resource: { kind: Pod, status: { phase: Failed } }, for: 3s }]
steps:
  - run: kubectl get pods
    capture: { pod: { line: '/web-\\d/' } }
  - expect: { within: 2m, resource: { kind: Pod, metadata: { name: "\${pod}" }, status: { containerStatuses: [{ restartCount: 2 }] } } }
  - { wait: 10s }
  - fault: { fail: pulls, because: notFound, for: 4s }
    expect: { always: { resource: { kind: Pod }, until: { absent: true, resource: { kind: Pod } } } }
  - expect: { resource: { kind: Pod, status: { phase: Failed } }, for: 2s }
  - { run: sleep 1000, background: true }
  - { wait: { until: { count: 0, resource: { kind: Pod } } } }
  - { at: 1m, expect: [{ output: up }, { event: { reason: Killing, count: 0 } }] }`);
  const tiny: Tiny = {
    behaviours: {
      'kubectl get pods': { stdout: 'web-1\n', exitCode: 0, takesMs: 80 },
      'sleep 1000': { stdout: 'up\n' },
    },
    happenings: [
      [500, 'pods', pod('web-1', 'Running')],
      [900, 'pods', pod('web-1', 'Running', 1)],
      [1900, 'pods', pod('web-1', 'Failed', 2)],
      [25_000, 'pods', { gone: true, namespace: 'default', name: 'web-1' }],
    ],
  };
  const log = play(scenario, tiny);
  expect(storyOf(log).at(-1)).toBe('60003 failed');
  const model = tinyModel(scenario, tiny);
  for (const [index, { more }] of log.entries()) {
    if (more) continue;
    const past = log.slice(0, index + 1);
    const world = fold({ evolve }, emptyWorld(), past);
    expect([...commits(startRun(model, world, past))].flat()).toEqual(log.slice(index + 1));
  }
});
