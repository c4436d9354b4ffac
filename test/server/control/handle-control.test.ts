import { describe, expect, test } from 'vitest';
import { createLogReader } from '../../../src/kernel/log/read-log.ts';
import { logHeaderOf } from '../../../src/scenario/log-header.ts';
import { CONTROL_PATH, handleControl } from '../../../src/server/control/handle-control.ts';
import { createClusters } from '../../../src/server/live/clusters.ts';
import { momentOf } from '../../../src/server/live/moment-of.ts';
import { emptyScenario } from '../../../src/server/live/open-live.ts';
import { ADMIN, deployment } from '../live/asking.ts';
import { fakeHost } from '../live/fake-host.ts';

const scenario = emptyScenario({ nodes: 2 });
const header = logHeaderOf(scenario, '1', 'test');

/** A server's control API, asked by paths as the server would be. */
function control() {
  const host = fakeHost();
  const clock = { mode: { clock: 'manual' as const }, host };
  const clusters = createClusters({ beginning: { scenario }, clock, momentOf });
  const ask = async (method: string, url: string, body?: unknown) => {
    const { pathname, searchParams } = new URL(url, 'http://server');
    const found = clusters.find(pathname);
    if ('problem' in found) return { status: 404, json: { message: found.problem } };
    const path = found.path.slice(CONTROL_PATH.length);
    const asked = { method, path, query: searchParams, body, client: 'test' };
    const answering = handleControl({ clusters, served: found.served, header, source: { scenario } }, asked);
    for (let turns = 0; turns < 200; turns++) {
      await Promise.resolve();
      host.pass(20);
    }
    return await answering;
  };
  const json = async (method: string, url: string, body?: unknown): Promise<Record<string, unknown>> => {
    const answer = await ask(method, url, body);
    return 'json' in answer ? (answer.json as Record<string, unknown>) : {};
  };
  const pods = async (path: string): Promise<number> => {
    const found = clusters.find(path);
    if ('problem' in found) throw new Error(found.problem);
    const request = {
      verb: 'list',
      resource: 'pods',
      namespace: 'default',
      credentials: { user: ADMIN },
    } as const;
    const response = await found.served.live.ask({ client: 'test', request });
    return response.ok ? (response.items?.length ?? 0) : -1;
  };
  const make = (name: string, replicas: number) =>
    clusters.all()[0]?.live.ask({ client: 'test', request: deployment(name, replicas) });
  return { clusters, ask, json, pods, make };
}

