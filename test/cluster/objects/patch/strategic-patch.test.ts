import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../src/cluster/objects/json.ts';
import { createStrategicPatch } from '../../../../src/cluster/objects/patch/strategic-diff.ts';
import { applyStrategicPatch } from '../../../../src/cluster/objects/patch/strategic-merge.ts';
import { arbitraryPod } from './arbitrary-objects.ts';

const POD = { apiVersion: 'v1', kind: 'Pod' };

function patchedSpec(spec: JsonObject, patch: JsonObject): unknown {
  const outcome = applyStrategicPatch({ ...POD, spec }, { spec: patch }, POD);
  return outcome.ok ? outcome.object['spec'] : outcome.problem;
}

const a = { name: 'a', image: 'a:1' };
const b = { name: 'b', image: 'b:1' };
const c = { name: 'c', image: 'c:1' };

describe('a strategic merge patch', () => {
  test.each<[does: string, before: JsonObject, patch: JsonObject, after: JsonObject]>([
    [
      'merges elements that have the same key',
      { containers: [a, b] },
      { containers: [{ name: 'b', image: 'b:2' }] },
      { containers: [a, { name: 'b', image: 'b:2' }] },
    ],
    [
      'puts an element whose key is new before those that it does not name',
      { containers: [a] },
      { containers: [c] },
      { containers: [c, a] },
    ],
    [
      'puts an element that takes the place of a deleted one after those that only the server knows',
      { containers: [a, b] },
      { containers: [c, { name: 'a', $patch: 'delete' }], '$setElementOrder/containers': [{ name: 'c' }] },
      { containers: [b, c] },
    ],
    [
      'takes out an element marked for deletion',
      { containers: [a, b] },
      { containers: [{ name: 'a', $patch: 'delete' }] },
      { containers: [b] },
    ],
    [
      'replaces a list marked for replacement',
      { containers: [a, b] },
      { containers: [{ $patch: 'replace' }, c] },
      { containers: [c] },
    ],
    [
      'replaces an object marked for replacement',
      { securityContext: { runAsUser: 1 } },
      { securityContext: { $patch: 'replace', runAsGroup: 2 } },
      { securityContext: { runAsGroup: 2 } },
    ],
    [
      'empties an object marked for deletion',
      { nodeSelector: { x: 'y' } },
      { nodeSelector: { $patch: 'delete' } },
      { nodeSelector: {} },
    ],
    [
      'replaces a list that has no merge key',
      { tolerations: [{ key: 'x' }] },
      { tolerations: [{ key: 'y' }] },
      { tolerations: [{ key: 'y' }] },
    ],
    ['deletes a field that is null', { nodeName: 'n', hostname: 'h' }, { nodeName: null }, { hostname: 'h' }],
    [
      'leaves no nulls behind in what it adds',
      {},
      { nodeSelector: { x: null, y: 'z' } },
      { nodeSelector: { y: 'z' } },
    ],
    [
      'keeps only the listed keys of a union',
      { volumes: [{ name: 'v', emptyDir: {} }] },
      { volumes: [{ $retainKeys: ['name', 'configMap'], name: 'v', configMap: { name: 'm' } }] },
      { volumes: [{ name: 'v', configMap: { name: 'm' } }] },
    ],
    [
      'orders a list as it says, and leaves the others near their places',
      { containers: [a, b, c] },
      {
        '$setElementOrder/containers': [{ name: 'c' }, { name: 'a' }],
        containers: [{ name: 'c', image: 'c:2' }],
      },
      { containers: [b, { name: 'c', image: 'c:2' }, a] },
    ],
    [
      'finds ports by their number alone',
      { containers: [{ ...a, ports: [{ containerPort: 80, protocol: 'TCP' }] }] },
      { containers: [{ name: 'a', ports: [{ containerPort: 80, name: 'http' }] }] },
      { containers: [{ ...a, ports: [{ containerPort: 80, name: 'http', protocol: 'TCP' }] }] },
    ],
  ])('%s', (_, before, patch, after) => {
    expect(patchedSpec(before, patch)).toEqual(after);
  });

  test('takes scalars out of a list, and adds those that are new', () => {
    const object = { ...POD, metadata: { finalizers: ['x', 'y'] } };
    const patch = { metadata: { '$deleteFromPrimitiveList/finalizers': ['x'], finalizers: ['z'] } };
    expect(applyStrategicPatch(object, patch, POD)).toMatchObject({
      object: { metadata: { finalizers: ['z', 'y'] } },
    });
  });

  test.each<[problem: string, code: number, patch: JsonObject]>([
    [
      'map: map[image:x] does not contain declared merge key: name',
      500,
      { spec: { containers: [{ image: 'x' }] } },
    ],
    [
      'invalid patch format of retainKeys',
      400,
      { spec: { volumes: [{ name: 'v', emptyDir: {}, $retainKeys: ['name'] }] } },
    ],
    ['invalid patch format of setElementOrder list', 400, { spec: { '$setElementOrder/containers': 'a' } }],
  ])('is refused: %s', (problem, code, patch) => {
    const object = { ...POD, spec: { containers: [a], volumes: [{ name: 'v', emptyDir: {} }] } };
    expect(applyStrategicPatch(object, patch, POD)).toEqual({ ok: false, code, problem });
  });

  test('is refused for kinds that Kubernetes does not have', () => {
    const outcome = applyStrategicPatch({}, {}, { apiVersion: 'example.com/v1', kind: 'Widget' });
    expect(outcome).toMatchObject({ ok: false, code: 400 });
  });

  test('that was made from two objects turns the one into the other, and changes neither', () => {
    fc.assert(
      fc.property(arbitraryPod, arbitraryPod, (before, after) => {
        const copies = structuredClone([before, after]);
        const patch = createStrategicPatch(before, after, POD) ?? {};
        expect(applyStrategicPatch(before, patch, POD)).toEqual({ ok: true, object: after });
        expect([before, after]).toEqual(copies);
      }),
      { numRuns: 500 },
    );
  });

  test('of an object and itself is empty', () => {
    fc.assert(
      fc.property(arbitraryPod, (pod) => {
        expect(createStrategicPatch(pod, pod, POD)).toEqual({});
      }),
    );
  });
});
