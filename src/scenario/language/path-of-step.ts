import { isObject } from '../../cluster/objects/json.ts';
import type { Path } from './span-at.ts';

/** Where a step stands in a scenario's document, by its number in the story or in a branch of it; 1-based. */
export function pathOfStep(document: unknown, step: number, branch?: string): Path {
  const placed = placedIn(document, []);
  if (branch === undefined) return placed[step - 1]?.path ?? [];
  const told = branchNamed(placed, branch);
  return told ? [...told, 'steps', step - 1] : [];
}

interface Placed {
  readonly value: unknown;
  readonly path: Path;
}

/** The steps of a story, or of a branch at its place. */
function placedIn(story: unknown, at: Path): readonly Placed[] {
  return ['setup', 'steps', 'teardown'].flatMap((key) => {
    const list = isObject(story) ? story[key] : undefined;
    return Array.isArray(list) ? list.map((value, index) => ({ value, path: [...at, key, index] })) : [];
  });
}

/** Where the branch of a name stands, which may be told of in another one. */
function branchNamed(steps: readonly Placed[], name: string): Path | undefined {
  for (const { value, path } of steps) {
    const own = isObject(value) ? value['branch'] : undefined;
    if (!isObject(own)) continue;
    const at = [...path, 'branch'];
    const found = own['name'] === name ? at : branchNamed(placedIn(own, at), name);
    if (found) return found;
  }
  return undefined;
}
