import { closeSync, existsSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { createLogEncoder, LOG_FORMAT_VERSION } from '../../src/kernel/log/log-format.ts';
import { syntheticLog } from '../synthetic-log.ts';

const ENTRIES = 1_000_000;
const PODS = 10_000;

/**
 * The file of a log of a million entries, written by whoever needs it first. KUBEREEL_BENCH_LOG names another
 * log instead, as one that `kubereel run … -o` wrote.
 */
export function longLogFile(): string {
  const given = process.env['KUBEREEL_BENCH_LOG'];
  if (given !== undefined) return given;
  const folder = '.cache';
  const path = join(folder, `long-log-${ENTRIES}-${LOG_FORMAT_VERSION}.ndjson`);
  if (existsSync(path)) return path;
  mkdirSync(folder, { recursive: true });
  const beside = `${path}.${process.pid}`;
  writeLog(beside);
  renameSync(beside, path);
  return path;
}

function writeLog(path: string): void {
  const encoder = createLogEncoder();
  const file = openSync(path, 'w');
  let pending = encoder.header({
    kubereel: 'log',
    formatVersion: LOG_FORMAT_VERSION,
    product: '0.0.0',
    seed: 'bench',
    scenario: { name: 'synthetic', digest: '0' },
  });
  for (const entry of syntheticLog(PODS, ENTRIES)) {
    pending += encoder.entry(entry);
    if (pending.length < 1 << 20) continue;
    writeSync(file, pending);
    pending = '';
  }
  writeSync(file, pending + encoder.end());
  closeSync(file);
}
