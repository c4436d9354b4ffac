import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../src/cluster/objects/json.ts';
import { applyMergePatch } from '../../../../src/cluster/objects/patch/merge-patch.ts';
import { applyStrategicPatch } from '../../../../src/cluster/objects/patch/strategic-merge.ts';
import { threeWayMergePatch } from '../../../../src/cluster/objects/patch/three-way-merge.ts';
import { arbitraryPod } from './arbitrary-objects.ts';

const POD = { apiVersion: 'v1', kind: 'Pod' };
const WIDGET = { apiVersion: 'example.com/v1', kind: 'Widget' };

describe('kubectl apply', () => {
  test('deletes what the manifest lost, sets what it has, keeps what only the live object has', () => {
    const original = { spec: { containers: [{ name: 'a', image: 'a:1' }, { name: 'old' }], hostname: 'h' } };
    const modified = { spec: { containers: [{ name: 'a', image: 'a:2' }] } };
    const current = {
      spec: {
        containers: [
          { name: 'a', image: 'a:1', imagePullPolicy: 'Always' },
          { name: 'old' },
          { name: 'injected' },
        ],
        hostname: 'h',
        nodeName: 'node-1',
      },
    };
    const { patchType, patch } = threeWayMergePatch(original, modified, current, POD);
    expect(patchType).toBe('strategic');
    expect(patch).toEqual({
      spec: {
        '$setElementOrder/containers': [{ name: 'a' }],
        containers: [
          { image: 'a:2', name: 'a' },
          { $patch: 'delete', name: 'old' },
        ],
        hostname: null,
      },
    });
    expect(applyStrategicPatch(current, patch, POD)).toEqual({
      ok: true,
      object: {
        spec: {
          containers: [{ name: 'a', image: 'a:2', imagePullPolicy: 'Always' }, { name: 'injected' }],
          nodeName: 'node-1',
        },
      },
    });
  });

  test('has nothing to do when the live object is what the manifest says', () => {
    fc.assert(
      fc.property(arbitraryPod, (pod) => {
        expect(threeWayMergePatch(pod, pod, pod, POD).patch).toEqual({});
      }),
    );
  });

  test('makes of an object that nobody else touched what the manifest says', () => {
    fc.assert(
      fc.property(arbitraryPod, arbitraryPod, (original, modified) => {
        const { patch } = threeWayMergePatch(original, modified, original, POD);
        expect(applyStrategicPatch(original, patch, POD)).toEqual({ ok: true, object: modified });
      }),
      { numRuns: 500 },
    );
  });

  test('applied a second time changes nothing', () => {
    fc.assert(
      fc.property(arbitraryPod, arbitraryPod, arbitraryPod, (original, modified, current) => {
        const { patch } = threeWayMergePatch(original, modified, current, POD);
        const outcome = applyStrategicPatch(current, patch, POD);
        const live = outcome.ok ? outcome.object : {};
        const again = threeWayMergePatch(modified, modified, live, POD);
        expect(applyStrategicPatch(live, again.patch, POD)).toEqual({ ok: true, object: live });
      }),
      { numRuns: 500 },
    );
  });

  test('merges objects of unknown kinds without looking into their lists', () => {
    const original = { spec: { items: [1], gone: true, both: { x: 1 } } };
    const modified = { spec: { items: [2], both: { y: 2 } } };
    const current: JsonObject = { spec: { items: [1], gone: true, kept: 1, both: { x: 1 } } };
    const { patchType, patch } = threeWayMergePatch(original, modified, current, WIDGET);
    expect(patchType).toBe('merge');
    expect(patch).toEqual({ spec: { items: [2], gone: null, both: { x: null, y: 2 } } });
    expect(applyMergePatch(current, patch)).toEqual({ spec: { items: [2], kept: 1, both: { y: 2 } } });
  });
});
