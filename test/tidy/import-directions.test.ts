import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { afterAll, expect, test } from 'vitest';
import config from '../../.dependency-cruiser.mjs';
import { root } from './project-files.ts';

/**
 * A small source tree inside the project, so that its packages are found; every file breaks the rules named.
 */
const probes: Readonly<Record<string, readonly [text: string, ...rules: string[]]>> = {
  'package.json': ['{"dependencies":{"ink":"*","rxjs":"*","yaml":"*"},"devDependencies":{"typescript":"*"}}'],
  'src/cluster/objects/pod.ts': ["import '../model.ts';", 'layer-cluster-objects'],
  'src/cluster/model.ts': ["import './objects/pod.ts';", 'no-cycles'],
  'src/kernel/time.ts': ["import '../cluster/objects/quantity.ts';", 'layer-kernel'],
  'src/kernel/log.ts': ["import 'yaml';", 'kernel-libraries'],
  'src/cluster/objects/quantity.ts': ["import 'yaml';"],
  'src/cluster/node/probe.ts': ["import type { a } from '../scheduler/queue.ts';", 'layer-cluster-node'],
  'src/cluster/scheduler/queue.ts': ['export const a = 1;'],
  'src/scenario/read.ts': ["import 'node:fs';", 'pure-no-node'],
  'src/report/page.ts': ["import 'fs/promises';", 'pure-no-node'],
  'src/report/watch.ts': ["import 'rxjs';", 'pure-libraries'],
  'src/replay/fork.ts': ["import '../cluster/scheduler/queue.ts';"],
  'src/replay/seek.ts': ["import './fork.ts';", 'replay-runs-nothing'],
  'src/tui/app.tsx': ["import 'ink'; import 'rxjs';"],
  'src/cli/main.ts': ["import '../tui/app.tsx';", 'tui-loaded-lazily'],
  'src/cli/play.ts': ["export const play = () => import('../tui/app.tsx');"],
  'src/cli/list.ts': ["import 'ink';", 'screen-libraries-in-tui'],
  'src/cli/run.ts': ["import 'typescript';", 'no-dev-dependencies'],
  'src/cli/export.ts': ["import './nothing.ts';", 'resolvable'],
  'src/cli/help.ts': ["import '../../test/help.ts';", 'src-stands-alone'],
  'test/help.ts': ["import '../src/cluster/model.ts';"],
};

mkdirSync(join(root, '.cache'), { recursive: true });
const folder = mkdtempSync(join(root, '.cache/import-directions-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('each rule stops the import that it is made for, and no other', async () => {
  for (const [file, [text]] of Object.entries(probes)) {
    mkdirSync(join(folder, dirname(file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  const { output } = await cruise(['src'], {
    ...config.options,
    baseDir: folder,
    validate: true,
    ruleSet: config,
  });
  const { violations } = (output as ICruiseResult).summary;
  const found = violations.map(({ from, rule }) => `${from} breaks ${rule.name}`);
  const expected = Object.entries(probes).flatMap(([file, [, ...rules]]) =>
    rules.map((rule) => `${file} breaks ${rule}`),
  );
  expect(found.sort()).toEqual(expected.sort());
});

test('every rule has a probe, and some layer does', () => {
  const probed = new Set(Object.values(probes).flatMap(([, ...rules]) => rules));
  const names = config.forbidden?.map(({ name }) => name ?? '') ?? [];
  expect(names.filter((name) => !probed.has(name) && !name.startsWith('layer-'))).toEqual([]);
  expect(names).toEqual(expect.arrayContaining([...probed]));
});
