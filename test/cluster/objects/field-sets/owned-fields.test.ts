import { describe, expect, test } from 'vitest';
import { compareFields } from '../../../../src/cluster/objects/field-sets/compare-fields.ts';
import { membersOf } from '../../../../src/cluster/objects/field-sets/field-set.ts';
import { shapeOfKind } from '../../../../src/cluster/objects/field-sets/field-shape.ts';
import { fieldsOf } from '../../../../src/cluster/objects/field-sets/fields-of.ts';
import { mergeApplied } from '../../../../src/cluster/objects/field-sets/merge-applied.ts';
import { pathText } from '../../../../src/cluster/objects/field-sets/path-text.ts';

const POD = shapeOfKind({ apiVersion: 'v1', kind: 'Pod' });
const container = (name: string, more: object = {}): object => ({ name, ...more });
const pod = (...containers: object[]): object => ({ spec: { containers } });

test.each`
  what                                 | object                                                               | places
  ${'a field'}                         | ${{ spec: { nodeName: 'a' } }}                                       | ${['.spec.nodeName']}
  ${'an entry of a map'}               | ${{ metadata: { labels: { a: '1' } } }}                              | ${['.metadata.labels.a']}
  ${'an element of a list by its key'} | ${pod(container('c', { image: 'x' }))}                               | ${['.spec.containers[name="c"]', '.spec.containers[name="c"].image', '.spec.containers[name="c"].name']}
  ${'a port, which is of TCP'}         | ${pod(container('c', { ports: [{ containerPort: 80 }] })).valueOf()} | ${['.spec.containers[name="c"]', '.spec.containers[name="c"].name', '.spec.containers[name="c"].ports[containerPort=80,protocol="TCP"]', '.spec.containers[name="c"].ports[containerPort=80,protocol="TCP"].containerPort']}
  ${'an element of a set'}             | ${{ metadata: { finalizers: ['a/b'] } }}                             | ${['.metadata.finalizers[="a/b"]']}
  ${'a list as a whole'}               | ${pod(container('c', { command: ['sh', '-c'] }))}                    | ${['.spec.containers[name="c"]', '.spec.containers[name="c"].command', '.spec.containers[name="c"].name']}
  ${'a part as a whole'}               | ${{ spec: { nodeSelector: { a: 'b' } } }}                            | ${['.spec.nodeSelector']}
  ${'an empty part'}                   | ${{ spec: { securityContext: {} } }}                                 | ${['.spec.securityContext']}
`('$what is owned as $places', ({ object, places }) => {
  expect([...membersOf(fieldsOf(object, POD))].map(pathText).sort()).toEqual(places);
});

test.each`
  what                                 | before                                          | after                                   | added                                                                | modified                                | removed
  ${'nothing'}                         | ${pod(container('c'))}                          | ${pod(container('c'))}                  | ${[]}                                                                | ${[]}                                   | ${[]}
  ${'a value'}                         | ${pod(container('c', { image: 'a' }))}          | ${pod(container('c', { image: 'b' }))}  | ${[]}                                                                | ${['.spec.containers[name="c"].image']} | ${[]}
  ${'an element, with all that it is'} | ${pod(container('c'))}                          | ${pod(container('c'), container('d'))}  | ${['.spec.containers[name="d"]', '.spec.containers[name="d"].name']} | ${[]}                                   | ${[]}
  ${'the order of elements alone'}     | ${pod(container('c'), container('d'))}          | ${pod(container('d'), container('c'))}  | ${[]}                                                                | ${[]}                                   | ${[]}
  ${'a map that was not there'}        | ${{ metadata: {} }}                             | ${{ metadata: { labels: { a: '1' } } }} | ${['.metadata.labels', '.metadata.labels.a']}                        | ${[]}                                   | ${[]}
  ${'a label'}                         | ${{ metadata: { labels: { a: '1', b: '2' } } }} | ${{ metadata: { labels: { a: '1' } } }} | ${[]}                                                                | ${[]}                                   | ${['.metadata.labels.b']}
`('$what is what has changed', ({ before, after, added, modified, removed }) => {
  const changes = compareFields(before, after, POD);
  const told = (set: typeof changes.added): readonly string[] => [...membersOf(set)].map(pathText).sort();
  expect([told(changes.added), told(changes.modified), told(changes.removed)]).toEqual([
    added,
    modified,
    removed,
  ]);
});

describe('a manifest in an object', () => {
  const names = (object: object): readonly string[] =>
    (object as { spec: { containers: { name: string }[] } }).spec.containers.map(({ name }) => name);

  test.each`
    live               | applied       | merged
    ${['a', 'b']}      | ${['b', 'a']} | ${['b', 'a']}
    ${['a', 'x', 'b']} | ${['b', 'a']} | ${['b', 'x', 'a']}
    ${['a', 'x']}      | ${['n', 'a']} | ${['n', 'a', 'x']}
    ${['a', 'x']}      | ${['a', 'n']} | ${['a', 'x', 'n']}
    ${['x']}           | ${['a', 'b']} | ${['x', 'a', 'b']}
  `('of $applied in $live is $merged', ({ live, applied, merged }) => {
    const before = pod(...live.map((name: string) => container(name)));
    const object = mergeApplied(before, pod(...applied.map((name: string) => container(name))), POD);
    expect(names(object)).toEqual(merged);
  });

  test('leaves what it does not speak of', () => {
    const live = pod(container('c', { image: 'a', env: [{ name: 'A', value: '1' }] }));
    const applied = pod(container('c', { env: [{ name: 'B', value: '2' }] }));
    expect(mergeApplied(live, applied, POD)).toEqual(
      pod(
        container('c', {
          image: 'a',
          env: [
            { name: 'A', value: '1' },
            { name: 'B', value: '2' },
          ],
        }),
      ),
    );
  });
});
