import { compareText, isObject } from './json.ts';
import type { ParsedSelector } from './label-selector.ts';

/** One condition on a field: `status.phase!=Running` (apimachinery: fields/selector.go). */
export interface FieldRequirement {
  readonly field: string;
  readonly operator: '=' | '!=';
  readonly value: string;
}

const METADATA = ['metadata.name', 'metadata.namespace'];

/**
 * The fields that each kind can be selected by, beside its name and namespace (core/v1: conversion.go,
 * strategies).
 */
const SELECTABLE: Readonly<Record<string, readonly string[]>> = {
  Event: [
    'involvedObject.kind',
    'involvedObject.namespace',
    'involvedObject.name',
    'involvedObject.uid',
    'involvedObject.apiVersion',
    'involvedObject.resourceVersion',
    'involvedObject.fieldPath',
    'reason',
    'reportingComponent',
    'source',
    'type',
  ],
  Job: ['status.successful'],
  Namespace: ['status.phase'],
  Node: ['spec.unschedulable'],
  Pod: [
    'spec.nodeName',
    'spec.restartPolicy',
    'spec.schedulerName',
    'spec.serviceAccountName',
    'spec.hostNetwork',
    'status.phase',
    'status.podIP',
    'status.podIPs',
    'status.nominatedNodeName',
  ],
  ReplicaSet: ['status.replicas'],
  ReplicationController: ['status.replicas'],
  Secret: ['type'],
  Service: ['spec.clusterIP', 'spec.type'],
};

/** What an absent field counts as; every other counts as empty. */
const ABSENT: Readonly<Record<string, string>> = {
  'spec.hostNetwork': 'false',
  'spec.unschedulable': 'false',
  'status.replicas': '0',
  'status.successful': '0',
};

/**
 * Reads what `--field-selector` takes: `status.phase=Running,spec.nodeName!=node-1`. Backslashes escape `,`
 * and `=`.
 */
export function parseFieldSelector(text: string): ParsedSelector<FieldRequirement> {
  const requirements: FieldRequirement[] = [];
  for (const term of splitTerms(text).sort(compareText)) {
    if (term === '') continue;
    const found = /^(.*?)(!=|==|=)(.*)$/s.exec(term);
    if (found === null)
      return { ok: false, problem: `invalid selector: '${text}'; can't understand '${term}'` };
    const [, field = '', operator, escaped = ''] = found;
    const unescaped = unescapeValue(escaped);
    if ('problem' in unescaped) return { ok: false, problem: unescaped.problem };
    requirements.push({ field, operator: operator === '!=' ? '!=' : '=', value: unescaped.value });
  }
  return { ok: true, requirements };
}

/**
 * The first field of a selector that its kind cannot be selected by, in the API server's words. `more`: what
 * a definition declares to be selectable.
 */
export function unsupportedField(
  requirements: readonly FieldRequirement[],
  kind: string,
  more: readonly string[] = [],
): string | undefined {
  const known = [...METADATA, ...(SELECTABLE[kind] ?? []), ...more];
  const unknown = requirements.find(({ field }) => !known.includes(field));
  return unknown && `field label not supported: ${unknown.field}`;
}

/** Whether an object fulfils all requirements. */
export function matchesFields(requirements: readonly FieldRequirement[], object: object): boolean {
  return requirements.every(({ field, operator, value }) => {
    const isSame = selectableValue(object, field) === value;
    return operator === '=' ? isSame : !isSame;
  });
}

export function formatFieldSelector(requirements: readonly FieldRequirement[]): string {
  return requirements
    .map(({ field, operator, value }) => `${field}${operator}${value.replace(/[\\,=]/g, '\\$&')}`)
    .join(',');
}

/** Two fields are not called as in the object: an Event's source, and a Job's number of successes. */
function selectableValue(object: object, field: string): string {
  if (field === 'source') return valueAt(object, 'source.component') || valueAt(object, 'reportingComponent');
  if (field === 'status.successful') return valueAt(object, 'status.succeeded') || '0';
  return valueAt(object, field) || (ABSENT[field] ?? '');
}

function valueAt(object: object, field: string): string {
  let value: unknown = object;
  for (const name of field.split('.')) value = isObject(value) ? value[name] : undefined;
  return value === undefined || value === null ? '' : String(value);
}

function splitTerms(text: string): string[] {
  const terms = [''];
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index] ?? '';
    if (character === ',') {
      terms.push('');
      continue;
    }
    const taken = character === '\\' ? text.slice(index, index + 2) : character;
    terms[terms.length - 1] += taken;
    index += taken.length - 1;
  }
  return terms;
}

function unescapeValue(text: string): { readonly value: string } | { readonly problem: string } {
  const bad = /^(?:\\[\\,=]|[^\\,=])*/.exec(text)?.[0].length ?? 0;
  if (bad === text.length) return { value: text.replace(/\\([\\,=])/g, '$1') };
  const rest = text.slice(bad);
  if (rest.startsWith('\\')) {
    return { problem: `invalid field selector: invalid escape sequence: ${rest.slice(0, 2)}` };
  }
  return { problem: `invalid field selector: unescaped character in value: ${rest.charCodeAt(0)}` };
}
