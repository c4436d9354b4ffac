import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { createLogReader } from '../../src/kernel/log/read-log.ts';
import { buildCli, builtCli } from '../support/built-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'kubereel-serve-'));
const path = (name: string): string => join(folder, name);
beforeAll(() => buildCli());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Serves until it says that it does, and then until it is told to end. */
async function served(...options: readonly string[]) {
  const child = spawn(process.execPath, [builtCli, 'serve', '--port', '0', ...options], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [told, beside] = ['', ''];
  child.stderr.on('data', (piece) => {
    beside += String(piece);
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  await new Promise<void>((resolve) => {
    void ended.then(() => resolve());
    child.stdout.on('data', (piece) => {
      told += String(piece);
      if (told.includes('Ctrl-C')) resolve();
    });
  });
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    child.kill(signal);
    return await ended;
  };
  return { end, ended, told: () => told, beside: () => beside };
}

describe('kubereel serve', () => {
  test('lets in by a file of the owner alone, and ends with its log whole when asked to', async () => {
    const [config, log] = [path('kubeconfig'), path('run.log')];
    writeFileSync(config, '# Written by kubereel serve for one run, and removed with its end.\n', {
      mode: 0o644,
    });
    const { end, told } = await served('--kubeconfig', config, '-o', log, '--nodes', '1');
    expect(statSync(config).mode & 0o777).toBe(0o600);
    const text = readFileSync(config, 'utf8');
    const [, url = '', token = ''] = /server: (\S+)[\s\S]*token: (\S+)/.exec(text) ?? [];
    expect(told()).toContain(url);
    expect(token.length).toBeGreaterThan(20);
    expect(await end('SIGTERM')).toBe(0);
    expect(existsSync(config)).toBe(false);
    const reader = createLogReader();
    for (const line of readFileSync(log, 'utf8').trimEnd().split('\n')) reader.line(line);
    const { damage, entries } = reader.finish();
    expect(damage).toBeUndefined();
    expect(entries.length).toBeGreaterThan(10);
  });

  test('leaves a kubeconfig alone that somebody else has written', async () => {
    const config = path('mine');
    writeFileSync(config, 'apiVersion: v1\n');
    const { ended, beside } = await served('--kubeconfig', config);
    expect(await ended).toBe(2);
    expect(beside()).toContain('name another file with --kubeconfig');
    expect(readFileSync(config, 'utf8')).toBe('apiVersion: v1\n');
  });

  test('goes on where a run that was killed has left its kubeconfig, which kubectl had changed', async () => {
    const config = path('left');
    const killed = await served('--kubeconfig', config, '--nodes', '1');
    await killed.end('SIGKILL');
    // Without comments, as kubectl writes it.
    writeFileSync(config, stringify(parse(readFileSync(config, 'utf8'))));
    const { end, told } = await served('--kubeconfig', config, '--nodes', '1');
    expect(told()).toContain('is served at');
    expect(await end('SIGTERM')).toBe(0);
  });

  test('warns where other machines can come to it, and keeps the log when it is killed', async () => {
    const [config, log] = [path('open'), path('killed.log')];
    const { end, beside } = await served('--address', '0.0.0.0', '--kubeconfig', config, '-o', log);
    expect(beside()).toContain('0.0.0.0 can be reached from other machines');
    await end('SIGKILL');
    const reader = createLogReader();
    for (const line of readFileSync(log, 'utf8').trimEnd().split('\n')) reader.line(line);
    expect(reader.finish().entries.length).toBeGreaterThan(10);
  });
});
