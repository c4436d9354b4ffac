import type { KubeObject } from '../../objects/kube-object.ts';
import type { PodTemplateSpec, ReplicaSetStatus } from '../../objects/kubernetes.ts';
import type { Since } from '../../objects/versions.ts';
import type { OwningKind } from '../shared/deliveries-to-owner.ts';

/** What ReplicaSets and ReplicationControllers have in common, seen without what tells them apart. */
export interface Replicated extends KubeObject {
  readonly spec?: {
    readonly replicas?: number;
    readonly minReadySeconds?: number;
    readonly template?: PodTemplateSpec;
  };
  readonly status?: ReplicaSetStatus;
}

/** What tells them apart. */
export interface ReplicatedKind extends OwningKind {
  /** Whether the status tells how many pods are on their way out. */
  readonly countsTerminating: Since<boolean>;
}
