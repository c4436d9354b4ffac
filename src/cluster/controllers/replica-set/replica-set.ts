import type { Component } from '../../contract/component.ts';
import type { ReplicaSet } from '../../objects/kubernetes.ts';
import { selects } from '../../objects/label-selector.ts';
import { replicasController } from './replicas-controller.ts';

/** Keeps the pods of ReplicaSets. */
export const replicaSetController: Component = replicasController({
  actor: 'replicaset-controller',
  resource: 'replicasets.apps',
  kind: 'ReplicaSet',
  matches: (owner, labels) => selects((owner as ReplicaSet).spec.selector, labels),
  // DeploymentReplicaSetTerminatingReplicas: alpha in 1.33, on since 1.35.
  countsTerminating: [
    [0, false],
    [35, true],
  ],
});
