import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { ran } from '../support/run-program.ts';

const folder = mkdtempSync(join(tmpdir(), 'kubereel-import-'));
afterAll(() => rmSync(folder, { recursive: true }));
const path = (name: string): string => join(folder, name);

const settings = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: {
    name: 'settings',
    namespace: 'shop',
    resourceVersion: '7',
    creationTimestamp: '2026-03-01T10:00:00Z',
  },
  data: { colour: 'red' },
};
const changed = {
  ...settings,
  metadata: { ...settings.metadata, resourceVersion: '8' },
  data: { colour: 'blue' },
};
const line = (type: string, object: object): string => `${JSON.stringify({ type, object })}\n`;

test('a watch becomes a log that other commands take, and what is damaged in it is told', async () => {
  writeFileSync(path('watch.json'), `${line('ADDED', settings)}${line('MODIFIED', changed)}{"type":`);
  const log = path('past.log');
  const imported = await ran('import', path('watch.json'), '-o', log);
  expect(imported).toMatchObject({ code: 2 });
  expect(imported.stderr).toContain('watch.json:3: it is no JSON, or was cut off');
  const state = await ran('state', log, 'configmap/settings', '-n', 'shop', '-o', 'json');
  expect(JSON.parse(state.stdout)).toMatchObject({ data: { colour: 'blue' } });
  const fork = await ran('fork', log, '--run', 'kubectl get pods');
  expect(fork.code).toBe(2);
});

test('a dump becomes a folder with a scenario, which is not written over another', async () => {
  writeFileSync(path('dump.yaml'), JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [settings] }));
  const into = `${path('shop')}/`;
  expect(await ran('import', path('dump.yaml'), '-o', into)).toMatchObject({ code: 0 });
  expect(readFileSync(path('shop/scenario.yaml'), 'utf8')).toContain('kubectl create namespace shop');
  expect(await ran('import', path('dump.yaml'), '-o', into)).toMatchObject({ code: 2 });
  expect(await ran('import', path('dump.yaml'), '-o', into, '--force')).toMatchObject({ code: 0 });
});

test('what holds nothing of a past is refused', async () => {
  writeFileSync(path('notes.txt'), 'to do\n');
  const { code, stderr } = await ran('import', path('notes.txt'), '-o', path('none.log'));
  expect({ code, stderr }).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('nothing of a cluster'),
  });
});
