import { isObject } from '../../../cluster/objects/json.ts';
import { nearMiss } from '../../../cluster/objects/shape/near-miss.ts';
import { type Origin, originOf, type Written } from './origin.ts';
import type { ParameterProblem, Scalar } from './parameters.ts';

/** What placeholders stand for, in one file. */
export interface Scope {
  readonly values: ReadonlyMap<string, Scalar>;
  /** All that are declared: some may have no value, of which somebody is told already. */
  readonly names: readonly string[];
  /** The names that were found. */
  readonly used: Set<string>;
  readonly problem: (problem: ParameterProblem) => void;
}

/** `${{ name }}`, which neither a shell nor a captured name is written like; `$${{` is the text itself. */
const PLACEHOLDER = /(\$?)\$\{\{([^{}]*)\}\}/g;
const WHOLE = /^\$\{\{([^{}]*)\}\}$/;

function hasPlaceholder(text: string): boolean {
  return text.includes('${{');
}

/**
 * A value with its placeholders filled in. One that is a whole value keeps the type of what it stands for: a
 * number stays a number.
 */
export function filled(written: Written, scope: Scope): Written {
  const { value, origin } = written;
  if (typeof value === 'string') return hasPlaceholder(value) ? filledText(value, origin, scope) : written;
  if (Array.isArray(value)) return filledList(value, origin, scope);
  return isObject(value) ? filledObject(value, origin, scope) : written;
}

/** A placeholder where it stands in a text, and what comes to stand there. */
export interface Replaced {
  readonly name: string;
  readonly offset: number;
  readonly length: number;
  /** Undefined where there is no such parameter, or it has no value. */
  readonly by: string | undefined;
  readonly isKnown: boolean;
}

/** A text with its placeholders filled in, of each of which `told` hears. */
export function filledIn(text: string, scope: Scope, told: (replaced: Replaced) => void): string {
  return text.replace(PLACEHOLDER, (whole: string, dollar: string, inside: string, offset: number) => {
    const name = inside.trim();
    const value = dollar === '' ? scope.values.get(name) : undefined;
    const by = dollar === '' ? (value === undefined ? undefined : String(value)) : whole.slice(1);
    if (dollar === '') scope.used.add(name);
    const isKnown = dollar !== '' || scope.names.includes(name);
    told({ name, offset, length: whole.length, by, isKnown });
    return by ?? whole;
  });
}

export function unknownPlaceholder(name: string, names: readonly string[]) {
  const near = nearMiss(name, names);
  const hint = near === undefined ? 'declare it under "parameters"; $${{ is the text itself' : undefined;
  return {
    code: 'unknown-parameter' as const,
    message: `there is no parameter "${name}"`,
    hint: hint ?? `did you mean "${near}"?`,
  };
}

function filledText(text: string, origin: Origin, scope: Scope): Written {
  const { source, path, via } = origin;
  const at: Origin = { source, path, via, isFilled: true };
  const told = ({ name, isKnown }: Replaced): void => {
    if (!isKnown) scope.problem({ at, ...unknownPlaceholder(name, scope.names) });
  };
  const [, inside] = WHOLE.exec(text) ?? [];
  const value = inside === undefined ? undefined : scope.values.get(inside.trim());
  const replaced = filledIn(text, scope, told);
  return { value: value ?? replaced, origin: at };
}

function filledList(list: readonly unknown[], origin: Origin, scope: Scope): Written {
  const members = list.map((value, index) => filled({ value, origin: originOf(origin, index) }, scope));
  if (members.every((member, index) => member.value === list[index])) return { value: list, origin };
  const origins = new Map<PropertyKey, Origin>(members.map((member, index) => [index, member.origin]));
  return { value: members.map(({ value }) => value), origin: { ...origin, members: origins } };
}

function filledObject(object: Readonly<Record<string, unknown>>, origin: Origin, scope: Scope): Written {
  let isOther = false;
  const members = Object.entries(object).map(([key, value]) => {
    const at = originOf(origin, key);
    const name = hasPlaceholder(key) ? String(filledText(key, at, scope).value) : key;
    const member = filled({ value, origin: at }, scope);
    isOther ||= member.value !== value || name !== key;
    return [name, member] as const;
  });
  if (!isOther) return { value: object, origin };
  const origins = new Map<PropertyKey, Origin>();
  for (const [name, { origin: at }] of members) {
    if (origins.has(name))
      scope.problem({ code: 'duplicate-key', at, aim: 'key', message: `the key "${name}" is there twice` });
    origins.set(name, at);
  }
  const value = Object.fromEntries(members.map(([name, member]) => [name, member.value]));
  return { value, origin: { ...origin, members: origins } };
}
