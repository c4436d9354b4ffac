import type { KubeObject } from '../../cluster/objects/kube-object.ts';
import type { Pod } from '../../cluster/objects/kubernetes.ts';

/** The names of nodes that objects tell of: nodes, and where pods are; in order, each once. */
export function nodeNamesOf(objects: readonly KubeObject[]): readonly string[] {
  const names = objects.flatMap((object) => {
    if (object.kind === 'Node') return [object.metadata.name ?? ''];
    const { nodeName } = (object as Partial<Pod>).spec ?? {};
    return object.kind === 'Pod' && nodeName !== undefined ? [nodeName] : [];
  });
  return [...new Set(names)].sort();
}
