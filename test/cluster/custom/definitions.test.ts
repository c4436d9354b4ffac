import { describe, expect, test } from 'vitest';
import { compareVersions } from '../../../src/cluster/objects/custom/version-priority.ts';
import type { CustomResourceDefinition } from '../../../src/cluster/objects/kubernetes.ts';
import { resourceOfKey, storageKey } from '../../../src/cluster/objects/storage-key.ts';
import { storyOf } from '../../support/story-of.ts';

const cronTabs = `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: crontabs.stable.example.com }
spec:
  group: stable.example.com
  scope: Namespaced
  names: { plural: crontabs, singular: crontab, kind: CronTab, shortNames: [ct] }
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema: { type: object, x-kubernetes-preserve-unknown-fields: true }
`;
const cronTab = `
apiVersion: stable.example.com/v1
kind: CronTab
metadata: { name: nightly }
spec: { cronSpec: "0 3 * * *" }
`;
const files = {
  'crd.yaml': cronTabs,
  'ct.yaml': cronTab,
  'rival.yaml': cronTabs
    .replaceAll('crontabs', 'tables')
    .replace('singular: crontab', 'singular: table')
    .replace('kind: CronTab', 'kind: Table'),
};

describe('what a definition defines', () => {
  const { said, objects } = storyOf(files, [
    '! kubectl apply -f ct.yaml',
    'kubectl apply -f crd.yaml',
    'kubectl apply -f rival.yaml',
    'kubectl apply -f ct.yaml',
    'kubectl get ct',
    'kubectl get crontab.stable.example.com/nightly -o name',
    'kubectl api-resources --api-group stable.example.com --no-headers',
    'kubectl annotate ct nightly a=b',
    '! kubectl patch ct nightly -p {}',
    'kubectl create ns elsewhere',
    'kubectl apply -n elsewhere -f ct.yaml',
    'kubectl delete ns elsewhere',
    'kubectl get ct -A --no-headers',
    'kubectl delete crd crontabs.stable.example.com',
    '! kubectl get crontabs',
  ]);

  test('is refused before it is defined', () => {
    expect(said[0]).toBe(
      'error: resource mapping not found for name: "nightly" namespace: "" from "ct.yaml": no matches for kind "CronTab" in version "stable.example.com/v1"\nensure CRDs are installed first\n',
    );
  });

  test('is asked for by its short name, and belongs to its namespace', () => {
    expect(said[3]).toBe('crontab.stable.example.com/nightly created\n');
    expect(said[4]).toMatch(/^NAME +AGE\nnightly +\d+s\n$/);
    expect(said[5]).toBe('crontab.stable.example.com/nightly\n');
    expect(said[6]).toBe('crontabs   ct    stable.example.com/v1   true   CronTab\n');
    expect(said[11]).toBe('namespace "elsewhere" deleted\n');
    expect(said[12]).toMatch(/^default +nightly +\d+s\n$/);
  });

  test('knows no strategic patches', () => {
    expect(said[8]).toBe(
      'Error from server (UnsupportedMediaType): the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml\n',
    );
  });

  test('goes with it', () => {
    expect(said[14]).toBe('error: the server doesn\'t have a resource type "crontabs"\n');
    expect(objects('crontabs.stable.example.com')).toEqual([]);
  });

  test('leaves names to others when it goes', () => {
    const [rival] = objects<CustomResourceDefinition>('customresourcedefinitions.apiextensions.k8s.io');
    expect(rival?.status?.acceptedNames).toMatchObject({ kind: 'Table', shortNames: ['ct'] });
    expect(rival?.status?.conditions?.map(({ type, status, reason }) => [type, status, reason])).toEqual([
      ['NamesAccepted', 'True', 'NoConflicts'],
      ['Established', 'True', 'InitialNamesAccepted'],
    ]);
  });
});

test('versions are preferred as Kubernetes prefers them', () => {
  const versions = ['v1alpha1', 'foo1', 'v10', 'v2beta1', 'v2', 'v1', 'v11beta2', 'bar', 'v10beta3'];
  expect(versions.sort(compareVersions).join(' ')).toBe(
    'v10 v2 v1 v11beta2 v10beta3 v2beta1 v1alpha1 bar foo1',
  );
});

test.each([
  ['crontabs.stable.example.com', 'stable.example.com/v1', '/registry/stable.example.com/crontabs/default/a'],
  ['deployments.apps', 'apps/v1', '/registry/deployments/default/a'],
  ['ingresses.networking.k8s.io', 'networking.k8s.io/v1', '/registry/ingress/default/a'],
  [
    'gateways.gateway.networking.k8s.io',
    'gateway.networking.k8s.io/v1',
    '/registry/gateway.networking.k8s.io/gateways/default/a',
  ],
])('%s lie where etcd keeps them', (resource, apiVersion, key) => {
  expect(storageKey({ resource, namespace: 'default', name: 'a' })).toBe(key);
  expect(resourceOfKey(key, apiVersion)).toBe(resource);
});
