import { compareText } from '../cluster/objects/json.ts';
import { listResources, type Resource, resourceOf } from '../cluster/objects/schema/resources.ts';
import { nearMiss } from '../cluster/objects/shape/near-miss.ts';
import { storagePrefix } from '../cluster/objects/storage-key.ts';
import { pointerOf } from './field-path.ts';
import type { Followed } from './object-changes.ts';
import { resourcesEver } from './resources-ever.ts';
import type { Timeline } from './timeline.ts';

/** Why there is no such object in a log, and what was probably meant. */
export interface NoSuchObject {
  readonly wrong: 'form' | 'kind' | 'name' | 'namespace' | 'field';
  /** What it is that is wrong. */
  readonly word: string;
  readonly near?: string;
  /** Where there are objects of that name. */
  readonly namespaces?: readonly string[];
}

/** An object of a log, or a part of it; nobody asks whether it is there at an instant. */
export interface NamedObject extends Followed {
  readonly resource: Resource;
  readonly name: string;
  readonly namespace?: string;
}

/**
 * The object that a person means by `pod/web-1`, `deploy/web.spec.replicas` or
 * `node/node-1.status.conditions[0]`: one that the log has or once had. Without a namespace it is the one in
 * the namespace of the context, or the only one of that name.
 */
export function objectNamed(
  timeline: Timeline,
  text: string,
  namespace?: string,
): NamedObject | NoSuchObject {
  const [, word = '', rest = ''] = /^([^/]+)\/(.+)$/.exec(text.trim()) ?? [];
  if (rest === '') return { wrong: 'form', word: text };
  const resource = resourceOf(word, resourcesEver(timeline));
  if (!resource) return withNear({ wrong: 'kind', word }, kindWords());
  const all = objectsEver(timeline, resource);
  const called = all.filter(({ name }) => isStartOf(name, rest));
  const longest = called.reduce((length, { name }) => Math.max(length, name.length), 0);
  const found = called.filter(({ name }) => name.length === longest);
  const [first] = found;
  if (!first) {
    const names = all.map(({ name }) => name);
    return withNear({ wrong: 'name', word: rest }, names);
  }
  const wanted = namespace ?? contextOf(timeline);
  const object = found.length === 1 && namespace === undefined ? first : inNamespace(found, wanted);
  if (!object) {
    const namespaces = found.flatMap((each) => each.namespace ?? []);
    return { wrong: 'namespace', word: `${word}/${first.name}`, namespaces };
  }
  const path = rest.slice(object.name.length);
  if (path === '') return object;
  const pointer = pointerOf(path);
  return pointer === undefined ? { wrong: 'field', word: path } : { ...object, pointer };
}

/** Names may contain dots, and a field begins with one: the longest name that there is, is meant. */
function isStartOf(name: string, text: string): boolean {
  return text === name || text.startsWith(`${name}.`) || text.startsWith(`${name}[`);
}

function inNamespace(objects: readonly NamedObject[], namespace: string): NamedObject | undefined {
  return objects.find((each) => (each.namespace ?? namespace) === namespace);
}

function contextOf(timeline: Timeline): string {
  const { store, seq } = timeline.worldAt(timeline.entries.length);
  return store.tables.settings.read('cluster', seq)?.namespace ?? 'default';
}

/** Each object of a resource that there ever was, once, in the order of their keys. */
function objectsEver({ facts, entries }: Timeline, resource: Resource): readonly NamedObject[] {
  const keys = new Set<string>();
  const ids = new Set<number>();
  for (let seq = 1; seq <= entries.length; seq++) ids.add(facts.object.idAt(seq));
  for (const id of ids) keys.add(facts.object.names.of(id));
  const found = [...keys].flatMap((key): readonly NamedObject[] => {
    const called = key.startsWith(storagePrefix(resource.name)) ? facts.calledOf(key) : undefined;
    if (called?.kind !== resource.kind) return [];
    const { name, namespace } = called;
    return [{ key, resource, name, ...(namespace !== '' && { namespace }) }];
  });
  return found.sort((a, b) => compareText(a.key, b.key));
}

function withNear(problem: NoSuchObject, known: readonly string[]): NoSuchObject {
  const near = nearMiss(problem.word, known);
  return near === undefined ? problem : { ...problem, near };
}

/** The words that kinds are called by. */
export function kindWords(): readonly string[] {
  return listResources().flatMap(({ plural, singular, shortNames }) => [plural, singular, ...shortNames]);
}
