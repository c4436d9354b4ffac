import { describe, expect, test } from 'vitest';
import type { Change } from '../../../src/cluster/contract/api-event.ts';
import { changeOf } from '../../../src/cluster/world/changes.ts';
import { changesAfter } from '../../../src/cluster/world/changes-after.ts';
import { type TypedAt, typeLines } from '../clients/type-lines.ts';

const LINES: readonly string[] = [
  'kubectl create cm a --from-literal=x=1',
  'kubectl create cm b',
  'kubectl label cm a l=1',
  'kubectl create cm a -n kube-system',
  'kubectl delete cm a',
  'kubectl create cm a --from-literal=x=2',
  'kubectl label cm --all l=2',
  'kubectl create cm brief && kubectl delete cm brief',
  'kubectl delete cm a -n kube-system',
  'kubectl create cm c',
  'kubectl delete cm --all',
];

describe('changesAfter', () => {
  const { log, world } = typeLines(LINES.map((line, index): TypedAt => [1000 * (index + 1), line]));
  const { tables } = world.store;
  const all = log.flatMap((entry) => changeOf(tables, entry) ?? []);
  const brief = ({ type, object, resource, key }: Change) => ({
    type,
    key,
    resource,
    revision: Number(object.metadata.resourceVersion),
  });
  const revisions = Array.from({ length: all.length + 1 }, (_, index) => index);

  test.each([undefined, 'default', 'kube-system'])('tells what a watch of %s has reported', (namespace) => {
    for (const revision of revisions) {
      const since = all.filter(
        ({ resource, object }) =>
          resource === 'configmaps' &&
          (namespace === undefined || object.metadata.namespace === namespace) &&
          Number(object.metadata.resourceVersion) > revision,
      );
      const watched = { resource: 'configmaps', ...(namespace === undefined ? {} : { namespace }), revision };
      expect(changesAfter(tables, watched, world.seq).map(brief)).toEqual(since.map(brief));
    }
  });

  test('sees the past as it was', () => {
    const half = all[Math.floor(all.length / 2)];
    if (half === undefined) throw new Error('nothing has happened');
    const then = changesAfter(tables, { resource: 'configmaps', revision: 0 }, half.seq);
    expect(then.every(({ seq }) => seq <= half.seq)).toBe(true);
    expect(then.length).toBeGreaterThan(0);
  });
});
