import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { userOf } from '../../../src/cluster/contract/user.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';
import { watch } from '../support/watching.ts';

let server: TestServer;
const CONFIG_MAPS = '/api/v1/namespaces/default/configmaps';

beforeAll(async () => {
  server = await startTestServer({
    clock: { clock: 'manual' },
    users: { 'of-jane': userOf({ name: 'jane', groups: ['dev'] }) },
  });
});
afterAll(() => server.close());

function configMap(name: string, data: Record<string, string> = {}, labels = {}): object {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, labels }, data };
}

async function create(name: string, data = {}, labels = {}): Promise<void> {
  const { code } = await server.ask(CONFIG_MAPS, { method: 'POST', body: configMap(name, data, labels) });
  expect(code).toBe(201);
}

describe('an object', () => {
  test('is created, read, changed and deleted', async () => {
    await create('life', { a: '1' });
    const read = await server.ask(`${CONFIG_MAPS}/life`);
    expect(read).toMatchObject({ code: 200, json: { kind: 'ConfigMap', data: { a: '1' } } });
    const put = { ...read.json, data: { a: '2' } };
    const updated = await server.ask(`${CONFIG_MAPS}/life`, { method: 'PUT', body: put });
    expect(updated).toMatchObject({ code: 200, json: { data: { a: '2' } } });
    const again = await server.ask(`${CONFIG_MAPS}/life`, { method: 'PUT', body: put });
    expect(again).toMatchObject({ code: 409, json: { kind: 'Status', reason: 'Conflict' } });
    const gone = await server.ask(`${CONFIG_MAPS}/life`, { method: 'DELETE' });
    const uid = (read.json['metadata'] as { uid: string }).uid;
    expect(gone.json).toEqual({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Success',
      details: { name: 'life', kind: 'configmaps', uid },
    });
    expect(await server.ask(`${CONFIG_MAPS}/life`)).toMatchObject({ code: 404 });
  });

  test.each([
    ['application/json-patch+json', [{ op: 'replace', path: '/data/a', value: 'new' }]],
    ['application/merge-patch+json', { data: { a: 'new' } }],
    ['application/strategic-merge-patch+json', { data: { a: 'new' } }],
  ])('is patched with %s', async (type, body) => {
    await create('patched', { a: '1', b: '2' });
    const path = `${CONFIG_MAPS}/patched`;
    const answer = await server.ask(path, { method: 'PATCH', headers: { 'content-type': type }, body });
    expect(answer).toMatchObject({ code: 200, json: { data: { a: 'new', b: '2' } } });
    await server.ask(path, { method: 'DELETE' });
  });

  test('is applied by its owners, who meet each other', async () => {
    const path = `${CONFIG_MAPS}/applied`;
    const headers = { 'content-type': 'application/apply-patch+yaml' };
    const body = 'apiVersion: v1\nkind: ConfigMap\ndata: { a: "1" }\n';
    const first = await server.ask(`${path}?fieldManager=one`, { method: 'PATCH', headers, body });
    expect(first).toMatchObject({ code: 201, json: { data: { a: '1' } } });
    const other = body.replace('"1"', '"2"');
    const second = await server.ask(`${path}?fieldManager=two`, { method: 'PATCH', headers, body: other });
    expect(second).toMatchObject({
      code: 409,
      json: { message: 'Apply failed with 1 conflict: conflict with "one": .data.a' },
    });
    const forced = await server.ask(`${path}?fieldManager=two&force=true`, {
      method: 'PATCH',
      headers,
      body: other,
    });
    expect(forced).toMatchObject({ code: 200, json: { data: { a: '2' } } });
    expect(forced.json['metadata']).toMatchObject({
      managedFields: [{ manager: 'two', operation: 'Apply' }],
    });
  });

  test('is not stored by a dry run', async () => {
    const entries = server.live.entries.length;
    const answer = await server.ask(`${CONFIG_MAPS}?dryRun=All`, {
      method: 'POST',
      body: configMap('dry', { a: '1' }),
    });
    expect(answer.code).toBe(201);
    // Who would own what is told, as of what is stored.
    const { managedFields } = answer.json['metadata'] as { managedFields: object[] };
    expect(managedFields).toMatchObject([{ manager: 'node', operation: 'Update' }]);
    expect(await server.ask(`${CONFIG_MAPS}/dry`)).toMatchObject({ code: 404 });
    expect(server.live.entries.length).toBe(entries);
  });

  test('with unknown fields is refused, warned of or taken as it is', async () => {
    const body = { ...configMap('odd'), colour: 'red' };
    const ask = (validation: string) =>
      server.ask(`${CONFIG_MAPS}?fieldValidation=${validation}&dryRun=All`, { method: 'POST', body });
    expect(await ask('Strict')).toMatchObject({ code: 400, json: { reason: 'BadRequest' } });
    expect((await ask('Warn')).headers.get('warning')).toBe('299 - "unknown field \\"colour\\""');
    const ignored = await ask('Ignore');
    expect(ignored.headers.get('warning')).toBeNull();
    expect(ignored.json).not.toHaveProperty('colour');
  });
});

