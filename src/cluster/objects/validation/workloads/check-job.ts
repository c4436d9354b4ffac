import { isEqualJson } from '../../json.ts';
import type { Job, JobSpec } from '../../kubernetes.ts';
import { checkLabelSelector } from '../check-labels.ts';
import { checkNotNegative, checkOneOfIfGiven } from '../check-values.ts';
import { type FieldErrors, invalid, notSupported, required } from '../field-error.ts';
import { dnsLabelProblems } from '../name-syntax.ts';
import { checkImmutable, checkObjectMeta, checkObjectMetaUpdate } from '../object-meta.ts';
import { checkFailurePolicy } from './check-failure-policy.ts';
import { checkMatch, checkPodTemplate } from './check-pod-template.ts';

/** apis/batch/validation: ValidateJob. */
export function checkNewJob(job: Job): FieldErrors {
  return [
    ...checkObjectMeta(job.metadata, { isNamespaced: true }),
    ...checkJobSpec('spec', job.spec),
    ...checkOwnSelector(job),
    ...checkHostNames(job),
  ];
}

export function checkJobUpdate(job: Job, old: Job): FieldErrors {
  const immutable = (field: keyof JobSpec) =>
    checkImmutable(`spec.${field}`, job.spec[field], old.spec[field]);
  return [
    ...checkObjectMetaUpdate(job.metadata, old.metadata),
    ...checkJobSpec('spec', job.spec, old.spec),
    ...checkOwnSelector(job),
    ...checkCompletions(job.spec, old.spec),
    ...immutable('selector'),
    ...(mayChangeTemplate(job, old) ? [] : immutable('template')),
    ...immutable('completionMode'),
    ...immutable('podFailurePolicy'),
    ...immutable('backoffLimitPerIndex'),
    ...immutable('managedBy'),
    ...immutable('successPolicy'),
  ];
}

function checkOwnSelector({ spec: { selector, template } }: Job): FieldErrors {
  const field = 'spec.selector';
  const syntax = selector === undefined ? [required(field)] : checkLabelSelector(field, selector);
  return [...syntax, ...checkMatch(selector, template)];
}

/** The pods of an indexed Job have its name and their index for a host name. */
function checkHostNames({ metadata: { name = '' }, spec }: Job): FieldErrors {
  const { completions = 0, completionMode } = spec;
  if (completionMode !== 'Indexed' || completions <= 0) return [];
  const longest = `${name}-${completions - 1}`;
  const detail = `will not able to create pod with invalid DNS label: ${longest}`;
  return dnsLabelProblems(longest).length === 0 ? [] : [invalid('metadata.name', name, detail)];
}

/** An indexed Job may be made larger or smaller with its parallelism. */
function checkCompletions(spec: JobSpec, old: JobSpec): FieldErrors {
  const field = 'spec.completions';
  if (spec.completionMode !== 'Indexed') return checkImmutable(field, spec.completions, old.completions);
  const isSame = spec.completions === old.completions || spec.completions === undefined;
  if (isSame || spec.completions === spec.parallelism) return [];
  return [invalid(field, spec.completions, 'can only be modified in tandem with spec.parallelism')];
}

/** Where a Job that is held back and has not begun may run can still be changed. */
function mayChangeTemplate(job: Job, old: Job): boolean {
  if (old.spec.suspend !== true || old.status?.startTime !== undefined) return false;
  const rest = ({ template: { metadata, spec } }: JobSpec) => {
    const { nodeSelector: _, tolerations: __, schedulingGates: ___, affinity, ...other } = spec ?? {};
    const { nodeAffinity: ____, ...near } = affinity ?? {};
    const { labels: _____, annotations: ______, ...named } = metadata ?? {};
    return { ...other, near, named };
  };
  return isEqualJson(rest(job.spec), rest(old.spec));
}

/** What a Job and the Jobs of a CronJob have in common (validateJobSpec). */
export function checkJobSpec(field: string, spec: JobSpec, old?: JobSpec): FieldErrors {
  const isSame = old !== undefined && isEqualJson(spec.template, old.template);
  return [
    ...checkCounts(field, spec),
    ...checkMode(field, spec),
    ...(spec.podFailurePolicy ? checkFailurePolicy(`${field}.podFailurePolicy`, spec) : []),
    ...checkSuccessPolicy(`${field}.successPolicy`, spec),
    ...checkOneOfIfGiven(
      `${field}.podReplacementPolicy`,
      spec.podReplacementPolicy,
      spec.podFailurePolicy ? ['Failed'] : ['Failed', 'TerminatingOrFailed'],
    ),
    ...(isSame ? [] : checkPodTemplate(`${field}.template`, spec.template)),
    ...checkRestartPolicy(`${field}.template.spec.restartPolicy`, spec),
  ];
}

