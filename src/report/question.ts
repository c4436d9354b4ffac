import { PROGRAMS } from '../cluster/clients/programs.ts';
import { resourceOf } from '../cluster/objects/schema/resources.ts';
import type { World } from '../cluster/world/world.ts';

/** What of an object one wants to read. */
export type Reading = 'yaml' | 'describe';

/**
 * The line that asks kubectl for an object, as one would type it. Undefined for an object that has never been
 * there; one that is gone by now is still asked for, and kubectl says so.
 */
export function questionAbout(key: string, how: Reading, { store, seq }: World): string | undefined {
  const { objects, settings } = store.tables;
  const [created = 0] = objects.writesOf(key, store.head);
  const object = objects.read(key, seq) ?? objects.read(key, created);
  if (object === undefined) return undefined;
  const { name = '', namespace } = object.metadata;
  const context = settings.read('cluster', seq)?.namespace ?? 'default';
  const place = namespace === undefined || namespace === context ? '' : ` -n ${namespace}`;
  const what = `${object.kind.toLowerCase()}/${name}${place}`;
  return how === 'yaml' ? `kubectl get ${what} -o yaml` : `kubectl describe ${what}`;
}

/**
 * What a person means who types a few words to a cluster: `deploy` is a table of all Deployments, a verb of
 * kubectl needs no `kubectl` before it, and any other line is taken as it is.
 */
export function questionOf(text: string): string {
  const line = text.trim();
  const [word = ''] = line.split(/\s+/);
  if (/^(?:kubectl|k)$/.test(word)) return line.replace(/^k\s/, 'kubectl ');
  if (line === word && resourceOf(word)) return `kubectl get ${word} -A`;
  // Another program that can be called here, or a line of the shell's own.
  if (PROGRAMS.has(word) || /^(?:for|while|until|if|[({!]|\w+=)/.test(word)) return line;
  return `kubectl ${line}`;
}
