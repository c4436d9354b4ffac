import { isObject, type Json, type JsonObject } from '../../../objects/json.ts';
import { fail } from '../failure.ts';
import { stepsOf } from './change-along.ts';
import { isTarget } from './is-target.ts';
import type { FieldOptions, Replacement, ReplacementTarget } from './kustomization.ts';
import type { Resource } from './resource.ts';

/** Copies fields of one resource to others (kustomize: api/filters/replacement). */
export function withReplacements(
  resources: readonly Resource[],
  replacements: readonly Replacement[],
): readonly Resource[] {
  let all = resources;
  for (const replacement of replacements) {
    const { targets } = replacement;
    const value = sourceValue(all, replacement);
    if (targets === undefined) return fail('replacements must specify a source and at least one target');
    for (const target of targets) all = all.map((resource) => withValue(resource, value, target));
  }
  return all;
}

function sourceValue(resources: readonly Resource[], { source }: Replacement): Json {
  if (source === undefined) return fail('replacements must specify a source and at least one target');
  const { fieldPath = 'metadata.name', options, ...selector } = source;
  const found = resources.filter((resource) => isTarget(resource, selector, 'whole'));
  const [first, second] = found;
  const shown = shownSelector(source);
  if (first === undefined) return fail(`nothing selected by ${shown}`);
  if (second !== undefined) return fail(`multiple matches for selector ${shown}`);
  const value = lookUp(first.object, stepsOf(fieldPath));
  if (value === undefined || value === null || value === '') {
    return fail(`fieldPath \`${fieldPath}\` is missing for replacement source ${shown.split(':')[0] ?? ''}`);
  }
  if (options?.delimiter === undefined || options.delimiter === '') return value;
  if (typeof value === 'object') return fail('delimiter option can only be used with scalar nodes');
  const { delimiter, index = 0 } = options;
  const part = String(value).split(delimiter)[index];
  return part ?? fail(`options.index ${index} is out of bounds for value ${String(value)}`);
}

/**
 * As kustomize names a selector: `Deployment.v1.apps/web.ns:spec.replicas`, with words for what is left out.
 */
function shownSelector(source: NonNullable<Replacement['source']>): string {
  const { kind = '', version = '[noVer]', group = '[noGrp]', name = '', namespace, fieldPath } = source;
  const id = `${[kind === '' ? '[noKind]' : kind, version, group].join('.')}/${name === '' ? '[noName]' : name}`;
  return `${id}.${namespace ?? '[noNs]'}${fieldPath === undefined ? '' : `:${fieldPath}`}`;
}

function lookUp(value: Json, [step, ...rest]: readonly string[]): Json | undefined {
  if (step === undefined) return value;
  const inner = Array.isArray(value)
    ? elementAt(value, step)
    : isObject(value)
      ? (value as JsonObject)[step]
      : undefined;
  return inner === undefined ? undefined : lookUp(inner, rest);
}

function elementAt(list: readonly Json[], step: string): Json | undefined {
  const wanted = wantedElement(step);
  if (wanted === undefined) return list[Number(step)];
  return list.find((item) => isWanted(item, wanted));
}

interface WantedElement {
  readonly key: string;
  readonly value: string;
}

/** `[name=web]`; of a list of scalars, `[=web]`. */
function wantedElement(step: string): WantedElement | undefined {
  const found = /^\[([^=]*)=(.*)\]$/.exec(step);
  return found ? { key: found[1] ?? '', value: found[2] ?? '' } : undefined;
}

function isWanted(item: Json, { key, value }: WantedElement): boolean {
  if (key === '') return String(item) === value;
  return isObject(item) && String((item as JsonObject)[key]) === value;
}

function withValue(resource: Resource, value: Json, target: ReplacementTarget): Resource {
  const { select, reject = [], fieldPaths = ['metadata.name'], options = {} } = target;
  if (select === undefined) return fail('target must specify resources to select');
  if (!isTarget(resource, select) || reject.some((each) => isTarget(resource, each))) return resource;
  let { object } = resource;
  for (const path of fieldPaths) {
    const set = setAt(object, stepsOf(path), { value, options });
    if (set.count === 0) {
      const lack = options.create ? 'unable to find or create field' : 'unable to find field';
      return fail(`${lack} ${JSON.stringify(path)} in replacement target`);
    }
    object = set.object as JsonObject;
  }
  return { ...resource, object };
}

interface Setting {
  readonly value: Json;
  readonly options: FieldOptions;
}

interface Set {
  readonly object: Json;
  /** At how many places. */
  readonly count: number;
}

function setAt(at: Json | undefined, steps: readonly string[], setting: Setting): Set {
  const [step, ...rest] = steps;
  if (step === undefined) return { object: placed(at, setting), count: 1 };
  if (Array.isArray(at)) return setInList(at, step, { rest, setting });
  if (at !== undefined && at !== null && !isObject(at)) return { object: at, count: 0 };
  const object = (at ?? {}) as JsonObject;
  if (step === '*') {
    const parts = Object.entries(object).map(([key, inner]) => [key, setAt(inner, rest, setting)] as const);
    const count = parts.reduce((sum, [, part]) => sum + part.count, 0);
    return { object: Object.fromEntries(parts.map(([key, part]) => [key, part.object])), count };
  }
  const inner = object[step];
  if (inner === undefined && !setting.options.create) return { object, count: 0 };
  const set = setAt(inner, rest, setting);
  return set.count === 0
    ? { object, count: 0 }
    : { object: { ...object, [step]: set.object }, count: set.count };
}

function setInList(
  list: readonly Json[],
  step: string,
  { rest, setting }: { readonly rest: readonly string[]; readonly setting: Setting },
): Set {
  const wanted = wantedElement(step);
  const isMeant = (item: Json, index: number): boolean =>
    step === '*' || (wanted === undefined ? index === Number(step) : isWanted(item, wanted));
  let count = 0;
  const items = list.map((item, index) => {
    if (!isMeant(item, index)) return item;
    const set = setAt(item, rest, setting);
    count += set.count;
    return set.object;
  });
  if (count > 0 || !setting.options.create || wanted === undefined || wanted.key === '') {
    return { object: items, count };
  }
  const made = setAt({ [wanted.key]: wanted.value }, rest, setting);
  return { object: [...items, made.object], count: made.count };
}

/** A scalar keeps its type, and what is made anew has the type that its text looks like. */
function placed(at: Json | undefined, { value, options: { delimiter = '', index = 0 } }: Setting): Json {
  let put = value;
  if (delimiter !== '') {
    if (at !== undefined && typeof at === 'object')
      return fail('delimiter option can only be used with scalar nodes');
    const parts = at === undefined ? [] : String(at).split(delimiter);
    if (index < 0) parts.unshift(String(value));
    else if (index >= parts.length) parts.push(String(value));
    else parts[index] = String(value);
    put = parts.join(delimiter);
  }
  if (typeof put === 'object') return put;
  if (typeof at === 'string') return String(put);
  const isNumber = typeof put === 'string' && /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(put);
  return isNumber && typeof at !== 'boolean' ? Number(put) : put;
}
