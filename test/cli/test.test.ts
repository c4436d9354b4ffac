import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildCli, kubereel } from '../support/built-cli.ts';
import { createScratch, MISSED_SCENARIO, SMALL_SCENARIO, scenarioText } from '../support/scenario-folder.ts';

const scratch = createScratch();
const TAGGED = SMALL_SCENARIO.replace('name: small', 'name: tagged, tags: [slow]');

/** A folder of its own, with scenarios in it; what is run there. */
function suite(name: string, files: Readonly<Record<string, string>>) {
  for (const [file, text] of Object.entries(files)) scratch.write(`${name}/${file}`, text);
  const cwd = join(scratch.path, name);
  return { cwd, run: (...args: string[]) => kubereel(['test', ...args], { cwd }) };
}

beforeAll(buildCli);
afterAll(() => scratch.remove());

describe('kubereel test', () => {
  test('runs all scenarios below, in several threads, and reports them by file', () => {
    const { run } = suite('all', {
      'b/scenario.yaml': SMALL_SCENARIO,
      'a/deep/down.scenario.yaml': TAGGED,
      'node_modules/x/scenario.yaml': MISSED_SCENARIO,
      '.hidden/scenario.yaml': MISSED_SCENARIO,
    });
    const { code, stdout } = run('--jobs', '2', '--reporter', 'tap');
    expect(stdout).toBe('TAP version 14\n1..2\nok 1 - tagged\nok 2 - small\n');
    expect(code).toBe(0);
  });

  test('says of what failed what was wanted, what was there, why, and how to see it', () => {
    const { run } = suite('missed', { 'scenario.yaml': MISSED_SCENARIO });
    const { code, stdout } = run();
    expect(code).toBe(1);
    expect(stdout).toMatch(/✗ small {2}\d+ms {2}\d+ms\n/);
    expect(stdout).toContain('✗ small (step 2, scenario.yaml:8)');
    expect(stdout).toMatch(/wanted {3}output "c"\n {2}found {4}the output was wanted "c", and it is:\n +b\n/);
    expect(stdout).toMatch(/because .*\$ kubectl get configmap cm/);
    expect(stdout).toMatch(/see it {3}kubereel play scenario.yaml --at \d+\n/);
    expect(stdout).toMatch(/\n1 failed, 0 passed\n/);
  });

  test.each([
    ['what is no scenario', { 'scenario.yaml': 'stesp: []\n' }, [], 2, /unknown key "stesp"/],
    ['nothing at all', { 'x.txt': '' }, [], 2, /there is no scenario \./],
    ['a name that nothing has', { 'scenario.yaml': SMALL_SCENARIO }, ['nowhere'], 2, /no scenario nowhere/],
    ['a filter that leaves none', { 'scenario.yaml': SMALL_SCENARIO }, ['--filter', 'x'], 2, /none of the 1/],
    [
      'two of one name',
      { 'a/scenario.yaml': SMALL_SCENARIO, 'b/scenario.yaml': SMALL_SCENARIO },
      [],
      2,
      /2 scenarios are called small, .*: a\/scenario.yaml, b\/scenario.yaml/,
    ],
    ['a shard that is none', { 'scenario.yaml': SMALL_SCENARIO }, ['--shard', '3/2'], 2, /such as 1\/3/],
    ['an unknown reporter', { 'scenario.yaml': SMALL_SCENARIO }, ['--reporter', 'tup'], 2, /no reporter tup/],
    ['--ci that writes', { 'scenario.yaml': SMALL_SCENARIO }, ['--ci', '--update'], 2, /leave out --update/],
  ])('refuses %s', (what, files, args, code, words) => {
    const result = suite(what.replaceAll(/\W/g, '-'), files as Record<string, string>).run(...args);
    expect(`${result.stdout}${result.stderr}`).toMatch(words);
    expect(result.code).toBe(code);
  });

  test('keeps snapshots, compares with them, and tells of those that nobody needs', () => {
    const { cwd, run } = suite('kept', { 'small/scenario.yaml': SMALL_SCENARIO });
    expect(run().code).toBe(0);
    expect(existsSync(join(cwd, 'snapshots'))).toBe(false);
    expect(run('--update').stdout).toContain('3 snapshots were written');
    const kept = readFileSync(join(cwd, 'snapshots/small.ndjson'), 'utf8');
    expect(run('--ci').code).toBe(0);
    scratch.write('kept/small/scenario.yaml', SMALL_SCENARIO.replace('a=b', 'a=b --from-literal=c=d'));
    const { code, stdout } = run();
    expect(code).toBe(1);
    expect(stdout).toContain('it goes as kept in snapshots/small.ndjson');
    expect(stdout).toMatch(/now .*--from-literal=c=d/);
    expect(stdout).toContain('~ ConfigMap cm: data.c d');
    expect(run('--seed', '2').code).toBe(0);
    scratch.write('kept/snapshots/gone.en.txt', 'once');
    expect(run().stdout).toMatch(/1 snapshots belong to no scenario .*:\n {2}snapshots\/gone.en.txt/);
    expect(run('--update').code).toBe(0);
    expect(existsSync(join(cwd, 'snapshots/gone.en.txt'))).toBe(false);
    expect(readFileSync(join(cwd, 'snapshots/small.ndjson'), 'utf8')).not.toBe(kept);
  });

  test('in a CI, what has no snapshot fails where others have', () => {
    const { run } = suite('ci', { 'a/scenario.yaml': SMALL_SCENARIO });
    expect(run('--ci').code).toBe(0);
    expect(run('--update').code).toBe(0);
    scratch.write('ci/b/scenario.yaml', TAGGED);
    expect(run().code).toBe(0);
    const { code, stdout } = run('--ci');
    expect(code).toBe(1);
    expect(stdout).toContain('snapshots/tagged.ndjson is there to compare with');
  });

  test('stops where it is told to, and lists without running', () => {
    const { run } = suite('some', {
      'a/scenario.yaml': MISSED_SCENARIO.replace('name: small', 'name: a'),
      'b/scenario.yaml': SMALL_SCENARIO.replace('name: small', 'name: b'),
      'c/scenario.yaml': TAGGED,
    });
    expect(run('--bail', '--jobs', '1').stdout).toContain('1 failed, 0 passed, 2 not run');
    expect(run('--list', '--tag', 'slow', '--seeds', '2').stdout).toBe(
      'tagged\tc/scenario.yaml\t1\ntagged\tc/scenario.yaml\t2\n',
    );
    expect(run('c', 'b', '--shard', '1/2', '--list').stdout).toBe('b\tb/scenario.yaml\n');
    expect(run('*/scenario.yaml', '--filter', 'tag', '--list').stdout).toBe('tagged\tc/scenario.yaml\n');
  });

  test('writes reports to files beside what it prints', () => {
    const { cwd, run } = suite('reports', { 'scenario.yaml': SMALL_SCENARIO });
    const { stdout } = run(
      '--reporter',
      'dot',
      '--reporter',
      'junit=report.xml',
      '--reporter',
      'json=report.json',
    );
    expect(stdout).toMatch(/^\.\n/);
    expect(readFileSync(join(cwd, 'report.xml'), 'utf8')).toContain(
      '<testcase name="small" classname="scenario.yaml"',
    );
    expect(JSON.parse(readFileSync(join(cwd, 'report.json'), 'utf8')).totals.passed).toBe(1);
  });

  test('a story that never ends is ended by the virtual clock', () => {
    const { run } = suite('endless', { 'scenario.yaml': scenarioText('steps:\n  - wait: 10m\n') });
    const { code, stdout } = run('--timeout', '5m');
    expect(code).toBe(1);
    expect(stdout).toContain('the scenario ends within 5m0s');
  });
});
