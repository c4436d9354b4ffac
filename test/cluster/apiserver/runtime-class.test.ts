import { describe, expect, test } from 'vitest';
import type { KubeObject } from '../../../src/cluster/objects/kube-object.ts';
import type { Pod, RuntimeClass } from '../../../src/cluster/objects/kubernetes.ts';
import { pod } from './objects.ts';
import { given } from './server.ts';

const create = (object: KubeObject) =>
  ({ verb: 'create', resource: 'pods', namespace: 'default', object }) as const;

const sandboxed: RuntimeClass = {
  apiVersion: 'node.k8s.io/v1',
  kind: 'RuntimeClass',
  metadata: { name: 'sandboxed' },
  handler: 'sandbox',
  overhead: { podFixed: { memory: '64Mi' } },
  scheduling: { nodeSelector: { sandbox: 'yes' }, tolerations: [{ key: 'sandbox', operator: 'Exists' }] },
};

describe('RuntimeClass', () => {
  test('a pod of it has what it asks for, once', () => {
    const own = {
      nodeSelector: { disk: 'ssd' },
      tolerations: [{ key: 'sandbox', operator: 'Exists' as const }],
    };
    const asked = pod('web', { runtimeClassName: 'sandboxed', ...own });
    const { spec } = given([sandboxed as KubeObject]).grant(create(asked)).object as Pod;
    expect(spec.overhead).toEqual({ memory: '64Mi' });
    expect(spec.nodeSelector).toEqual({ disk: 'ssd', sandbox: 'yes' });
    expect(spec.tolerations?.filter(({ key }) => key === 'sandbox')).toHaveLength(1);
  });

  test.each`
    spec                                                                     | why
    ${{ runtimeClassName: 'nosuch' }}                                        | ${'pod rejected: RuntimeClass "nosuch" not found'}
    ${{ overhead: { cpu: '1' } }}                                            | ${'pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead'}
    ${{ runtimeClassName: 'sandboxed', overhead: { memory: '1Gi' } }}        | ${"pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead"}
    ${{ runtimeClassName: 'sandboxed', nodeSelector: { sandbox: 'never' } }} | ${'conflict: runtimeClass.scheduling.nodeSelector[sandbox] = yes; pod.spec.nodeSelector[sandbox] = never'}
  `('refuses $spec', ({ spec, why }) => {
    const refused = given([sandboxed as KubeObject]).refuse(create(pod('web', spec)));
    expect(refused).toMatchObject({ code: 403, message: `pods "web" is forbidden: ${why}` });
  });
});
