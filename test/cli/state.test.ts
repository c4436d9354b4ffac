import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeLog } from '../support/log-files.ts';
import { playedLog } from '../support/play-scenario.ts';
import { podLog } from '../support/pod-log.ts';
import { ran } from '../support/run-program.ts';
import { createScratch } from '../support/scenario-folder.ts';

const scratch = createScratch();
const small = join(scratch.path, 'small.log');
const whole = join(scratch.path, 'whole.log');

beforeAll(() => {
  writeLog(small, podLog);
  writeLog(whole, playedLog('liveness-failure'));
});
afterAll(() => scratch.remove());

describe('kubereel state', () => {
  test('tells in short how the world is', async () => {
    const { code, stdout } = await ran('state', whole, '--at', '1m20s');
    expect({ code, stdout: stdout.replace(/entry \d+/, 'entry N') }).toEqual({
      code: 0,
      stdout: `test at 01:20.000 (entry N), step 17 of 27
Nodes
  2, all ready
Pods
  1 Running
Workloads
  none
Unhealthy
  pod/liveness-exec  Running 1/1, restarts 1, exit code 137 (Error)
    Unhealthy: Liveness probe failed: cat: can't open '/tmp/healthy': No such file or directory
`,
    });
  });

  test('tells the same in Korean', async () => {
    const { stdout } = await ran('state', whole, '--at', '1m20s', '--lang', 'ko');
    expect(stdout).toContain('노드\n  2개, 모두 준비됨\n');
    expect(stdout).toContain('건강하지 않은 것\n  pod/liveness-exec  Running 1/1');
  });

  test('knows a world before its cluster', async () => {
    const { code, stdout } = await ran('state', small, '--at', 'start');
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: 'test at 00:00.000 (entry 0)\nThere is no cluster yet.\n',
    });
  });

  test('is a List of all objects for programs', async () => {
    const { stdout } = await ran('state', small, '--at', '2s', '--json');
    const list = JSON.parse(stdout);
    expect(list).toMatchObject({ apiVersion: 'v1', kind: 'List' });
    expect(list.items).toHaveLength(1);
    expect(list.items[0]).toMatchObject({ kind: 'Pod', status: { phase: 'Pending' } });
  });

  test.each([
    [['pods', '-o', 'wide'], 'get pods -o wide'],
    [['pod/liveness-exec', '-o', 'yaml'], 'get pod/liveness-exec -o yaml'],
    [['nodes,pods', '-o', 'name'], 'get nodes,pods -o name'],
    [['pods', '-A', '-l', 'test=liveness'], 'get pods -A -l test=liveness'],
    [['cm', '-n', 'kube-system'], 'get cm -n kube-system'],
    [['pods', '--json'], 'get pods -o json'],
  ])('of %j is what kubectl %s prints', async (args, line) => {
    const table = await ran('state', whole, ...args, '--at', '2m');
    const asked = await ran('kubectl', whole, '--at', '2m', '--', ...line.split(' '));
    expect(table).toEqual(asked);
    expect(table.code).toBe(0);
    expect(table.stdout).not.toBe('');
  });

  test.each([
    [['pdos'], 'there is no kind of objects called "pdos": did you mean'],
    [['-o', 'yaml'], 'name what it shows'],
    [['-n', 'defualt'], 'nothing in this log has --namespace "defualt": did you mean default?'],
    [['--at', '999999'], /there is no entry 999999: the first is 1, the last \d+/],
    [['--at', 'step:99'], 'there is no step 99: the last is step:27'],
    [['--at', '10h'], /there is nothing at 10:00:00\.000: the log ends at \d+:\d\d/],
    [['--at', 'soon'], 'It is a time such as 90s'],
  ])('%j is refused', async (args, says) => {
    const { code, stdout, stderr } = await ran('state', whole, ...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(says);
  });
});
