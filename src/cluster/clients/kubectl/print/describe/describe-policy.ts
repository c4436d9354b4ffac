import type {
  CoreEvent,
  LimitRange,
  PodDisruptionBudget,
  PriorityClass,
  ResourceQuota,
  Secret,
  ServiceAccount,
} from '../../../../objects/kubernetes.ts';
import { amountOf, formatQuantity, parseQuantity, wholeValue } from '../../../../objects/quantity.ts';
import { formatLabels, formatSelector } from '../label-text.ts';
import type { PrintContext } from '../print-context.ts';
import { printsSince } from '../prints-since.ts';
import { describeEvents } from './describe-events.ts';
import { LIMIT_HEAD, limitRows, quotaTable, scopeLines } from './describe-namespace.ts';
import {
  alignDescription,
  annotationLines,
  field,
  indented,
  type Lines,
  labelLines,
  multiline,
} from './description.ts';

// Short descriptions of what limits, protects or identifies pods. They mirror kubectl: describe.go.

export function describePodDisruptionBudget(
  { metadata, spec = {}, status }: PodDisruptionBudget,
  events: readonly CoreEvent[] | undefined,
  context: PrintContext,
): string {
  const { minAvailable, maxUnavailable, selector } = spec;
  const { summary, table } = describeEvents(events, context);
  const max = maxUnavailable === undefined ? [] : [field('Max unavailable', maxUnavailable)];
  const lines = [
    field('Name', metadata.name),
    field('Namespace', metadata.namespace),
    ...(minAvailable === undefined ? max : [field('Min available', minAvailable)]),
    field('Selector', selector === undefined ? '<unset>' : formatSelector(selector)),
    'Status:',
    ...indented(2, [
      field('Allowed disruptions', status?.disruptionsAllowed ?? 0),
      field('Current', status?.currentHealthy ?? 0),
      field('Desired', status?.desiredHealthy ?? 0),
      field('Total', status?.expectedPods ?? 0),
    ]),
    ...summary,
  ];
  return alignDescription(lines, table);
}

export function describePriorityClass(
  { metadata, value, globalDefault, preemptionPolicy, description }: PriorityClass,
  events: readonly CoreEvent[] | undefined,
  context: PrintContext,
): string {
  const { summary, table } = describeEvents(events, context);
  const lines = [
    field('Name', metadata.name),
    field('Value', value ?? 0),
    field('GlobalDefault', globalDefault ?? false),
    ...(printsSince(context.version, 'preemptionPolicy')
      ? [field('PreemptionPolicy', preemptionPolicy)]
      : []),
    field('Description', description),
    field('Annotations', formatLabels(metadata.annotations)),
    ...summary,
  ];
  return alignDescription(lines, table);
}

export function describeResourceQuota(quota: ResourceQuota, { version }: PrintContext): string {
  const { metadata } = quota;
  const textOf = printsSince(version, 'quotaFormat') ? inFormatOf : undefined;
  return alignDescription([
    field('Name', metadata.name),
    field('Namespace', metadata.namespace),
    ...scopeLines(quota, ' * '),
    ...quotaTable(quota, '----', textOf),
  ]);
}

/** A used amount in the notation of the allowed one: `0` of `1Gi`, `1073741824` of `2`. */
function inFormatOf(used: string, hard: string): string {
  const [usedAmount, hardAmount] = [parseQuantity(used), parseQuantity(hard)];
  if (usedAmount === undefined || hardAmount === undefined || usedAmount.format === hardAmount.format) {
    return used;
  }
  return formatQuantity(amountOf(wholeValue(used), hardAmount.format));
}

export function describeLimitRange({ metadata, spec }: LimitRange): string {
  return alignDescription([
    field('Name', metadata.name),
    field('Namespace', metadata.namespace),
    ...LIMIT_HEAD,
    ...spec.limits.flatMap(limitRows),
  ]);
}

/** `secrets` are those of the namespace, which kubectl reads until 1.34. */
export function describeServiceAccount(
  account: ServiceAccount,
  {
    events,
    secrets,
  }: { readonly events: readonly CoreEvent[] | undefined; readonly secrets: readonly Secret[] },
  context: PrintContext,
): string {
  const { metadata, imagePullSecrets = [] } = account;
  const { summary, table } = describeEvents(events, context);
  const pullNames = imagePullSecrets.map(({ name = '' }) => name);
  const showsTokens = !printsSince(context.version, 'serviceAccountWithoutTokens');
  const lines = [
    field('Name', metadata.name),
    field('Namespace', metadata.namespace),
    ...labelLines('Labels', metadata.labels),
    ...annotationLines('Annotations', metadata.annotations),
    ...(showsTokens
      ? secretLines(account, pullNames, secrets)
      : namesLines('Image pull secrets:', pullNames)),
    ...summary,
  ];
  return alignDescription(lines, table);
}

function secretLines(
  { metadata, secrets: mounted = [] }: ServiceAccount,
  pullNames: readonly string[],
  secrets: readonly Secret[],
): Lines {
  const noted = (name: string) =>
    secrets.some((secret) => secret.metadata.name === name) ? name : `${name} (not found)`;
  const tokens = secrets.filter(
    ({ type, metadata: { annotations } }) =>
      type === 'kubernetes.io/service-account-token' &&
      annotations?.['kubernetes.io/service-account.name'] === metadata.name &&
      annotations?.['kubernetes.io/service-account.uid'] === metadata.uid,
  );
  return [
    ...namesLines('Image pull secrets:', pullNames.map(noted)),
    ...namesLines(
      'Mountable secrets: ',
      mounted.map(({ name = '' }) => noted(name)),
    ),
    ...namesLines(
      'Tokens:            ',
      tokens.map((token) => token.metadata.name ?? ''),
    ),
  ];
}

/** The titles are as wide as each other, so that they align where there are several names. */
function namesLines(title: string, names: Lines): Lines {
  const [first, ...others] = multiline('', names);
  return [title + (first ?? '').slice(1), ...others.map((line) => ' '.repeat(title.length) + line)];
}
