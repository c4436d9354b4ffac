import type { Deployment, DeploymentStrategy, ReplicaSet, ReplicationController } from '../../kubernetes.ts';
import { checkNotNegative } from '../check-values.ts';
import { type FieldErrors, forbidden, invalid, notSupported, required } from '../field-error.ts';
import { checkImmutable, checkObjectMeta, checkObjectMetaUpdate } from '../object-meta.ts';
import { checkLastingTemplate, checkSelector } from './check-pod-template.ts';
import { checkAtMostAll, checkShare, shareNumber } from './check-share.ts';

/** apis/apps/validation: ValidateDeployment. */
export function checkNewDeployment(deployment: Deployment): FieldErrors {
  return [...checkObjectMeta(deployment.metadata, { isNamespaced: true }), ...checkSpec(deployment)];
}

export function checkDeploymentUpdate(deployment: Deployment, old: Deployment): FieldErrors {
  return [
    ...checkObjectMetaUpdate(deployment.metadata, old.metadata),
    ...checkSpec(deployment, old),
    ...checkImmutable('spec.selector', deployment.spec.selector, old.spec.selector),
  ];
}

function checkSpec({ spec }: Deployment, old?: Deployment): FieldErrors {
  const { minReadySeconds = 0, progressDeadlineSeconds: deadline } = spec;
  return [
    ...checkNotNegative('spec.replicas', spec.replicas),
    ...checkSelector(spec.selector, 'deployment'),
    ...checkLastingTemplate(spec, 'ReplicaSet', old?.spec.template),
    ...checkStrategy(spec.strategy ?? {}),
    ...checkNotNegative('spec.minReadySeconds', minReadySeconds),
    ...checkNotNegative('spec.revisionHistoryLimit', spec.revisionHistoryLimit),
    ...checkNotNegative('spec.progressDeadlineSeconds', deadline),
    ...(deadline !== undefined && deadline <= minReadySeconds
      ? [invalid('spec.progressDeadlineSeconds', deadline, 'must be greater than minReadySeconds')]
      : []),
  ];
}

function checkStrategy({ type, rollingUpdate }: DeploymentStrategy): FieldErrors {
  const field = 'spec.strategy.rollingUpdate';
  if (type === 'Recreate') {
    const detail = "may not be specified when strategy `type` is 'Recreate'";
    return rollingUpdate === undefined ? [] : [forbidden(field, detail)];
  }
  if (type !== 'RollingUpdate') {
    const strategy = { Type: type ?? '', RollingUpdate: rollingUpdate ?? null };
    return [notSupported('spec.strategy', strategy, ['Recreate', 'RollingUpdate'])];
  }
  if (rollingUpdate === undefined) return [required(field, 'this should be defaulted and never be nil')];
  const { maxUnavailable, maxSurge } = rollingUpdate;
  const isStuck = shareNumber(maxUnavailable) === 0 && shareNumber(maxSurge) === 0;
  return [
    ...checkShare(`${field}.maxUnavailable`, maxUnavailable),
    ...checkShare(`${field}.maxSurge`, maxSurge),
    ...(isStuck
      ? [invalid(`${field}.maxUnavailable`, maxUnavailable ?? 0, 'may not be 0 when `maxSurge` is 0')]
      : []),
    ...checkAtMostAll(`${field}.maxUnavailable`, maxUnavailable),
  ];
}

/** apis/apps/validation: ValidateReplicaSet. */
export function checkNewReplicaSet(set: ReplicaSet): FieldErrors {
  return [...checkObjectMeta(set.metadata, { isNamespaced: true }), ...checkSetSpec(set)];
}

export function checkReplicaSetUpdate(set: ReplicaSet, old: ReplicaSet): FieldErrors {
  return [
    ...checkObjectMetaUpdate(set.metadata, old.metadata),
    ...checkSetSpec(set, old),
    ...checkImmutable('spec.selector', set.spec.selector, old.spec.selector),
  ];
}

function checkSetSpec({ spec }: ReplicaSet, old?: ReplicaSet): FieldErrors {
  return [
    ...checkNotNegative('spec.replicas', spec.replicas),
    ...checkNotNegative('spec.minReadySeconds', spec.minReadySeconds),
    ...checkSelector(spec.selector, 'deployment'),
    ...checkLastingTemplate(spec, 'ReplicaSet', old?.spec.template),
  ];
}

/** apis/core/validation: ValidateReplicationController; its selector is a plain map of labels. */
export function checkNewController(controller: ReplicationController): FieldErrors {
  const { metadata } = controller;
  return [...checkObjectMeta(metadata, { isNamespaced: true }), ...checkControllerSpec(controller)];
}

export function checkControllerUpdate(
  controller: ReplicationController,
  old: ReplicationController,
): FieldErrors {
  return [
    ...checkObjectMetaUpdate(controller.metadata, old.metadata),
    ...checkControllerSpec(controller, old),
  ];
}

function checkControllerSpec({ spec = {} }: ReplicationController, old?: ReplicationController): FieldErrors {
  const { template, selector = {}, replicas, minReadySeconds } = spec;
  const hasSelector = Object.keys(selector).length > 0;
  return [
    ...checkNotNegative('spec.minReadySeconds', minReadySeconds),
    ...(hasSelector ? [] : [required('spec.selector')]),
    ...checkNotNegative('spec.replicas', replicas),
    ...(template === undefined
      ? [required('spec.template')]
      : checkLastingTemplate(
          { selector: { matchLabels: selector }, template },
          'ReplicationController',
          old?.spec?.template,
        )),
  ];
}
