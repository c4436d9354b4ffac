import { expect, test } from 'vitest';
import { layerOf, pureFolders } from '../../scripts/layers.mjs';
import { measureFile } from './budgets.ts';
import { checkBudgets } from './check-budgets.ts';
import { exceptions } from './exceptions.ts';
import { findHostUses } from './host-bans.ts';
import { findIdleTests } from './idle-tests.ts';
import { linesMatching, ourTexts, projectFiles, read, sourceFiles } from './project-files.ts';

test('the pure part does not use the host', () => {
  const pure = new RegExp(`^src/(${pureFolders.join('|')})/`);
  expect(
    sourceFiles.filter((file) => pure.test(file)).flatMap((file) => findHostUses(file, read(file))),
  ).toEqual([]);
});

test('files and functions keep their budgets, or their exceptions, which only shrink', () => {
  const measurements = sourceFiles.flatMap((file) => measureFile(file, read(file)));
  expect(checkBudgets(measurements, exceptions)).toEqual([]);
});

test('every file of src/ has a layer', () => {
  const without = projectFiles.filter((file) => /^src\/.*\.tsx?$/.test(file) && layerOf(file) === undefined);
  expect(without, 'add the folder to scripts/layers.mjs, at its place').toEqual([]);
});

test('there is no unfinished business', () => {
  const words = ['TO' + 'DO', 'FIX' + 'ME', 'X' + 'XX'];
  expect(linesMatching(ourTexts, new RegExp(`\\b(${words.join('|')})\\b`))).toEqual([]);
});

test('every test runs and can fail', () => {
  const tests = sourceFiles.filter((file) => /\.test\.tsx?$/.test(file));
  expect(tests.flatMap((file) => findIdleTests(file, read(file)))).toEqual([]);
});
