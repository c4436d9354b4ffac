import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { layers } from '../../scripts/layers.mjs';
import { largeFiles } from './exceptions.ts';
import { linesMatching, ourTexts, projectFiles, read, root, sizeOf, texts } from './project-files.ts';

const LARGEST_FILE_BYTES = 200_000;

test('no file is larger than 200 kB, but for those in exceptions.ts', () => {
  const limitOf = (file: string): number => {
    const listed = Object.entries(largeFiles).find(([path]) => file === path || file.startsWith(path));
    return listed?.[1] ?? LARGEST_FILE_BYTES;
  };
  expect(projectFiles.filter((file) => sizeOf(file) > limitOf(file))).toEqual([]);
});

test('JSON and YAML can be read', () => {
  const parses = (file: string): boolean => {
    if (/\.json$/.test(file)) return JSON.parse(read(file)) !== undefined;
    return parseAllDocuments(read(file)).every((document) => document.errors.length === 0);
  };
  expect(ourTexts.filter((file) => /\.(json|ya?ml)$/.test(file)).filter((file) => !parses(file))).toEqual([]);
});

test('no file knows the machine it was written on', () => {
  const simulates = /^(src|test|scenarios|snapshots)\//;
  const prose = projectFiles.filter((file) => file.endsWith('.md'));
  expect([
    ...linesMatching(texts, /(?<![\w.-])\/work\//),
    ...linesMatching(
      ourTexts.filter((file) => !simulates.test(file)),
      /(?<![\w.-])\/(root|home)\//,
    ),
    ...linesMatching(prose, /\/tmp\/(?!healthy)/),
    ...linesMatching(ourTexts, /registry\.npmjs\.|registry=https?:/),
  ]).toEqual([]);
});

interface LockedPackage {
  readonly dev?: boolean;
  readonly devOptional?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const locked: Readonly<Record<string, LockedPackage>> = JSON.parse(read('package-lock.json')).packages;

test('the lock file has the packages of every platform, or `npm ci` refuses it', () => {
  const wanted = Object.values(locked).flatMap((one) => Object.keys(one.optionalDependencies ?? {}));
  const present = new Set(Object.keys(locked).map((path) => path.split('node_modules/').at(-1)));
  expect(wanted.filter((name) => !present.has(name))).toEqual([]);
});

test('the lock file names no download address, so that any registry serves', () => {
  expect(linesMatching(['package-lock.json'], /"resolved"/)).toEqual([]);
});

test('the licence is Apache 2.0, in the package too', () => {
  expect(read('LICENSE')).toContain('Apache License\n                           Version 2.0, January 2004');
  expect(JSON.parse(read('package.json'))).toMatchObject({ license: 'Apache-2.0' });
});

test('what is shipped is under permissive licences', () => {
  const permissive = [
    '0BSD',
    'Apache-2.0',
    'BSD-2-Clause',
    'BSD-3-Clause',
    'ISC',
    'MIT',
    'Python-2.0',
    '(MIT OR CC0-1.0)',
  ];
  const shipped = Object.entries(locked).filter(([path, one]) => path && !one.dev && !one.devOptional);
  expect(shipped.length).toBeGreaterThan(5);
  const others = shipped.flatMap(([path]) => {
    const { license } = JSON.parse(read(`${path}/package.json`));
    return permissive.includes(license) ? [] : `${path}: ${license}`;
  });
  expect(others).toEqual([]);
});

test('every scenario has a snapshot, and every snapshot a scenario', () => {
  const bundled = namesIn(/^scenarios\/([^/]+)\/scenario\.yaml$/);
  // Of the examples: whoever runs `kubereel test --ci` at the root runs them, too.
  const scenarios = [...bundled, ...namesIn(/^examples\/[^/]+\/([^/]+)\.scenario\.yaml$/)].sort();
  // Of a case `NAME--VALUES`, of a branch `NAME@BRANCH`.
  expect(namesIn(/^snapshots\/([^/.]+?)(?:--|@|\.)/)).toEqual(scenarios);
});

function namesIn(path: RegExp): string[] {
  return [...new Set(projectFiles.flatMap((file) => path.exec(file)?.[1] ?? []))].sort();
}

test.skipIf(!existsSync(join(root, 'README.md')))(
  "the README's table shows the layers in their order",
  () => {
    const table = /<!-- layers -->([\s\S]*)<!-- \/layers -->/.exec(read('README.md'))?.[1] ?? '';
    const rows = table.split('\n').filter((row) => /^\| *`/.test(row));
    const named = rows.map((row) =>
      [...(row.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, name]) => name),
    );
    const folders = layers.map((row) => row.map((layer) => (layer.endsWith('.ts') ? layer : `${layer}/`)));
    expect(named.map((row) => row.sort())).toEqual(folders.map((row) => row.sort()));
  },
);
