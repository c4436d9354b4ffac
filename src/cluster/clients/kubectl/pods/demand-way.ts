import type { KubeObject } from '../../../objects/kube-object.ts';
import type { Pod } from '../../../objects/kubernetes.ts';
import { failWith } from '../failure.ts';
import type { Invocation, Steps } from '../invocation.ts';

type Way = 'exec' | 'attach' | 'portforward' | 'log';

/**
 * The way to a kubelet leads through the API server, which asks whether one may go it. The person with the
 * admin.conf may, and is not asked.
 */
export function* demandWay({ asking }: Invocation, { metadata }: Pod, way: Way): Steps<void> {
  if (asking === undefined) return;
  const { name = '', namespace = '' } = metadata;
  const where = { resource: 'pods', subresource: way, namespace, name };
  const object: KubeObject = { apiVersion: 'v1', kind: 'Pod', metadata: {} };
  const response = yield way === 'log' ? { verb: 'get', ...where } : { verb: 'create', ...where, object };
  if (!response.ok) failWith([{ status: response.status }]);
}

/** What a verb needs of a pod. */
export function wayOf(path: string): Way {
  if (path === 'kubectl attach') return 'attach';
  return path === 'kubectl port-forward' ? 'portforward' : 'exec';
}
