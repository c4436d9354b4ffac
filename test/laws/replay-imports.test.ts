import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const src = fileURLToPath(new URL('../../src', import.meta.url));

describe('replaying runs no component', () => {
  test('the timeline reaches the tables and their fold, and nothing that decides', () => {
    const reached = new Set<string>();
    follow(join(src, 'replay/timeline.ts'), reached);
    const paths = [...reached].map((file) => relative(src, file));
    expect(paths).toContain('cluster/world/evolve.ts');
    const deciding =
      /^cluster\/(apiserver|controllers|scheduler|node|network|clients|faults|runtime|model|genesis)/;
    expect(paths.filter((path) => deciding.test(path) || /^kernel\/(run|chance)\//.test(path))).toEqual([]);
  });
});

/** Follows value imports; types are gone when the code runs. */
function follow(file: string, reached: Set<string>): void {
  if (reached.has(file) || !existsSync(file)) return;
  reached.add(file);
  for (const [, type, from] of readFileSync(file, 'utf8').matchAll(
    /^(?:import|export) (type )?[^;]*?from '(\.[^']+)'/gm,
  )) {
    if (!type && from) follow(join(dirname(file), from), reached);
  }
}
