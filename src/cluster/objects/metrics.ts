import type { ObjectMeta } from './kubernetes.ts';

/** What the metrics API tells of a pod (metrics.k8s.io/v1beta1). */
export interface PodMetrics {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMeta;
  readonly timestamp: string;
  /** `15s` */
  readonly window: string;
  readonly containers: readonly { readonly name: string; readonly usage: ResourceUsage }[];
}

export interface NodeMetrics {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMeta;
  readonly timestamp: string;
  readonly window: string;
  readonly usage: ResourceUsage;
}

export interface ResourceUsage {
  /** `1203456n` */
  readonly cpu: string;
  /** `12340Ki` */
  readonly memory: string;
}
