import { expect, test } from 'vitest';
import { countsOnDefaultClass } from '../../../../src/scenario/language/counts-on/default-class.ts';

const claim = (spec = '{}'): string =>
  `apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: { name: c }\nspec: ${spec}\n`;
const volume = (spec = '{}'): string =>
  `apiVersion: v1\nkind: PersistentVolume\nmetadata: { name: v }\nspec: ${spec}\n`;
const set = (spec: string): string =>
  `apiVersion: apps/v1\nkind: StatefulSet\nmetadata: { name: s }\nspec: { volumeClaimTemplates: [{ metadata: { name: d }, spec: ${spec} }] }\n`;
const pod =
  'apiVersion: v1\nkind: Pod\nmetadata: { name: p }\nspec: { volumes: [{ name: v, ephemeral: { volumeClaimTemplate: { spec: {} } } }] }\n';

test.each`
  what                                       | manifests                                                                                                  | counts
  ${'a claim that names no class'}           | ${[claim()]}                                                                                               | ${true}
  ${'a claim of the usual class'}            | ${[claim('{ storageClassName: standard }')]}                                                               | ${true}
  ${'a claim of another class'}              | ${[claim('{ storageClassName: fast }')]}                                                                   | ${false}
  ${'a claim that wants none'}               | ${[claim('{ storageClassName: "" }')]}                                                                     | ${false}
  ${'a set whose claims name no class'}      | ${[set('{}')]}                                                                                             | ${true}
  ${'a set whose claims name one'}           | ${[set('{ storageClassName: manual }')]}                                                                   | ${false}
  ${'a claim that is made for a pod'}        | ${[pod]}                                                                                                   | ${true}
  ${'a claim, and a class beside it'}        | ${[claim(), 'apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: { name: x }\nprovisioner: y\n']} | ${false}
  ${'a claim, and a volume without a class'} | ${[claim(), volume()]}                                                                                     | ${false}
  ${'a claim, and a volume of a class'}      | ${[claim(), volume('{ storageClassName: manual }')]}                                                       | ${true}
  ${'a claim, and too small a volume'}       | ${[claim('{ resources: { requests: { storage: 2Gi } } }'), volume('{ capacity: { storage: 1Gi } }')]}      | ${true}
  ${'a claim, and a volume that fits'}       | ${[claim('{ resources: { requests: { storage: 2Gi } } }'), volume('{ capacity: { storage: 2Gi } }')]}      | ${false}
  ${'nothing of the kind'}                   | ${['apiVersion: v1\nkind: ConfigMap\nmetadata: { name: claims }\n']}                                       | ${false}
`('$what: $counts', ({ manifests, counts }) => {
  const files = Object.fromEntries(manifests.map((text: string, index: number) => [`${index}.yaml`, text]));
  expect(countsOnDefaultClass(files)).toBe(counts);
});
