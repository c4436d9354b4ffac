import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../../scripts/bundle-cli.mjs';
import { buildCli, kubereel } from '../support/built-cli.ts';
import { createScratch } from '../support/scenario-folder.ts';
import { buildWrongCli } from '../support/wrong-cli.ts';

const scratch = createScratch();
let wrong = '';

beforeAll(async () => {
  await buildCli();
  wrong = await buildWrongCli();
  cpSync(join(root, 'scenarios/rolling-update'), join(scratch.path, 'rolling-update'), { recursive: true });
});
afterAll(() => scratch.remove());

function tested(program: string | undefined, ...args: string[]) {
  return kubereel(['test', ...args], { cwd: scratch.path, ...(program !== undefined && { program }) });
}

function kept(file: string): readonly string[] {
  return readFileSync(join(scratch.path, 'snapshots', file), 'utf8').split('\n');
}

test('a surge that is rounded down fails the library, in words that name the fault; a snapshot tells what changed', () => {
  expect(tested(undefined, '--update').code).toBe(0);
  const [before, told] = [kept('rolling-update.ndjson'), kept('rolling-update.en.txt')];

  const { code, stdout } = tested(wrong);
  expect(code).toBe(1);
  expect(stdout).toContain(
    `wanted   never ReplicaSet: metadata.annotations.deployment.kubernetes.io/max-replicas not "4"
  found    ReplicaSet default/web-57b46564bb: metadata.annotations['deployment.kubernetes.io/max-replicas'] is "3"`,
  );
  expect(stdout).toMatch(
    /wanted +Deployment web: status\.availableReplicas >= 3\n +found .* is 2, wanted >= 3\n +at .*, it was so until /,
  );
  expect(stdout).toMatch(/deployment-controller +ReplicaSet web-57b46564bb: spec\.replicas 3 → 2/);
  expect(stdout).toMatch(/see it +kubereel play rolling-update\/scenario\.yaml --at \d+/);
  expect(stdout).toContain('object.metadata.annotations.deployment.kubernetes.io/max-replicas: "4" → "3"');

  expect(tested(wrong, '--update').code).toBe(1);
  const after = kept('rolling-update.ndjson');
  const parts = after.findIndex((line, index) => line !== before[index]);
  expect(before[parts]).toContain('"deployment.kubernetes.io/max-replicas":"4"');
  expect(after[parts]).toContain('"deployment.kubernetes.io/max-replicas":"3"');
  const changed = kept('rolling-update.en.txt').filter((line) => !told.includes(line));
  expect(changed.join('\n')).toContain('MISSED: Deployment web: status.availableReplicas >= 3');
});