describe('the control API', () => {
  test('goes on by a time, to a time, until something is so, and until all is quiet', async () => {
    const { json, make } = control();
    expect(await json('GET', '/kubereel/v1/now')).toMatchObject({ branch: 'main', at: 0, time: '00:00.000' });
    expect(await json('POST', '/kubereel/v1/advance', { by: '5s' })).toMatchObject({ at: 5000 });
    expect(await json('POST', '/kubereel/v1/advance', { to: '10s' })).toMatchObject({ at: 10_000 });
    await make('web', 2);
    const until = {
      resource: { kind: 'Deployment', metadata: { name: 'web' }, status: { readyReplicas: 2 } },
    };
    const ready = await json('POST', '/kubereel/v1/advance', { until });
    expect(ready).toMatchObject({ holds: true });
    expect(ready['at']).toBeLessThan(20_000);
    const never = {
      resource: { kind: 'Deployment', metadata: { name: 'web' }, status: { readyReplicas: 3 } },
    };
    const waited = await json('POST', '/kubereel/v1/advance', { until: never, within: '30s' });
    expect(waited).toMatchObject({ holds: false, at: Number(ready['at']) + 30_000 });
    expect(waited['why']).toContain('status.readyReplicas is 2, wanted 3');
    const settled = await json('POST', '/kubereel/v1/advance', { settled: true });
    expect(settled).toMatchObject({ holds: true });
  });

  test.each([
    ['POST', '/advance', {}, 400, 'wanted one of by, to, until and settled'],
    ['POST', '/advance', { by: 'soon' }, 400, 'by: wanted a duration such as 35s, 1m30s or 850ms'],
    ['POST', '/advance', { until: { resource: { kind: 'Pot' } } }, 400, 'the cluster has no kind "Pot"'],
    ['GET', '/advance', undefined, 405, '/advance is asked with POST, not with GET'],
    ['POST', '/clock', { clock: 'sun' }, 400, 'wanted { clock: real, factor: 10 }'],
    ['POST', '/seek', { at: '1h' }, 400, '1:00:00.000 is in the future'],
    ['POST', '/seek', { at: 'yesterday' }, 400, '"yesterday" is no instant'],
    ['POST', '/faults', { stop: 'kubelet', node: 'node-9' }, 400, 'the cluster has no machine "node-9"'],
    ['POST', '/faults', { stop: 'everything' }, 400, 'wanted'],
    ['GET', '/nothing', undefined, 404, 'the control API has no /nothing'],
    ['DELETE', '/branches/main', undefined, 409, 'the main cluster is not a branch'],
  ])('refuses %s %s %j in words', async (method, path, body, status, message) => {
    const { ask } = control();
    const answer = await ask(method, `/kubereel/v1${path}`, body);
    expect(answer).toMatchObject({ status, json: { kind: 'Status', code: status } });
    expect((answer as { json: { message: string } }).json.message).toContain(message);
  });

  test('shows the past under its own path, and at the usual ones after a seek', async () => {
    const { json, pods, make, clusters, ask } = control();
    await make('web', 2);
    await json('POST', '/kubereel/v1/advance', { by: '20s' });
    expect(await pods('/')).toBe(2);
    expect(await pods('/at/0s/')).toBe(0);
    expect(await pods('/at/1m-50s/')).toBe(2);
    expect(clusters.find('/at/1h/api')).toEqual({ problem: '1:00:00.000 is in the future: it is 00:20.001' });
    expect(await json('POST', '/kubereel/v1/seek', { at: '0s' })).toMatchObject({ past: true, at: 0 });
    expect(await pods('/')).toBe(0);
    const found = clusters.find('/');
    const refused =
      'served' in found && (await found.served.live.ask({ client: 'test', request: deployment('db', 1) }));
    expect(refused).toMatchObject({ ok: false, status: { code: 405 } });
    expect(await ask('POST', '/kubereel/v1/advance', { by: '1s' })).toMatchObject({ status: 409 });
    expect(await json('POST', '/kubereel/v1/seek', { at: 'now' })).toMatchObject({ at: 20_001 });
    expect(await pods('/')).toBe(2);
  });

  test('forks, and the branch goes its own way', async () => {
    const { json, pods, make } = control();
    await make('web', 2);
    await json('POST', '/kubereel/v1/advance', { by: '20s' });
    const branch = await json('POST', '/kubereel/v1/branches', { at: '0s', name: 'before' });
    expect(branch).toMatchObject({ branch: 'before', path: '/branches/before', at: 0 });
    expect(await pods('/branches/before/')).toBe(0);
    await json('POST', '/branches/before/kubereel/v1/advance', { by: '20s' });
    // It was forked before the client came.
    expect(await pods('/branches/before/')).toBe(0);
    const now = await json('POST', '/kubereel/v1/branches');
    expect(now).toMatchObject({ branch: 'branch-1', at: 20_001 });
    expect(await pods('/branches/branch-1/')).toBe(2);
    await json('POST', '/branches/branch-1/kubereel/v1/faults', { stop: 'machine', node: 'node-1' });
    expect(await json('GET', '/kubereel/v1/branches')).toMatchObject({
      branches: [{ name: 'main' }, { name: 'before' }, { name: 'branch-1', path: '/branches/branch-1' }],
    });
    await json('DELETE', '/kubereel/v1/branches/before');
    expect((await json('GET', '/branches/before/kubereel/v1/now'))['message']).toBe(
      'there is no branch "before"',
    );
  });

  test('breaks things, gives the log, and tells of entries as they come', async () => {
    const { ask, json } = control();
    const broken = await json('POST', '/kubereel/v1/faults', { stop: 'kubelet', node: 'node-1' });
    expect(broken['happened']).toEqual(['KubeletStopped']);
    const answer = await ask('GET', '/kubereel/v1/log');
    const lines = 'parts' in answer ? [...answer.parts].join('') : '';
    const reader = createLogReader();
    for (const line of lines.trimEnd().split('\n')) reader.line(line);
    const { entries } = reader.finish();
    expect(entries.length).toBeGreaterThan(20);
    const events = await ask('GET', `/kubereel/v1/events?from=${entries.length}&told=true`);
    const heard: string[] = [];
    const stop = 'stream' in events ? events.stream((text) => heard.push(text)) : undefined;
    await json('POST', '/kubereel/v1/faults', { start: 'kubelet', node: 'node-1' });
    stop?.();
    const types = heard.map((text) => JSON.parse(text.split('\n')[2]?.slice('data: '.length) ?? '').type);
    expect(types.slice(0, 3)).toEqual(['KubeletStopped', 'FaultArrived', 'KubeletStarted']);
    expect(heard[0]).toMatch(/^id: \d+\nevent: entry\ndata: \{.*\}\n\n$/);
  });
});
