import { describe, expect, test } from 'vitest';
import type { Request } from '../../../src/cluster/contract/request.ts';
import type { KubeObject } from '../../../src/cluster/objects/kube-object.ts';
import { emptyWorld } from '../../../src/cluster/world/world.ts';
import { commits, startRun } from '../../../src/kernel/run/run.ts';
import { arrivalsIn } from '../../../src/replay/arrived.ts';
import { createTimeline } from '../../../src/replay/timeline.ts';
import { forkScenario } from '../../../src/scenario/fork.ts';
import { modelOf } from '../../../src/scenario/play.ts';
import { emptyScenario, openLive } from '../../../src/server/live/open-live.ts';

const user = { name: 'kubernetes-admin', groups: ['system:masters', 'system:authenticated'] };

const deployment = (name: string, replicas: number): Request => ({
  verb: 'create',
  resource: 'deployments.apps',
  namespace: 'default',
  fieldManager: 'test',
  credentials: { user },
  object: {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: {
      replicas,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: { containers: [{ name: 'main', image: 'nginx:1.27' }] },
      },
    },
  } as KubeObject,
});

describe('a live cluster', () => {
  test('answers', async () => {
    const scenario = emptyScenario({ nodes: 2 });
    const live = openLive({ scenario });
    const made = await live.ask({ client: 'test', request: deployment('web', 2) });
    expect(made.ok && made.object?.metadata.name).toBe('web');
    const again = await live.ask({ client: 'test', request: deployment('web', 2) });
    expect(!again.ok && again.status.code).toBe(409);
    await live.ask({ client: 'other', request: deployment('db', 1) });
    live.advance(30_000);
    await live.type({ client: 'me', line: 'kubectl scale deployment web --replicas=3' });
    await live.type({ client: 'me', line: 'stop kubelet node-2' });
    live.advance(60_000);
    const log = live.entries;
    const lines = log.map((entry) => JSON.stringify(entry));
    const arrivals = arrivalsIn(createTimeline(log)) ?? [];
    expect(arrivals.length).toBe(5);
    const replay = [...commits(startRun(modelOf(scenario, { arrivals }), emptyWorld()), 60_000)].flat();
    expect(replay.map((entry) => JSON.stringify(entry))).toEqual(lines);
    for (const { seq, more } of log) {
      if (more) continue;
      const run = forkScenario(scenario, log.slice(0, seq), { arrivals });
      expect([...commits(run, 60_000)].flat().map((entry) => JSON.stringify(entry))).toEqual(
        lines.slice(seq),
      );
    }
  });
});
