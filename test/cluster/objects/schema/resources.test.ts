import { describe, expect, test } from 'vitest';
import { findField, typeOfKind } from '../../../../src/cluster/objects/schema/find-field.ts';
import {
  listResources,
  resourceForKind,
  resourceNamed,
  resourceOf,
  resourcesInCategory,
} from '../../../../src/cluster/objects/schema/resources.ts';

describe('a resource', () => {
  test.each`
    word                    | name                                                | apiVersion
    ${'po'}                 | ${'pods'}                                           | ${'v1'}
    ${'pods'}               | ${'pods'}                                           | ${'v1'}
    ${'pod'}                | ${'pods'}                                           | ${'v1'}
    ${'Pod'}                | ${'pods'}                                           | ${'v1'}
    ${'deploy'}             | ${'deployments.apps'}                               | ${'apps/v1'}
    ${'deployments.apps'}   | ${'deployments.apps'}                               | ${'apps/v1'}
    ${'deployment.v1.apps'} | ${'deployments.apps'}                               | ${'apps/v1'}
    ${'deploy.app'}         | ${'deployments.apps'}                               | ${'apps/v1'}
    ${'events'}             | ${'events'}                                         | ${'v1'}
    ${'ev'}                 | ${'events'}                                         | ${'v1'}
    ${'events.events'}      | ${'events.events.k8s.io'}                           | ${'events.k8s.io/v1'}
    ${'hpa'}                | ${'horizontalpodautoscalers.autoscaling'}           | ${'autoscaling/v2'}
    ${'hpa.v1.autoscaling'} | ${'horizontalpodautoscalers.autoscaling'}           | ${'autoscaling/v1'}
    ${'endpoints'}          | ${'endpoints'}                                      | ${'v1'}
    ${'ingress'}            | ${'ingresses.networking.k8s.io'}                    | ${'networking.k8s.io/v1'}
    ${'crds'}               | ${'customresourcedefinitions.apiextensions.k8s.io'} | ${'apiextensions.k8s.io/v1'}
  `('is meant by "$word"', ({ word, name, apiVersion }) => {
    expect(resourceOf(word)).toMatchObject({ name, apiVersion });
  });

  test.each(['nosuchkind', '', 'pods.apps', 'deployments.v2.apps', 'all'])('is not meant by "%s"', (word) => {
    expect(resourceOf(word)).toBeUndefined();
  });

  test('says what can be done with it, and with its parts', () => {
    expect(resourceNamed('pods')).toMatchObject({
      kind: 'Pod',
      singular: 'pod',
      isNamespaced: true,
      verbs: ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'],
      shortNames: ['po'],
      categories: ['all'],
    });
    const subresources = resourceNamed('deployments.apps')?.subresources;
    expect(subresources).toContainEqual({
      name: 'scale',
      apiVersion: 'autoscaling/v1',
      kind: 'Scale',
      verbs: ['get', 'patch', 'update'],
    });
    expect(resourceNamed('nodes')).toMatchObject({ isNamespaced: false, categories: [] });
  });

  test('is found by the kind of its objects, in former versions too', () => {
    expect(resourceForKind('apps/v1', 'Deployment')?.name).toBe('deployments.apps');
    expect(resourceForKind('batch/v1beta1', 'CronJob')).toMatchObject({
      name: 'cronjobs.batch',
      apiVersion: 'batch/v1beta1',
      version: 'v1beta1',
    });
    expect(resourceForKind('v1', 'Deployment')).toBeUndefined();
  });

  test('of the category "all" stands in the order in which kubectl prints it', () => {
    expect(resourcesInCategory('all').map(({ plural }) => plural)).toEqual([
      ...['pods', 'replicationcontrollers', 'services', 'daemonsets', 'deployments', 'replicasets'],
      ...['statefulsets', 'horizontalpodautoscalers', 'cronjobs', 'jobs'],
    ]);
  });

  test('of every kind that can be listed has a schema', () => {
    const missing = listResources().filter(
      ({ apiVersion, kind }) => typeOfKind(apiVersion, kind) === undefined,
    );
    expect(missing.map(({ name }) => name)).toEqual([]);
  });
});

describe('a field', () => {
  const pod = typeOfKind('v1', 'Pod');
  test.each`
    path                                                          | expected
    ${['spec', 'containers']}                                     | ${{ isRequired: true, mergeKey: 'name', patchStrategies: ['merge'], listKeys: ['name'] }}
    ${['spec', 'containers', 0, 'ports']}                         | ${{ mergeKey: 'containerPort', listKeys: ['containerPort', 'protocol'] }}
    ${['spec', 'volumes']}                                        | ${{ patchStrategies: ['merge', 'retainKeys'] }}
    ${['spec', 'containers', 'livenessProbe', 'httpGet', 'port']} | ${{ value: { form: 'scalar', scalar: 'intorstring' } }}
    ${['metadata', 'labels']}                                     | ${{ value: { form: 'map', of: { form: 'scalar', scalar: 'string' } } }}
    ${['spec', 'nodeSelector']}                                   | ${{ isAtomic: true }}
    ${['spec', 'tolerations']}                                    | ${{ listType: 'atomic' }}
    ${['status', 'podIP']}                                        | ${{ value: { form: 'scalar', scalar: 'string' } }}
  `('is found at $path', ({ path, expected }) => {
    expect(pod && findField(pod, path)).toMatchObject(expected);
  });

  test('is not found where there is none', () => {
    expect(pod && findField(pod, ['spec', 'container'])).toBeUndefined();
    expect(pod && findField(pod, ['metadata', 'name', 'first'])).toBeUndefined();
    expect(typeOfKind('v1', 'Podd')).toBeUndefined();
  });
});
