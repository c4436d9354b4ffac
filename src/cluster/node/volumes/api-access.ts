import type { Pod, Volume } from '../../objects/kubernetes.ts';
import { ROOT_CA } from '../../objects/root-ca.ts';
import type { FileNode } from '../images/file-node.ts';

/** The projected volume with which every pod can talk to the API server. */
export function isApiAccess({ projected }: Volume): boolean {
  return projected?.sources?.some(({ serviceAccountToken }) => serviceAccountToken !== undefined) ?? false;
}

/**
 * Its files by path below the volume: the same in every pod but for its names, so they are made up when
 * looked at.
 */
export function apiAccessFiles(pod: Pod): Readonly<Record<string, FileNode>> {
  const file = (content: string): FileNode => ({ kind: 'file', mode: 0o644, modifiedAt: 0, content });
  return {
    '/ca.crt': file(ROOT_CA),
    '/namespace': file(pod.metadata.namespace ?? ''),
    '/token': file(apiToken(pod)),
  };
}

/** A token that looks like one; nothing here checks its signature. */
export function apiToken({ metadata, spec }: Pod): string {
  return `kubereel.${metadata.namespace}.${spec.serviceAccountName ?? 'default'}.${metadata.uid}`;
}
