import { isObject } from '../../cluster/objects/json.ts';
import type { Path } from './span-at.ts';

/** Where a step stands in a scenario's document, by its number in the story or in a branch of it; 1-based. */
export function pathOfStep(document: unknown, step: number, branch?: string): Path {
  const paths = (['setup', 'steps', 'teardown'] as const).flatMap((key) => {
    const list = isObject(document) ? document[key] : undefined;
    return Array.isArray(list) ? list.map((value: unknown, index) => ({ value, path: [key, index] })) : [];
  });
  if (branch === undefined) return paths[step - 1]?.path ?? [];
  const told = paths.find(({ value }) => {
    const own = isObject(value) ? value['branch'] : undefined;
    return isObject(own) && own['name'] === branch;
  });
  return told ? [...told.path, 'branch', 'steps', step - 1] : [];
}
