import type { KubeObject } from '../../objects/kube-object.ts';
import type { PodTemplateSpec, ReplicaSetStatus } from '../../objects/kubernetes.ts';
import type { Labels } from '../../objects/label-selector.ts';
import type { Since } from '../../objects/versions.ts';

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
export interface ReplicatedKind {
  /** The name of the controller, in the log and in Events. */
  readonly actor: string;
  /** Of the objects: `replicasets.apps`. */
  readonly resource: string;
  readonly kind: string;
  matches(owner: Replicated, labels: Labels | undefined): boolean;
  /** Whether the status tells how many pods are on their way out. */
  readonly countsTerminating: Since<boolean>;
}
