import type { Component } from '../contract/component.ts';
import type { ReplicationController } from '../objects/kubernetes.ts';
import { matchesLabels, requirementsOfLabels } from '../objects/label-selector.ts';
import { replicasController } from './replica-set/replicas-controller.ts';

/** Keeps the pods of ReplicationControllers, the ancestors of ReplicaSets. */
export const replicationController: Component = replicasController({
  actor: 'replication-controller',
  resource: 'replicationcontrollers',
  kind: 'ReplicationController',
  matches: (owner, labels) => {
    const selector = (owner as ReplicationController).spec?.selector ?? {};
    return matchesLabels(requirementsOfLabels(selector), labels);
  },
  countsTerminating: [[0, false]],
});
