import type { KubeObject } from '../../cluster/objects/kube-object.ts';

/** The same for every version of an object: `apps/v1 Deployment shop web`. */
export function objectKey({ apiVersion, kind, metadata: { namespace = '', name } }: KubeObject): string {
  return [apiVersion, kind, namespace, name].join(' ');
}