describe('a list', () => {
  beforeAll(async () => {
    for (const name of ['l1', 'l2', 'l3', 'l4', 'l5']) await create(name, {}, { set: 'list' });
  });

  function names(json: Record<string, unknown>): readonly string[] {
    return (json['items'] as { metadata: { name: string } }[]).map(({ metadata }) => metadata.name);
  }

  test('comes in parts, all as of the first', async () => {
    const first = await server.ask(`${CONFIG_MAPS}?limit=2&labelSelector=set%3Dlist`);
    expect(names(first.json)).toEqual(['l1', 'l2']);
    const { continue: token, resourceVersion } = first.json['metadata'] as Record<string, string>;
    await server.ask(`${CONFIG_MAPS}/l4`, { method: 'DELETE' });
    const rest = await server.ask(`${CONFIG_MAPS}?limit=9&labelSelector=set%3Dlist&continue=${token}`);
    expect(names(rest.json)).toEqual(['l3', 'l4', 'l5']);
    expect(rest.json['metadata']).toEqual({ resourceVersion });
    expect(names((await server.ask(`${CONFIG_MAPS}?labelSelector=set%3Dlist`)).json)).toEqual([
      'l1',
      'l2',
      'l3',
      'l5',
    ]);
  });

  test('is had as it was at a version, and not as it will be', async () => {
    const now = await server.ask(`${CONFIG_MAPS}?labelSelector=set%3Dlist`);
    const { resourceVersion } = now.json['metadata'] as Record<string, string>;
    await server.ask(`${CONFIG_MAPS}/l5`, { method: 'DELETE' });
    const query = `resourceVersionMatch=Exact&resourceVersion=${resourceVersion}`;
    const then = await server.ask(`${CONFIG_MAPS}?labelSelector=set%3Dlist&${query}`);
    expect(names(then.json)).toEqual(['l1', 'l2', 'l3', 'l5']);
    const future = await server.ask(`${CONFIG_MAPS}?resourceVersion=${Number(resourceVersion) + 1000}`);
    expect(future).toMatchObject({ code: 504, json: { reason: 'Timeout' } });
  });

  test('is shown as a table with the columns of the built-in kubectl', async () => {
    const accept = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json';
    const { json } = await server.ask(`${CONFIG_MAPS}?fieldSelector=metadata.name%3Dl1`, {
      headers: { accept },
    });
    expect(json).toMatchObject({
      kind: 'Table',
      columnDefinitions: [{ name: 'Name', format: 'name' }, { name: 'Data' }, { name: 'Age' }],
      rows: [{ cells: ['l1', 0, '0s'], object: { kind: 'PartialObjectMetadata' } }],
    });
  });

  test.each([
    ['labelSelector=%3D%3D', 400, 'BadRequest'],
    ['fieldSelector=spec.colour%3Dred', 400, 'BadRequest'],
    ['limit=many', 400, 'BadRequest'],
    ['resourceVersionMatch=Exact', 422, 'Invalid'],
    ['continue=nonsense', 400, 'BadRequest'],
  ])('that asks %s is refused', async (query, code, reason) => {
    expect(await server.ask(`${CONFIG_MAPS}?${query}`)).toMatchObject({ code, json: { reason } });
  });
});

