import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { KubeObject } from '../../../src/cluster/objects/kube-object.ts';
import { applyDelta, deltaOf, deltaWithRevision } from '../../../src/cluster/world/object-delta.ts';

const fields = fc.constantFrom('a', 'b', 'c', 'kubernetes.io/d', '~e');
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<unknown>(null, true, 0, 1, '', 'x'),
    fc.dictionary(fields, tie('value'), { maxKeys: 4 }),
    fc.array(tie('value'), { maxLength: 24 }),
  ),
}));
const objects = fc.dictionary(fields, value, { maxKeys: 5 }) as unknown as fc.Arbitrary<KubeObject>;

const copied = <Value>(of: Value): Value => JSON.parse(JSON.stringify(of)) as Value;

describe('the delta of an object', () => {
  test('turns the one into the other, and leaves both as they were', () => {
    fc.assert(
      fc.property(objects, objects, (before, after) => {
        const texts = [JSON.stringify(before), JSON.stringify(after)];
        const delta = deltaOf(before, after);
        expect(delta ? applyDelta(before, delta) : before).toEqual(after);
        expect([JSON.stringify(before), JSON.stringify(after)]).toEqual(texts);
      }),
    );
  });

  test('gives the same result, field for field in the same order, when a log is folded without it', () => {
    fc.assert(
      fc.property(objects, objects, (before, after) => {
        const delta = deltaOf(before, after);
        if (!delta) return;
        const live = applyDelta(before, delta);
        expect(JSON.stringify(applyDelta(copied(before), copied(delta)))).toBe(JSON.stringify(live));
      }),
    );
  });

  test('with a revision, too, and leaves both as they were', () => {
    const stored = objects.map((object) => ({ ...object, metadata: { name: 'a', resourceVersion: '1' } }));
    fc.assert(
      fc.property(stored, stored, (before, after) => {
        const texts = [JSON.stringify(before), JSON.stringify(after)];
        const delta = deltaWithRevision(before, after, '2');
        if (!delta) return;
        const live = applyDelta(before, delta);
        expect(live.metadata.resourceVersion).toBe('2');
        expect(JSON.stringify(applyDelta(copied(before), copied(delta)))).toBe(JSON.stringify(live));
        expect([JSON.stringify(before), JSON.stringify(after)]).toEqual(texts);
      }),
    );
  });

  test('copies nothing of what the new version says as the result does, and what has another order', () => {
    const before = { a: { b: 1, c: 2 }, d: 3 } as unknown as KubeObject;
    const after = { a: { b: 1, c: 4 }, d: 3 } as unknown as KubeObject;
    expect(applyDelta(before, deltaOf(before, after) ?? {})).toBe(after);
    const turned = { d: 3, a: { c: 4, b: 1 } } as unknown as KubeObject;
    const result = applyDelta(before, deltaOf(before, turned) ?? {});
    expect(JSON.stringify(result)).toBe('{"a":{"b":1,"c":4},"d":3}');
  });

  test('says what changed in a long list by its places, and sets the list when most of it moved', () => {
    const list = Array.from({ length: 40 }, (_, index) => ({ ip: `10.0.0.${index}` }));
    const object = (ips: readonly unknown[]) => ({ a: ips }) as unknown as KubeObject;
    const changed = list.with(7, { ip: '10.0.1.7' });
    expect(deltaOf(object(list), object(changed))).toEqual({ set: { '/a/7/ip': '10.0.1.7' } });
    const moved = [{ ip: '10.0.2.0' }, ...list];
    expect(deltaOf(object(list), object(moved))).toEqual({ set: { '/a': moved } });
    const grown = [...list, { ip: '10.0.2.0' }];
    expect(deltaOf(object(list), object(grown))).toEqual({ set: { '/a/40': { ip: '10.0.2.0' } } });
  });
});
