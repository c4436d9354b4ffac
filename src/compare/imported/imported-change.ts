import type { KubeObject } from '../../cluster/objects/kube-object.ts';

/** One thing that a watch reported, or that an audit tells of. */
export interface ImportedChange {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly object: KubeObject;
  /** Milliseconds since 1970, where it is told. */
  readonly atMs?: number;
  readonly by?: string;
}