describe('a watch', () => {
  test('tells what there is, and each change of what is selected', async () => {
    await create('w1', {}, { set: 'watch' });
    const path = `${CONFIG_MAPS}?watch=1&labelSelector=set%3Dwatch`;
    const watching = await watch(server, path);
    expect(await watching.next()).toMatchObject({ type: 'ADDED', object: { metadata: { name: 'w1' } } });
    await create('w2', {}, { set: 'watch' });
    expect(await watching.next()).toMatchObject({ type: 'ADDED', object: { metadata: { name: 'w2' } } });
    const headers = { 'content-type': 'application/merge-patch+json' };
    const change = (name: string, body: object) =>
      server.ask(`${CONFIG_MAPS}/${name}`, { method: 'PATCH', headers, body });
    await change('w1', { data: { a: 'b' } });
    expect(await watching.next()).toMatchObject({ type: 'MODIFIED', object: { data: { a: 'b' } } });
    await change('w1', { metadata: { labels: { set: 'other' } } });
    expect(await watching.next()).toMatchObject({ type: 'DELETED', object: { metadata: { name: 'w1' } } });
    await server.ask(`${CONFIG_MAPS}/w2`, { method: 'DELETE' });
    expect(await watching.next()).toMatchObject({ type: 'DELETED', object: { metadata: { name: 'w2' } } });
    await watching.close();
  });

  test('goes on from a version without loss and without repetition', async () => {
    const list = await server.ask(CONFIG_MAPS);
    const { resourceVersion } = list.json['metadata'] as Record<string, string>;
    for (const name of ['r1', 'r2', 'r3']) await create(name);
    const watching = await watch(server, `${CONFIG_MAPS}?watch=1&resourceVersion=${resourceVersion}`);
    const told = await watching.until(({ object }) => object.metadata.name === 'r3');
    expect(told.map(({ object }) => object.metadata.name)).toEqual(['r1', 'r2', 'r3']);
    await watching.close();
    const [first] = told;
    const from = `${CONFIG_MAPS}?watch=1&resourceVersion=${first?.object.metadata.resourceVersion}`;
    const again = await watch(server, from);
    expect((await again.next())?.object.metadata.name).toBe('r2');
    await again.close();
  });

  test('ends when its time is over, with a bookmark', async () => {
    const query = 'watch=1&timeoutSeconds=1&allowWatchBookmarks=true&resourceVersion=0&labelSelector=none';
    const watching = await watch(server, `${CONFIG_MAPS}?${query}`);
    expect(await watching.next()).toMatchObject({ type: 'BOOKMARK', object: { kind: 'ConfigMap' } });
    expect(await watching.next()).toBeUndefined();
  });

  test('can be a list that goes on', async () => {
    const query = 'watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true';
    const watching = await watch(server, `/api/v1/nodes?${query}`);
    const told = await watching.until(({ type }) => type === 'BOOKMARK');
    expect(told.map(({ type }) => type)).toEqual(['ADDED', 'ADDED', 'BOOKMARK']);
    expect(told.at(-1)?.object.metadata.annotations).toEqual({ 'k8s.io/initial-events-end': 'true' });
    await watching.close();
  });
});

