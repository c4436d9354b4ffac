import { compareText, sortedKeys } from '../../../../objects/json.ts';
import type { LimitRange, LimitRangeItem, Namespace, ResourceQuota } from '../../../../objects/kubernetes.ts';
import type { PrintContext } from '../print-context.ts';
import { printsSince } from '../prints-since.ts';
import {
  alignDescription,
  annotationLines,
  field,
  indented,
  type Lines,
  labelLines,
  timeText,
} from './description.ts';

/** What `kubectl describe namespace` reads of what is in the namespace. */
export interface NamespaceContents {
  readonly quotas: readonly ResourceQuota[];
  readonly limitRanges: readonly LimitRange[];
}

/** Mirrors kubectl: describe.go describeNamespace. */
export function describeNamespace(
  namespace: Namespace,
  { quotas, limitRanges }: NamespaceContents,
  context: PrintContext,
): string {
  const { metadata, status } = namespace;
  return alignDescription([
    field('Name', metadata.name),
    ...labelLines('Labels', metadata.labels),
    ...annotationLines('Annotations', metadata.annotations),
    field('Status', status?.phase),
    ...conditionLines(namespace, context),
    '',
    ...quotaLines(quotas, context),
    '',
    ...limitRangeLines(limitRanges),
  ]);
}

function conditionLines({ status }: Namespace, { version }: PrintContext): Lines {
  const conditions = status?.conditions ?? [];
  if (conditions.length === 0 || !printsSince(version, 'namespaceConditions')) return [];
  const rows = conditions.map(({ type, status: value, lastTransitionTime, reason = '', message = '' }) =>
    [type, value, timeText(lastTransitionTime), reason, message].join('\t'),
  );
  const head = [
    'Type\tStatus\tLastTransitionTime\tReason\tMessage',
    '----\t------\t------------------\t------\t-------',
  ];
  return ['Conditions:', ...indented(1, [...head, ...rows])];
}

function quotaLines(quotas: readonly ResourceQuota[], { version }: PrintContext): Lines {
  if (quotas.length === 0) return ['No resource quota.'];
  const sorted = [...quotas].sort((a, b) => compareText(a.metadata.name ?? '', b.metadata.name ?? ''));
  const isIndented = printsSince(version, 'indentedQuotas');
  const indent = isIndented ? '  ' : ' ';
  return [
    'Resource Quotas',
    ...sorted.flatMap((quota, index) => [
      ...(index > 0 && !isIndented ? [''] : []),
      ...[field('Name', quota.metadata.name), ...scopeLines(quota, isIndented ? '* ' : ' * ')].map(
        (line) => indent + line,
      ),
      ...quotaTable(quota, '---').map((line) => indent + line),
    ]),
  ];
}

/** The scopes of a quota, with a sentence on each. */
export function scopeLines({ spec }: ResourceQuota, bullet: string): Lines {
  const scopes = [...(spec?.scopes ?? [])].sort(compareText);
  if (scopes.length === 0) return [];
  const help = scopes.flatMap((scope) => SCOPE_HELP[scope] ?? []);
  return [field('Scopes', scopes.join(', ')), ...help.map((text) => bullet + text)];
}

/** `textOf` says how the used amount is written beside the allowed one. */
export function quotaTable(
  { status }: ResourceQuota,
  rule: string,
  textOf: (used: string, hard: string) => string = (used) => used,
): Lines {
  const { hard = {}, used = {} } = status ?? {};
  const rows = sortedKeys(hard).map((name) => {
    const allowed = String(hard[name]);
    return `${name}\t${textOf(String(used[name] ?? '0'), allowed)}\t${allowed}`;
  });
  return ['Resource\tUsed\tHard', `--------\t${rule}\t${rule}`, ...rows];
}

const SCOPE_HELP: Readonly<Record<string, string>> = {
  Terminating:
    'Matches all pods that have an active deadline. These pods have a limited lifespan on a node before being actively terminated by the system.',
  NotTerminating:
    'Matches all pods that do not have an active deadline. These pods usually include long running pods whose container command is not expected to terminate.',
  BestEffort:
    'Matches all pods that do not have resource requirements set. These pods have a best effort quality of service.',
  NotBestEffort:
    'Matches all pods that have at least one resource requirement set. These pods have a burstable or guaranteed quality of service.',
};

function limitRangeLines(limitRanges: readonly LimitRange[]): Lines {
  if (limitRanges.length === 0) return ['No LimitRange resource.'];
  const rows = limitRanges.flatMap(({ spec }) => spec.limits.flatMap(limitRows));
  return ['Resource Limits', ...[...LIMIT_HEAD, ...rows].map((line) => ` ${line}`)];
}

export const LIMIT_HEAD: Lines = [
  'Type\tResource\tMin\tMax\tDefault Request\tDefault Limit\tMax Limit/Request Ratio',
  '----\t--------\t---\t---\t---------------\t-------------\t-----------------------',
];

/** One row a resource; Go takes them in random order, we by name. */
export function limitRows(item: LimitRangeItem): Lines {
  const {
    type,
    min = {},
    max = {},
    defaultRequest = {},
    default: defaultLimit = {},
    maxLimitRequestRatio = {},
  } = item;
  const columns = [min, max, defaultRequest, defaultLimit, maxLimitRequestRatio];
  const names = new Set(columns.flatMap((column) => sortedKeys(column)));
  return [...names]
    .sort(compareText)
    .map((name) => [type, name, ...columns.map((column) => column[name] ?? '-')].join('\t'));
}
