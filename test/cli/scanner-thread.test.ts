import { createHash } from 'node:crypto';
import { mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { syntheticLog } from '../../bench/synthetic-log.ts';
import { scanChunks } from '../../src/cli/scanned-chunks.ts';
import { type Scanned, startScanner } from '../../src/cli/scanner-thread.ts';
import { logText } from '../support/log-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'kubereel-'));
const scanner = join(folder, 'log-scanner.js');
const path = join(folder, 'long.log');

beforeAll(async () => {
  await build({
    entryPoints: ['src/cli/log-scanner.ts'],
    outfile: scanner,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  });
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
});

afterAll(() => rmSync(folder, { recursive: true }));

/** What is given, with a digest in the place of numbers of which there may be millions. */
function briefOf(scanned: Scanned): unknown {
  if (!('lines' in scanned)) return scanned;
  const { bytes, lines, times, ...others } = scanned.lines;
  const digests = [bytes, lines, times].map((each) => createHash('sha1').update(each).digest('hex'));
  return { ...others, digests };
}

/** All that the thread gives, to its end. */
function givenBy(file: string): readonly unknown[] {
  const thread = startScanner(file, pathToFileURL(scanner));
  const given: unknown[] = [];
  for (;;) {
    const scanned = thread?.next();
    if (!scanned) throw new Error('the thread is not heard of');
    given.push(briefOf(scanned));
    if (!('lines' in scanned)) break;
  }
  thread?.close();
  return given;
}

/** The same, scanned here; the thread begins after the first chunk. */
function scannedHere(file: string): readonly unknown[] {
  const chunks = scanChunks(openSync(file, 'r'));
  const lines = [...{ [Symbol.iterator]: () => chunks }].slice(1).map((each) => briefOf({ lines: each }));
  return [...lines, { readSoFar: chunks.readSoFar() }];
}

describe('the thread that scans a long log', () => {
  const text = logText([...syntheticLog(300, 6000)]);

  test('gives the chunks that are scanned without it, and how the log was read', () => {
    writeFileSync(path, text);
    const given = givenBy(path);
    expect(given.length).toBeGreaterThan(2);
    expect(given).toEqual(scannedHere(path));
    expect(given.at(-1)).toMatchObject({ readSoFar: { damage: undefined, end: { count: 6000 } } });
  });

  test('tells where the log was changed', () => {
    const at = text.length - 100_000;
    writeFileSync(path, `${text.slice(0, at)}!${text.slice(at + 1)}`);
    const given = givenBy(path);
    expect(given).toEqual(scannedHere(path));
    const line = text.slice(0, at).split('\n').length;
    expect(given.at(-1)).toMatchObject({ readSoFar: { damage: { line } } });
  });

  test('tells why it could not go on', () => {
    expect(givenBy(join(folder, 'nothing.log'))).toEqual([{ failure: expect.stringContaining('ENOENT') }]);
  });

  test('is not there where it has not been bundled', () => {
    expect(startScanner(path)).toBeUndefined();
  });
});
