import type { DaemonSet, DaemonSetUpdateStrategy } from '../../kubernetes.ts';
import { checkLabelSelector } from '../check-labels.ts';
import { checkNotNegative } from '../check-values.ts';
import { type FieldErrors, invalid, notSupported, required } from '../field-error.ts';
import { checkImmutable, checkObjectMeta, checkObjectMetaUpdate } from '../object-meta.ts';
import { checkLastingTemplate, isEmpty } from './check-pod-template.ts';
import { checkAtMostAll, checkShare, shareNumber } from './check-share.ts';

/** apis/apps/validation: ValidateDaemonSet. */
export function checkNewDaemonSet(set: DaemonSet): FieldErrors {
  return [...checkObjectMeta(set.metadata, { isNamespaced: true }), ...checkSpec(set)];
}

export function checkDaemonSetUpdate(set: DaemonSet, old: DaemonSet): FieldErrors {
  return [
    ...checkObjectMetaUpdate(set.metadata, old.metadata),
    ...checkImmutable('spec.selector', set.spec.selector, old.spec.selector),
    ...checkSpec(set, old),
  ];
}

function checkSpec({ spec }: DaemonSet, old?: DaemonSet): FieldErrors {
  const { selector } = spec;
  const template = checkLastingTemplate(spec, 'DaemonSet', old?.spec.template);
  const isMismatch = ({ field }: { readonly field: string }) => field.endsWith('.metadata.labels');
  return [
    ...checkLabelSelector('spec.selector', selector),
    ...template.filter(isMismatch),
    ...(selector && isEmpty(selector)
      ? [invalid('spec.selector', selector, 'empty selector is invalid for daemonset')]
      : []),
    ...template.filter((error) => !isMismatch(error)),
    ...checkNotNegative('spec.minReadySeconds', spec.minReadySeconds),
    ...checkStrategy(spec.updateStrategy ?? {}),
    ...checkNotNegative('spec.revisionHistoryLimit', spec.revisionHistoryLimit),
  ];
}

function checkStrategy({ type, rollingUpdate }: DaemonSetUpdateStrategy): FieldErrors {
  const field = 'spec.updateStrategy.rollingUpdate';
  if (type === 'OnDelete') return [];
  if (type !== 'RollingUpdate') {
    const strategy = { Type: type ?? '', RollingUpdate: rollingUpdate ?? null };
    return [notSupported('spec.updateStrategy', strategy, ['RollingUpdate', 'OnDelete'])];
  }
  if (rollingUpdate === undefined) return [required(field)];
  const { maxUnavailable, maxSurge } = rollingUpdate;
  const [isMissing, isMore] = [shareNumber(maxUnavailable) !== 0, shareNumber(maxSurge) !== 0];
  const detail = 'may not be set when maxUnavailable is non-zero';
  return [
    ...checkShare(`${field}.maxUnavailable`, maxUnavailable),
    ...checkShare(`${field}.maxSurge`, maxSurge),
    ...checkAtMostAll(`${field}.maxUnavailable`, maxUnavailable),
    ...checkAtMostAll(`${field}.maxSurge`, maxSurge),
    ...(isMissing && isMore ? [invalid(`${field}.maxSurge`, maxSurge, detail)] : []),
    ...(isMissing || isMore ? [] : [required(`${field}.maxUnavailable`, 'cannot be 0 when maxSurge is 0')]),
  ];
}
