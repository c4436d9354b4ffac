import type { Millis } from '../../kernel/time/millis.ts';
import type { Pod } from '../objects/kubernetes.ts';

/** What a kubelet has made of a file in its folder of manifests, by `<node> <path>`. */
export interface StaticPodRow {
  readonly node: string;
  readonly path: string;
  /** Tells one content of the file from another. */
  readonly hash: string;
  /** The pod that it runs because of it, `namespace/name/uid`; absent where it could make nothing of it. */
  readonly pod?: string;
  /** Why it could make nothing of it, and when it found that out. */
  readonly problem?: string;
  readonly refusedAt?: Millis;
}

export function staticPodKey(node: string, path: string): string {
  return `${node} ${path}`;
}

export type StaticPodEvent =
  /** A kubelet has read a manifest, and takes its pod in. */
  | {
      readonly type: 'StaticPodTaken';
      readonly node: string;
      readonly path: string;
      readonly hash: string;
      /** `namespace/name/uid` */
      readonly pod: string;
      readonly manifest: Pod;
    }
  /** It can't make anything of a file. */
  | {
      readonly type: 'ManifestRefused';
      readonly node: string;
      readonly path: string;
      readonly hash: string;
      readonly problem: string;
    }
  /** A manifest is gone, or says something else: its pod is to end, if there was one. */
  | {
      readonly type: 'StaticPodDropped';
      readonly node: string;
      readonly path: string;
      readonly pod?: string;
    };
