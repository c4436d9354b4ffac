import type { Files } from '../../../cluster/clients/files.ts';
import { isObject } from '../../../cluster/objects/json.ts';
import { nearMiss } from '../../../cluster/objects/shape/near-miss.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { readYaml, type YamlReading } from '../read-yaml.ts';
import { filled, type Scope } from './fill.ts';
import {
  elementsOf,
  listOf,
  memberOf,
  type Origin,
  spanOfOrigin,
  type Written,
  withMembers,
} from './origin.ts';
import { type ParameterProblem, parametersOf, type Scalar, valuesOf } from './parameters.ts';

/** What a document comes to with all that it includes. */
export interface Parts {
  readonly setup: readonly Written[];
  readonly steps: readonly Written[];
  readonly teardown: readonly Written[];
  /** The fragments that were included, filled in. */
  readonly fragments: readonly Written[];
}

/** The reading of one scenario. */
export interface Reading {
  readonly files: Files;
  readonly readings: Map<string, YamlReading>;
  readonly diagnostics: Diagnostic[];
  readonly problem: (problem: ParameterProblem) => void;
  /** What was declared in a fragment, and was not used. */
  readonly unused: (document: Written, scope: Scope) => void;
  /** How many fragments were included. */
  count: number;
}

/** A fragment that includes others includes them again wherever it is included itself. */
const MOST_INCLUDES = 200;

/**
 * The parts of a document whose placeholders are filled in. `stack`: the files that lead to it, its own last.
 */
export function partsOf(document: Written, reading: Reading, stack: readonly string[]): Parts {
  const included = includesOf(memberOf(document, 'include')).map((order) =>
    fragmentParts(order, reading, stack),
  );
  const lists = (['setup', 'steps', 'teardown'] as const).map((key) =>
    stepsOf(memberOf(document, key), reading, stack),
  );
  const [setup, steps, teardown] = lists;
  const inner = lists.flatMap((list) => list?.parts ?? []);
  const all = [...included, ...inner];
  return {
    setup: [...all.flatMap((parts) => parts.setup), ...(setup?.items ?? [])],
    steps: [...included.flatMap((parts) => parts.steps), ...(steps?.items ?? [])],
    teardown: [...(teardown?.items ?? []), ...all.flatMap((parts) => parts.teardown)],
    fragments: all.flatMap((parts) => parts.fragments),
  };
}

interface Order {
  readonly file: Written;
  readonly given?: Written | undefined;
}

/** One file, or several, each as a text or with what it is told. */
function includesOf(written: Written | undefined): readonly Order[] {
  if (!written) return [];
  if (Array.isArray(written.value)) return elementsOf(written).flatMap(includesOf);
  if (typeof written.value === 'string') return [{ file: written }];
  const file = memberOf(written, 'file');
  return typeof file?.value === 'string' ? [{ file, given: memberOf(written, 'with') }] : [];
}

interface Spliced {
  readonly items: readonly Written[];
  readonly parts: readonly Parts[];
}

/** Steps with those of other files in the place of those that include them. */
function stepsOf(list: Written | undefined, reading: Reading, stack: readonly string[]): Spliced {
  const spliced = elementsOf(list).map((item): Spliced => {
    const file = memberOf(item, 'include');
    if (file && typeof file.value === 'string') {
      demandAlone(item, reading);
      const parts = fragmentParts({ file, given: memberOf(item, 'with') }, reading, stack);
      return { items: parts.steps, parts: [{ ...parts, steps: [] }] };
    }
    const branch = memberOf(item, 'branch');
    const inner = branch && isObject(branch.value) ? memberOf(branch, 'steps') : undefined;
    if (!branch || !inner || !Array.isArray(inner.value)) return { items: [item], parts: [] };
    const { items, parts } = stepsOf(inner, reading, stack);
    const steps = listOf(items, inner.origin);
    const own = withMembers(branch, new Map([['steps', steps]]));
    return { items: [withMembers(item, new Map([['branch', own]]))], parts };
  });
  return {
    items: spliced.flatMap(({ items }) => items),
    parts: spliced.flatMap(({ parts }) => parts),
  };
}

function demandAlone(item: Written, { problem }: Reading): void {
  for (const key of Object.keys(item.value as object)) {
    if (key === 'include' || key === 'with') continue;
    const at = memberOf(item, key)?.origin ?? item.origin;
    const message = 'a step that includes other steps does nothing else';
    problem({ code: 'conflicting-keys', at, aim: 'key', message, hint: `put "${key}" in a step of its own` });
  }
}

