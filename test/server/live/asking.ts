import type { Request } from '../../../src/cluster/contract/request.ts';
import type { KubeObject } from '../../../src/cluster/objects/kube-object.ts';

/** Who may do everything. */
export const ADMIN = { name: 'kubernetes-admin', groups: ['system:masters', 'system:authenticated'] };

export function creating(resource: string, object: KubeObject): Request {
  const { namespace } = object.metadata;
  return {
    verb: 'create',
    resource,
    fieldManager: 'test',
    credentials: { user: ADMIN },
    object,
    ...(namespace !== undefined && { namespace }),
  };
}

export function deployment(name: string, replicas: number): Request {
  return creating('deployments.apps', {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'default' },
    spec: {
      replicas,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: { containers: [{ name: 'main', image: 'nginx:1.27' }] },
      },
    },
  } as KubeObject);
}
