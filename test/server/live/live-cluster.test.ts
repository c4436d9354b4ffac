import { describe, expect, test } from 'vitest';
import { emptyWorld } from '../../../src/cluster/world/world.ts';
import { commits, startRun } from '../../../src/kernel/run/run.ts';
import { arrivalsIn } from '../../../src/replay/arrived.ts';
import { createTimeline } from '../../../src/replay/timeline.ts';
import { why } from '../../../src/replay/why.ts';
import { forkScenario } from '../../../src/scenario/fork.ts';
import { modelOf } from '../../../src/scenario/play.ts';
import { emptyScenario, openLive } from '../../../src/server/live/open-live.ts';
import { ADMIN, creating, deployment } from './asking.ts';

const END = 60_000;
const scenario = emptyScenario({ nodes: 1 });

/** Two clients write, one after another and at one instant; somebody types, and breaks something. */
async function session() {
  const live = openLive({ scenario });
  const made = await live.ask({ client: 'kubectl', command: 'kubectl apply', request: deployment('web', 1) });
  const again = await live.ask({ client: 'other', session: 'a', request: deployment('web', 1) });
  await live.ask({ client: 'other', session: 'a', request: deployment('db', 1) });
  live.advance(20_000);
  const entries = live.entries.length;
  const read = await live.ask({
    client: 'other',
    request: { verb: 'list', resource: 'pods', namespace: 'default', credentials: { user: ADMIN } },
  });
  const reading = live.entries.length - entries;
  const typed = await live.type({ client: 'me', line: 'kubectl scale deployment web --replicas=2' });
  live.advance(30_000);
  await live.type({ client: 'me', line: 'stop kubelet node-1' });
  const machine = live.entries.at(-1)?.event.type;
  live.advance(END);
  return { live, made, again, read, reading, typed, machine };
}

describe('a live cluster', async () => {
  const { live, made, again, read, reading, typed, machine } = await session();
  const log = live.entries;
  const lines = log.map((entry) => JSON.stringify(entry));
  const timeline = createTimeline(log);
  const arrivals = arrivalsIn(timeline) ?? [];

  test('answers whoever asks, and refuses as the API server does', () => {
    expect(made.ok && made.object?.metadata.name).toBe('web');
    expect(again).toMatchObject({ ok: false, status: { code: 409, reason: 'AlreadyExists' } });
    expect(read.ok && read.items?.length).toBe(2);
    expect(reading).toBe(0);
  });

  test('types lines, and breaks what is to break', () => {
    const { store, seq } = live.world();
    const row = store.tables.commands.read(typed, seq);
    expect(row).toMatchObject({ stdout: 'deployment.apps/web scaled\n', exitCode: 0 });
    expect(machine).toBe('KubeletStopped');
  });

  test('asks in the name of whoever the server has recognised', async () => {
    const other = openLive({ scenario });
    const request = {
      ...creating('namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'team' } }),
      credentials: { user: { name: 'eve', groups: ['system:authenticated'] } },
    };
    const response = await other.ask({ client: 'kubectl', request });
    expect(response).toMatchObject({
      ok: false,
      status: {
        code: 403,
        message:
          'namespaces is forbidden: User "eve" cannot create resource "namespaces" in API group "" at the cluster scope',
      },
    });
  });

  test('says in its log who wanted what, and why leads there', () => {
    const pod = [...log].find(({ event }) => event.type === 'ObjectCreated' && event.resource === 'pods');
    expect(pod?.event).toMatchObject({ object: { metadata: { labels: { app: 'web' } } } });
    const first = [...why(timeline, pod?.seq ?? 0)].at(-1);
    expect(first).toMatchObject({
      actor: 'client',
      cause: null,
      event: { type: 'RequestArrived', client: 'kubectl', command: 'kubectl apply' },
    });
  });

  test('its arrivals alone, played again, make the same log', () => {
    expect(arrivals.map(({ event }) => event.client)).toEqual(['kubectl', 'other', 'other', 'me', 'me']);
    const replayed = [...commits(startRun(modelOf(scenario, { arrivals }), emptyWorld()), END)].flat();
    expect(replayed.map((entry) => JSON.stringify(entry))).toEqual(lines);
  });

  test('a fork at any commit goes on with what arrived after it', () => {
    for (const [index, { seq, more }] of log.entries()) {
      // Around the arrivals at each, elsewhere at every seventh.
      const isNear = log.slice(Math.max(0, index - 2), index + 2).some(({ actor }) => actor === 'client');
      if (more || (seq % 7 !== 0 && !isNear)) continue;
      const run = forkScenario(scenario, log.slice(0, seq), { arrivals });
      const tail = [...commits(run, END)].flat().map((entry) => JSON.stringify(entry));
      expect({ seq, tail }).toEqual({ seq, tail: lines.slice(seq) });
    }
  });
});
