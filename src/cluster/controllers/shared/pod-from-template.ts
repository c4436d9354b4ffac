import type { KubeObject } from '../../objects/kube-object.ts';
import type { ObjectMeta, Pod, PodTemplateSpec } from '../../objects/kubernetes.ts';
import { controllerReference } from '../../objects/owner-references.ts';

/** A pod as its controller asks for it, without a name yet (controller_utils.go GetPodFromTemplate). */
export function podFromTemplate(owner: KubeObject, template: PodTemplateSpec): Pod {
  const { labels, annotations, finalizers } = template.metadata ?? {};
  const metadata: ObjectMeta = {
    generateName: `${owner.metadata.name}-`,
    ...(labels && { labels }),
    ...(annotations && { annotations }),
    ...(finalizers && { finalizers }),
    ownerReferences: [controllerReference(owner)],
  };
  return { apiVersion: 'v1', kind: 'Pod', metadata, spec: template.spec ?? { containers: [] } };
}
