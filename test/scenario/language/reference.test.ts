import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  gapsIn,
  publishedSchema,
  readReference,
  referencePage,
} from '../../../scripts/language/reference.ts';
import { loadScenario } from '../../../src/scenario/language/load-scenario.ts';
import { printDiagnostic } from '../../../src/scenario/language/print-diagnostic.ts';

const root = new URL('../../../', import.meta.url);
const reference = readReference(root);

test('every key has a meaning, and an example in docs/language or in a bundled scenario', () => {
  expect(gapsIn(reference)).toEqual([]);
});

test('the published schema and page are those of the language; `npm run generate` writes them', () => {
  const read = (name: string): string => readFileSync(new URL(`docs/${name}`, root), 'utf8');
  expect(JSON.parse(read('scenario.schema.json'))).toEqual(publishedSchema(reference));
  expect(read('scenario-language.md')).toBe(referencePage(reference));
});

describe('the examples of the page load', () => {
  const folder = new URL('docs/language/', root);
  const read = (name: string): string => readFileSync(new URL(name, folder), 'utf8');
  const parts = Object.fromEntries(
    readdirSync(new URL('parts/', folder)).map((name) => [`parts/${name}`, read(`parts/${name}`)]),
  );

  test.each(readdirSync(folder).filter((name) => name.endsWith('.yaml')))('%s', (name) => {
    const files = { ...parts, [name]: read(name) };
    const { diagnostics } = loadScenario(files, name);
    expect(diagnostics.map((each) => printDiagnostic(each, files)).join('\n')).toBe('');
  });
});
