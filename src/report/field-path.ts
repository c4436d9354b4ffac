import { parse } from 'yaml';
import type { Json } from '../cluster/objects/json.ts';
import type { KubeObject } from '../cluster/objects/kube-object.ts';
import { LAST_APPLIED } from '../cluster/objects/last-applied.ts';

/** The steps from an object to a part of it: names of fields, places in lists. */
export type FieldPath = readonly (string | number)[];

/** A field of an object, as a person writes it: `spec.containers[0].image`. */
interface Field {
  readonly path: FieldPath;
  readonly text: string;
  readonly value: Json;
}

/** A value that a field is to have; undefined takes the field away. */
export interface FieldChange {
  readonly path: FieldPath;
  readonly value: Json | undefined;
}

/** The fields that somebody could want to be otherwise, in their order. */
function fieldsOf(object: KubeObject): readonly Field[] {
  const { metadata, ...rest } = object as unknown as Record<string, Json>;
  const { labels, annotations } = (metadata ?? {}) as Record<string, Json>;
  const own = { ...rest, metadata: { ...(labels && { labels }), ...(annotations && { annotations }) } };
  return [...leavesOf(own, [])].filter(
    ({ path }) => !NOT_ITS_OWN.has(String(path[0])) && !isBookkeeping(path),
  );
}

const NOT_ITS_OWN: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'status']);

function isBookkeeping(path: FieldPath): boolean {
  return path[1] === 'annotations' && path[2] === LAST_APPLIED;
}

function* leavesOf(value: Json, path: FieldPath): Generator<Field> {
  const isBranch = typeof value === 'object' && value !== null && Object.keys(value).length > 0;
  if (!isBranch) {
    yield { path, text: pathText(path), value };
    return;
  }
  if (Array.isArray(value))
    for (const [index, item] of value.entries()) yield* leavesOf(item, [...path, index]);
  else for (const [name, member] of Object.entries(value)) yield* leavesOf(member as Json, [...path, name]);
}

function pathText(path: FieldPath): string {
  return path
    .map((step) => {
      if (typeof step === 'number') return `[${step}]`;
      return /^[\w-]+$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
    })
    .join('')
    .replace(/^\./, '');
}

function parsePath(text: string): FieldPath | undefined {
  const steps: (string | number)[] = [];
  const whole = text.replace(/\.?([\w-]+)|\[(\d+)\]|\[("[^"]*")\]/g, (_all, name, index, quoted) => {
    steps.push(index !== undefined ? Number(index) : quoted !== undefined ? JSON.parse(quoted) : name);
    return '';
  });
  return whole === '' && steps.length > 0 ? steps : undefined;
}

/** What is typed, `failureThreshold=10`, as a change of a field; a word says what keeps it from being one. */
export function readChange(
  object: KubeObject,
  text: string,
): FieldChange | 'unknownField' | 'ambiguousField' {
  const [, name = '', value] = /^([^=]+?)\s*=\s*(.*)$/s.exec(text.trim()) ?? [];
  if (value === undefined) return 'unknownField';
  const found = fieldsNamed(object, name);
  if (found.length > 1) return 'ambiguousField';
  const [field] = found;
  const path = field?.path ?? newPath(object, name);
  return path ? { path, value: readValue(value, field?.value) } : 'unknownField';
}

/** Fields of that path, or whose path ends so. */
function fieldsNamed(object: KubeObject, name: string): readonly Field[] {
  const fields = fieldsOf(object);
  const exact = fields.filter(({ text }) => text === name);
  return exact.length > 0 ? exact : fields.filter(({ text }) => text.endsWith(`.${name}`));
}

/** A field that is not there yet, in something that is. */
function newPath(object: KubeObject, name: string): FieldPath | undefined {
  const path = parsePath(name);
  if (!path || path.length < 2 || NOT_ITS_OWN.has(String(path[0]))) return undefined;
  let within: unknown = object;
  for (const step of path.slice(0, -1))
    within = (within as Record<string | number, unknown> | undefined)?.[step];
  return typeof within === 'object' && within !== null ? path : undefined;
}

/** As YAML has it; where a text stood before, a text. */
function readValue(text: string, before: Json | undefined): Json | undefined {
  if (text === '') return undefined;
  if (typeof before === 'string' && !/^["']/.test(text)) return text;
  try {
    return parse(text) as Json;
  } catch {
    return text;
  }
}

/** How what is typed could go on: the fields that have it in their path, those whose own name it is first. */
export function suggestFields(object: KubeObject, text: string): readonly string[] {
  if (text.includes('=')) return [];
  const wanted = text.trim().toLowerCase();
  const found = fieldsOf(object).filter((field) => field.text.toLowerCase().includes(wanted));
  const rank = (field: Field): number => (lastName(field).toLowerCase().startsWith(wanted) ? 0 : 1);
  return [...found].sort((a, b) => rank(a) - rank(b)).map((field) => `${field.text}=${brief(field.value)}`);
}

function lastName({ path }: Field): string {
  return String(path.findLast((step) => typeof step === 'string') ?? '');
}

function brief(value: Json): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 24 || /\s/.test(text) ? '…' : text;
}
