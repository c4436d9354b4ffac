import { Document } from 'yaml';
import { isObject } from '../../cluster/objects/json.ts';

/** What a scenario was made of, and is not any more once it is put together. */
const MADE_OF: ReadonlySet<string> = new Set([
  'include',
  'parameters',
  'matrix',
  'templates',
  'setup',
  'teardown',
]);

/** A scenario that was put together from several files, as one: what it sets up with are its first steps. */
export function flatText(document: unknown): string {
  if (!isObject(document)) return '';
  const { setup, steps } = document;
  const own = Object.entries(document).filter(([key]) => !MADE_OF.has(key));
  const all = [setup, steps].flatMap((list) => (Array.isArray(list) ? list : []));
  return new Document({ ...Object.fromEntries(own), steps: all }).toString({ lineWidth: 0 });
}