describe('who asks', () => {
  test.each([undefined, 'wrong'])('with the token %s is refused', async (token) => {
    const answer = await server.ask('/api/v1/pods', { token });
    expect(answer).toMatchObject({ code: 401, json: { kind: 'Status', reason: 'Unauthorized', code: 401 } });
  });

  test('may do what roles say', async () => {
    const asked = () => server.ask(CONFIG_MAPS, { token: 'of-jane' });
    const cannot =
      'configmaps is forbidden: User "jane" cannot list resource "configmaps" in API group "" in the namespace "default"';
    expect(await asked()).toMatchObject({ code: 403, json: { message: cannot } });
    await server.ask('/apis/rbac.authorization.k8s.io/v1/namespaces/default/rolebindings', {
      method: 'POST',
      body: {
        metadata: { name: 'jane' },
        subjects: [{ kind: 'User', name: 'jane', apiGroup: 'rbac.authorization.k8s.io' }],
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' },
      },
    });
    expect(await asked()).toMatchObject({ code: 200 });
    const writing = { method: 'POST', body: configMap('of-jane'), token: 'of-jane' };
    expect(await server.ask(CONFIG_MAPS, writing)).toMatchObject({ code: 403 });
    const headers = { 'impersonate-user': 'kubernetes-admin', 'impersonate-group': 'system:masters' };
    expect(await server.ask(CONFIG_MAPS, { token: 'of-jane', headers })).toMatchObject({ code: 403 });
  });

  test('may be a service account, or be taken for one', async () => {
    const path = '/api/v1/namespaces/default/serviceaccounts/default/token';
    const made = await server.ask(path, { method: 'POST', body: { spec: {} } });
    const { token } = made.json['status'] as { token: string };
    const name = 'system:serviceaccount:default:default';
    const review = { method: 'POST', body: { kind: 'SelfSubjectReview', metadata: {} } };
    const place = '/apis/authentication.k8s.io/v1/selfsubjectreviews';
    const own = await server.ask(place, { ...review, token });
    expect(own.json).toMatchObject({ status: { userInfo: { username: name } } });
    const taken = await server.ask(place, { ...review, headers: { 'impersonate-user': name } });
    expect(taken.json['status']).toEqual(own.json['status']);
  });
});

describe('the server', () => {
  test('tells what it serves, one way and the other', async () => {
    const groups = await server.ask('/apis');
    expect(groups.json).toMatchObject({ kind: 'APIGroupList' });
    const accept = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json';
    const whole = await server.ask('/apis', { headers: { accept } });
    expect(whole.headers.get('content-type')).toBe(
      'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList',
    );
    const named = (json: Record<string, unknown>, field: string): unknown =>
      (json[field] as { name?: string; metadata?: { name: string } }[]).map(
        ({ name, metadata }) => name ?? metadata?.name,
      );
    expect(named(whole.json, 'items')).toEqual(named(groups.json, 'groups'));
  });

  test('refuses what it does not speak', async () => {
    const headers = { accept: 'application/vnd.kubernetes.protobuf' };
    expect(await server.ask('/api/v1/pods', { headers })).toMatchObject({ code: 406 });
    const yaml = await server.ask('/api/v1/nodes/node-1', { headers: { accept: 'application/yaml' } });
    expect(yaml.text).toMatch(/^apiVersion: v1\nkind: Node\n/);
    const body = { method: 'POST', headers: { 'content-type': 'text/plain' }, body: 'hello' };
    expect(await server.ask(CONFIG_MAPS, body)).toMatchObject({ code: 415 });
    expect(await server.ask('/api/v1/pods', { method: 'BREW' })).toMatchObject({ code: 400 });
    expect(await server.ask('/apis/nothing.example/v1/things')).toMatchObject({ code: 404 });
  });

  test('says how it is', async () => {
    expect((await server.ask('/livez')).text).toBe('ok');
    expect((await server.ask('/readyz?verbose')).text).toContain('[+]etcd ok\n');
    expect((await server.ask('/version')).json).toMatchObject({ major: '1', minor: '36' });
    expect((await server.ask('/metrics')).text).toContain('apiserver_storage_objects{resource="nodes"} 2');
  });

  test('bears bodies of so many bytes', async () => {
    const body = configMap('large', { text: 'x'.repeat(3 * 1024 * 1024) });
    const answer = await server.ask(CONFIG_MAPS, { method: 'POST', body });
    expect(answer).toMatchObject({ code: 413, json: { reason: 'RequestEntityTooLarge' } });
  });
});