const NOTHING: Parts = { setup: [], steps: [], teardown: [], fragments: [] };

function fragmentParts({ file, given }: Order, reading: Reading, stack: readonly string[]): Parts {
  const path = fragmentPath(file, reading, stack);
  const source = path === undefined ? undefined : readFragment(path, file.origin, reading);
  if (path === undefined || !source) return NOTHING;
  const { line, column, ...span } = spanOfOrigin(file.origin);
  const place: Place = { file: span.file ?? file.origin.source.file, line, column };
  const origin: Origin = { source, path: [], via: [place, ...file.origin.via] };
  const isList = Array.isArray(source.value);
  const raw: Written = { value: source.value, origin };
  const scope = scopeOf(raw, { given, at: file.origin, reading });
  const document = filled(raw, scope);
  reading.unused(raw, scope);
  const whole: Written = isList
    ? {
        value: { steps: document.value },
        origin: { ...origin, members: new Map([['steps', document.origin]]) },
      }
    : document;
  const parts = partsOf(whole, reading, [...stack, path]);
  return { ...parts, fragments: [whole, ...parts.fragments] };
}

interface Told {
  readonly given: Written | undefined;
  readonly at: Origin;
  readonly reading: Reading;
}

function scopeOf(document: Written, { given, at, reading }: Told): Scope {
  const { problem } = reading;
  const parameters = parametersOf(document.value);
  const names = parameters.map(({ name }) => name);
  const told = new Map<string, Written>();
  for (const name of isObject(given?.value) ? Object.keys(given.value) : []) {
    const member = given && memberOf(given, name);
    if (member) told.set(name, member);
  }
  const giving = { parameters, document, given: told, typed: {}, included: at };
  const values: ReadonlyMap<string, Scalar> = valuesOf(giving, problem);
  return { values, names, used: new Set(), problem };
}

/**
 * The path of a fragment from the scenario's folder; it is written from the folder of the file that includes
 * it.
 */
function fragmentPath(
  { value, origin }: Written,
  { files, problem }: Reading,
  stack: readonly string[],
): string | undefined {
  const from = stack.at(-1) ?? '';
  const path = joined(from.slice(0, from.lastIndexOf('/') + 1), String(value));
  if (path === undefined) {
    const message = `${String(value)} is outside of the scenario's folder`;
    problem({ code: 'outside-folder', at: origin, message, hint: 'put a copy of it into the folder' });
    return undefined;
  }
  if (stack.includes(path)) {
    const chain = [...stack.slice(stack.indexOf(path)), path].join(' → ');
    const hint = 'take one of these includes away';
    problem({ code: 'include-cycle', at: origin, message: `this includes itself: ${chain}`, hint });
    return undefined;
  }
  if (Object.hasOwn(files, path)) return path;
  const near = nearMiss(path, Object.keys(files));
  const hint = near === undefined ? 'paths are from the folder of this file' : `did you mean "${near}"?`;
  problem({ code: 'missing-file', at: origin, message: `there is no file ${path}`, hint });
  return undefined;
}

/** A path below the folder; undefined for one that leads out of it. */
function joined(folder: string, path: string): string | undefined {
  if (path.startsWith('/') || /^[a-z]+:/i.test(path)) return undefined;
  const parts: string[] = [];
  for (const part of `${folder}${path}`.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join('/');
}

function readFragment(path: string, at: Origin, reading: Reading) {
  reading.count++;
  if (reading.count > MOST_INCLUDES) {
    if (reading.count > MOST_INCLUDES + 1) return undefined;
    const message = `there are more than ${MOST_INCLUDES} includes up to here`;
    reading.problem({ code: 'too-large', at, message, hint: 'fragments that include others multiply' });
    return undefined;
  }
  const known = reading.readings.get(path);
  const read = known ?? readYaml(reading.files[path] ?? '', path);
  reading.readings.set(path, read);
  if (read.source || known) return read.source;
  const { line, column } = spanOfOrigin(at);
  const via: readonly Place[] = [{ file: at.source.file, line, column }, ...at.via];
  reading.diagnostics.push(...read.diagnostics.map((each) => ({ ...each, via })));
  return undefined;
}
