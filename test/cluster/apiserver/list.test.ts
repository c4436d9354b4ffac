import { expect, test } from 'vitest';
import type { KubeObject } from '../../../src/cluster/objects/kube-object.ts';
import { runningPod } from './objects.ts';
import { given, type Server, settingsOf } from './server.ts';

function withPods(): Server {
  const placed = (name: string, namespace: string, nodeName: string, app: string): KubeObject => ({
    ...runningPod(name, { nodeName }),
    metadata: { name, namespace, labels: { app } },
  });
  return given([
    placed('b', 'default', 'node-1', 'web'),
    placed('a', 'default', 'node-2', 'web'),
    placed('c', 'default', 'node-1', 'db'),
    placed('a', 'shop', 'node-1', 'web'),
  ]);
}

const namesOf = (items: readonly KubeObject[] | undefined): string[] =>
  (items ?? []).map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);

test.each([
  ['all', {}, ['default/a', 'default/b', 'default/c', 'shop/a']],
  ['those of a namespace', { namespace: 'default' }, ['default/a', 'default/b', 'default/c']],
  ['those with a label', { namespace: 'default', labelSelector: 'app=web' }, ['default/a', 'default/b']],
  ['those without it', { namespace: 'default', labelSelector: 'app!=web' }, ['default/c']],
  ['those of a node', { fieldSelector: 'spec.nodeName=node-1' }, ['default/b', 'default/c', 'shop/a']],
  [
    'those of both',
    { labelSelector: 'app=web', fieldSelector: 'spec.nodeName=node-1' },
    ['default/b', 'shop/a'],
  ],
  ['none', { namespace: 'nowhere' }, []],
])('a list has %s in the order of their keys', (_what, selection, names) => {
  const { items, revision } = withPods().grant({ verb: 'list', resource: 'pods', ...selection });
  expect(namesOf(items)).toEqual(names);
  expect(revision).toBe(7);
});

test.each([
  ['a label selector', { labelSelector: 'app==' + '=web' }, /^unable to parse requirement: /],
  [
    'a field selector',
    { fieldSelector: 'spec.nodeName' },
    /^invalid selector: 'spec.nodeName'; can't understand/,
  ],
  [
    'a field that cannot be selected by',
    { fieldSelector: 'spec.image=x' },
    /^field label not supported: spec.image$/,
  ],
])('%s that makes no sense is refused, and leaves no trace', (_what, selection, message) => {
  const { response, events } = withPods().send({ verb: 'list', resource: 'pods', ...selection });
  expect(response).toMatchObject({ ok: false, status: { code: 400, reason: 'BadRequest' } });
  expect(response.ok ? '' : response.status.message).toMatch(message);
  expect(events).toEqual([]);
});

test('what is not there is not got, and nobody writes it down', () => {
  const { response, events } = withPods().send({
    verb: 'get',
    resource: 'pods',
    namespace: 'default',
    name: 'x',
  });
  expect(response).toEqual({
    ok: false,
    status: {
      code: 404,
      reason: 'NotFound',
      message: 'pods "x" not found',
      details: { name: 'x', kind: 'pods' },
    },
  });
  expect(events).toEqual([]);
});

test('Events are found under both groups that serve them', () => {
  const event = {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: 'e', namespace: 'default' },
    involvedObject: {},
  };
  const { items } = given([event]).grant({
    verb: 'list',
    resource: 'events.events.k8s.io',
    namespace: 'default',
  });
  expect(namesOf(items)).toEqual(['default/e']);
});

test.each([
  ['1.36', ['v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice']],
  ['1.32', undefined],
])('Endpoints of %s come with the warnings %o', (version, warnings) => {
  const server = given([], settingsOf(version));
  expect(server.grant({ verb: 'list', resource: 'endpoints', namespace: 'default' }).warnings).toEqual(
    warnings,
  );
});