const COUNTS = [
  'parallelism',
  'completions',
  'activeDeadlineSeconds',
  'backoffLimit',
  'ttlSecondsAfterFinished',
  'backoffLimitPerIndex',
  'maxFailedIndexes',
] as const;

function checkCounts(field: string, spec: JobSpec): FieldErrors {
  const isAlone = spec.maxFailedIndexes !== undefined && spec.backoffLimitPerIndex === undefined;
  return [
    ...COUNTS.flatMap((count) => checkNotNegative(`${field}.${count}`, spec[count])),
    ...(isAlone ? [required(`${field}.backoffLimitPerIndex`, 'when maxFailedIndexes is specified')] : []),
  ];
}

const MOST_PARALLEL = 100_000;

function checkMode(field: string, spec: JobSpec): FieldErrors {
  const { completionMode = 'NonIndexed', completions, parallelism = 1, maxFailedIndexes } = spec;
  const at = (name: keyof JobSpec) => `${field}.${name}`;
  if (completionMode !== 'Indexed') {
    const detail = 'requires indexed completion mode';
    const only = (['backoffLimitPerIndex', 'maxFailedIndexes'] as const).flatMap((name) =>
      spec[name] === undefined ? [] : [invalid(at(name), spec[name], detail)],
    );
    const modes = ['NonIndexed', 'Indexed'];
    return [...checkOneOfIfGiven(at('completionMode'), completionMode, modes), ...only];
  }
  const most = `must be less than or equal to ${MOST_PARALLEL}`;
  const isBeyond = completions !== undefined && (maxFailedIndexes ?? 0) > completions;
  return [
    ...(completions === undefined ? [required(at('completions'), 'when completion mode is Indexed')] : []),
    ...(parallelism > MOST_PARALLEL
      ? [invalid(at('parallelism'), parallelism, `${most} when completion mode is Indexed`)]
      : []),
    ...(isBeyond
      ? [invalid(at('maxFailedIndexes'), maxFailedIndexes, 'must be less than or equal to completions')]
      : []),
    ...((maxFailedIndexes ?? 0) > MOST_PARALLEL
      ? [invalid(at('maxFailedIndexes'), maxFailedIndexes, most)]
      : []),
  ];
}

function checkSuccessPolicy(field: string, { successPolicy, completionMode, completions = 0 }: JobSpec) {
  if (successPolicy === undefined) return [];
  if (completionMode !== 'Indexed')
    return [invalid(field, successPolicy, 'requires indexed completion mode')];
  const { rules } = successPolicy;
  const none = 'at least one rules must be specified when the successPolicy is specified';
  if (rules.length === 0) return [required(`${field}.rules`, none)];
  return rules.flatMap(({ succeededCount, succeededIndexes }, index): FieldErrors => {
    const rule = `${field}.rules[${index}]`;
    const isEmpty = succeededCount === undefined && succeededIndexes === undefined;
    const one = 'at least one of succeededCount or succeededIndexes must be specified';
    const most = `must be less than or equal to ${completions} (the number of specified completions)`;
    return [
      ...(isEmpty ? [required(rule, one)] : []),
      ...checkNotNegative(`${rule}.succeededCount`, succeededCount),
      ...((succeededCount ?? 0) > completions
        ? [invalid(`${rule}.succeededCount`, succeededCount, most)]
        : []),
    ];
  });
}

function checkRestartPolicy(field: string, { template, podFailurePolicy }: JobSpec): FieldErrors {
  const policy = template.spec?.restartPolicy;
  if (!policy || policy === 'Always') return [required(field, 'valid values: "OnFailure", "Never"')];
  if (policy !== 'OnFailure' && policy !== 'Never')
    return [notSupported(field, policy, ['OnFailure', 'Never'])];
  const detail = 'only "Never" is supported when podFailurePolicy is specified';
  return podFailurePolicy && policy !== 'Never' ? [invalid(field, policy, detail)] : [];
}
