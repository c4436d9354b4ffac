import { findCondition } from '../../../../objects/conditions.ts';
import type { KubeObject } from '../../../../objects/kube-object.ts';
import type { DaemonSet, Deployment, StatefulSet } from '../../../../objects/kubernetes.ts';

/** How far a rollout has come, in kubectl's words, or why it never will. */
export type RolloutState = { readonly text: string; readonly isDone: boolean } | { readonly problem: string };

export const REVISION = 'deployment.kubernetes.io/revision';

/** kubectl: polymorphichelpers/rollout_status.go. With a revision other than 0, that one is wanted. */
export function rolloutState(object: KubeObject, revision: number): RolloutState | undefined {
  switch (object.kind) {
    case 'Deployment':
      return ofDeployment(object as Deployment, revision);
    case 'DaemonSet':
      return ofDaemonSet(object as DaemonSet);
    case 'StatefulSet':
      return ofStatefulSet(object as StatefulSet);
    default:
      return undefined;
  }
}

function waiting(text: string): RolloutState {
  return { text: `${text}\n`, isDone: false };
}

function done(text: string): RolloutState {
  return { text: `${text}\n`, isDone: true };
}

function ofDeployment({ metadata, spec, status = {} }: Deployment, revision: number): RolloutState {
  const { name = '', generation = 0 } = metadata;
  const running = Number(metadata.annotations?.[REVISION] ?? 0);
  if (revision > 0 && revision !== running) {
    return { problem: `desired revision (${revision}) is different from the running revision (${running})` };
  }
  if (generation > (status.observedGeneration ?? 0)) {
    return waiting('Waiting for deployment spec update to be observed...');
  }
  const progress = findCondition(status.conditions, 'Progressing');
  if (progress?.reason === 'ProgressDeadlineExceeded') {
    return { problem: `deployment "${name}" exceeded its progress deadline` };
  }
  const { updatedReplicas = 0, replicas = 0, availableReplicas = 0 } = status;
  const prefix = `Waiting for deployment "${name}" rollout to finish:`;
  if (spec?.replicas !== undefined && updatedReplicas < spec.replicas) {
    return waiting(`${prefix} ${updatedReplicas} out of ${spec.replicas} new replicas have been updated...`);
  }
  if (replicas > updatedReplicas) {
    return waiting(`${prefix} ${replicas - updatedReplicas} old replicas are pending termination...`);
  }
  if (availableReplicas < updatedReplicas) {
    return waiting(`${prefix} ${availableReplicas} of ${updatedReplicas} updated replicas are available...`);
  }
  return done(`deployment "${name}" successfully rolled out`);
}

function ofDaemonSet({ metadata, spec, status }: DaemonSet): RolloutState {
  if (spec?.updateStrategy?.type !== 'RollingUpdate') return onlyRolling();
  const { name = '', generation = 0 } = metadata;
  if (generation > (status?.observedGeneration ?? 0)) {
    return waiting('Waiting for daemon set spec update to be observed...');
  }
  const wanted = status?.desiredNumberScheduled ?? 0;
  const updated = status?.updatedNumberScheduled ?? 0;
  const available = status?.numberAvailable ?? 0;
  const prefix = `Waiting for daemon set "${name}" rollout to finish:`;
  if (updated < wanted) return waiting(`${prefix} ${updated} out of ${wanted} new pods have been updated...`);
  if (available < wanted) return waiting(`${prefix} ${available} of ${wanted} updated pods are available...`);
  return done(`daemon set "${name}" successfully rolled out`);
}

function onlyRolling(): RolloutState {
  return { problem: 'rollout status is only available for RollingUpdate strategy type' };
}

function ofStatefulSet({ metadata, spec, status }: StatefulSet): RolloutState {
  const { updateStrategy, replicas } = spec ?? {};
  if (updateStrategy?.type !== 'RollingUpdate') return onlyRolling();
  const observed = status?.observedGeneration ?? 0;
  if (observed === 0 || (metadata.generation ?? 0) > observed) {
    return waiting('Waiting for statefulset spec update to be observed...');
  }
  const ready = status?.readyReplicas ?? 0;
  if (replicas !== undefined && ready < replicas)
    return waiting(`Waiting for ${replicas - ready} pods to be ready...`);
  const updated = status?.updatedReplicas ?? 0;
  const { rollingUpdate } = updateStrategy;
  if (rollingUpdate !== undefined) {
    const wanted = (replicas ?? 0) - (rollingUpdate.partition ?? 0);
    if (replicas !== undefined && rollingUpdate.partition !== undefined && updated < wanted) {
      return waiting(
        `Waiting for partitioned roll out to finish: ${updated} out of ${wanted} new pods have been updated...`,
      );
    }
    return done(`partitioned roll out complete: ${updated} new pods have been updated...`);
  }
  const { updateRevision = '', currentRevision = '', currentReplicas = 0 } = status ?? {};
  if (updateRevision !== currentRevision) {
    return waiting(
      `waiting for statefulset rolling update to complete ${updated} pods at revision ${updateRevision}...`,
    );
  }
  return done(
    `statefulset rolling update complete ${currentReplicas} pods at revision ${currentRevision}...`,
  );
}
