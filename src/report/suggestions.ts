import { compareText } from '../cluster/objects/json.ts';
import { resourceOf } from '../cluster/objects/schema/resources.ts';
import { objectReader } from '../cluster/world/readers.ts';
import { servedResources } from '../cluster/world/served-resources.ts';
import type { World } from '../cluster/world/world.ts';

/** What can be asked of a cluster that is past. */
const VERBS = ['get', 'describe', 'logs', 'events', 'explain', 'api-resources', 'top'];

/**
 * How the last word of a line that is being typed could end, in the world as it is there: a verb or a
 * resource, then a resource, then the names of its objects.
 */
export function suggestionsFor(text: string, world: World): readonly string[] {
  const words = text.trimStart().split(/\s+/);
  const typed = words[0] === 'kubectl' ? words.slice(1) : words;
  const last = typed.at(-1) ?? '';
  if (isFlag(last) || takesNext(typed.at(-2))) return [];
  const before = typed.slice(0, -1).filter((word, index) => !isFlag(word) && !takesNext(typed[index - 1]));
  return [...new Set(candidatesAfter(before, world))].filter(
    (each) => each.startsWith(last) && each !== last,
  );
}

function isFlag(word: string): boolean {
  return word.startsWith('-');
}

/** Flags whose value is the next word. */
function takesNext(word: string | undefined): boolean {
  return word !== undefined && /^(?:-[nolcf]|--(?:namespace|output|selector|container))$/.test(word);
}

function candidatesAfter([verb, resource, ...more]: readonly string[], world: World): readonly string[] {
  if (verb === undefined) return [...VERBS, ...resources(world)];
  if (verb === 'logs') return resource === undefined ? namesOf('pods', world) : [];
  if (verb === 'explain') return resource === undefined ? resources(world) : [];
  if (verb !== 'get' && verb !== 'describe') return [];
  if (resource === undefined) return resources(world);
  return more.length === 0 ? namesOf(resource, world) : [];
}

function resources({ store, seq }: World): readonly string[] {
  const served = servedResources(objectReader({ tables: store.tables, seq }));
  const named = served.filter(({ verbs }) => verbs.includes('list'));
  return named.map(({ plural }) => plural).sort(compareText);
}

function namesOf(word: string, { store, seq }: World): readonly string[] {
  const reader = objectReader({ tables: store.tables, seq });
  const resource = resourceOf(word, servedResources(reader));
  if (resource === undefined) return [];
  const objects = reader.list(resource.name);
  return objects.flatMap(({ metadata }) => metadata.name ?? []).sort(compareText);
}
