import { expect, test } from 'vitest';
import type { CustomResourceDefinition } from '../../../src/cluster/objects/kubernetes.ts';
import { storyOf } from '../../support/story-of.ts';

const definition = `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: widgets.example.com }
spec:
  group: example.com
  scope: Namespaced
  names: { plural: widgets, kind: Widget }
  versions:
    - { name: v1, served: true, storage: true, schema: { openAPIV3Schema: { type: object } } }
`;
const widget =
  '{ apiVersion: example.com/v1, kind: Widget, metadata: { name: a, finalizers: [example.com/hold] } }';

test('a definition waits for objects that somebody holds, and says so', () => {
  const { said, objects } = storyOf({ 'crd.yaml': definition, 'a.yaml': widget }, [
    'kubectl apply -f crd.yaml',
    'kubectl apply -f a.yaml',
    'kubectl delete crd widgets.example.com --wait=false',
    '! kubectl wait --for=delete crd/widgets.example.com --timeout=70s',
    `kubectl get crd widgets.example.com -o jsonpath='{.status.conditions[?(@.type=="Terminating")].reason}'`,
    '! kubectl create -f a.yaml',
    `kubectl patch widget a --type=merge -p '{"metadata":{"finalizers":null}}'`,
    'kubectl wait --for=delete crd/widgets.example.com --timeout=20s',
  ]);
  expect(said[4]).toBe('InstanceDeletionCheck');
  expect(said[5]).toContain('create not allowed while custom resource definition is terminating');
  expect(objects<CustomResourceDefinition>('customresourcedefinitions.apiextensions.k8s.io')).toEqual([]);
});
