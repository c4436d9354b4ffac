import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const tests = join(root, 'examples/vitest-manifests/test');

test('what the documentation shows of tests stands in tests of the example, which are run', () => {
  const document = readFileSync(join(root, 'docs/testing.md'), 'utf8');
  const shown = [...document.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, text = '']) => text);
  const files = readdirSync(tests).map((file) => readFileSync(join(tests, file), 'utf8'));
  expect(shown.length).toBeGreaterThan(3);
  expect(shown.filter((text) => !files.some((file) => file.includes(text)))).toEqual([]);
});
