import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildCli, kubereel } from '../support/built-cli.ts';
import { writeLog } from '../support/log-files.ts';
import { podLog } from '../support/pod-log.ts';
import { ran } from '../support/run-program.ts';
import { createScratch, scenarioText } from '../support/scenario-folder.ts';

const scratch = createScratch();
const log = join(scratch.path, 'run.log');
const own = join(scratch.path, 'own.log');
const small = join(scratch.path, 'small.log');
const branch = join(scratch.path, 'branch.log');

const CONFIG = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: mine }\ndata: { a: b }\n';

beforeAll(async () => {
  await ran('run', 'self-healing', '-o', log);
  writeLog(small, podLog);
  scratch.write(
    'own/scenario.yaml',
    scenarioText('steps:\n  - run: kubectl create configmap cm --from-literal=a=b\n  - wait: 10s\n'),
  );
  await ran('run', join(scratch.path, 'own'), '-o', own);
});
afterAll(() => scratch.remove());

describe('kubereel fork', () => {
  test('prints what was typed and what is otherwise, and keeps the branch', async () => {
    const line = 'kubectl create configmap mine --from-literal=a=b';
    const { code, stdout, stderr } = await ran(
      'fork',
      log,
      '--at',
      'step:2',
      '--run',
      line,
      '--run',
      'kubectl get cm mine',
      '-o',
      branch,
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(
      `$ ${line}\nconfigmap/mine created\n$ kubectl get cm mine\nNAME   DATA   AGE\nmine   1      `,
    );
    expect(stdout).toMatch(/^Forked after entry \d+, at \d\d:\d\d\.\d{3}\.\n/);
    expect(stdout).toContain('  + ConfigMap mine\n');
    expect(stdout).toContain(`The branch is in ${branch}`);
    const kept = await ran('kubectl', branch, '--', 'get', 'cm', 'mine', '-o', 'jsonpath={.data.a}');
    expect(kept).toEqual({ code: 0, stdout: 'b', stderr: '' });
    const header = JSON.parse(readFileSync(branch, 'utf8').split('\n')[0] ?? '');
    expect(header.branches).toEqual([{ name: 'branch', of: 'main', entry: expect.any(Number) }]);
    const { stdout: again } = await ran('diff', log, branch, '--at', '20s');
    expect(again).toContain('  + ConfigMap mine\n');
  });

  test('shares with the original all that was before', async () => {
    const at = 40;
    const { stdout } = await ran(
      'fork',
      log,
      '--at',
      String(at),
      '--run',
      'kubectl get nodes',
      '-o',
      branch,
      '--json',
    );
    const { forked } = JSON.parse(stdout);
    expect(forked.seq).toBeGreaterThanOrEqual(at);
    const [one, other] = [log, branch].map((path) =>
      readFileSync(path, 'utf8')
        .split('\n')
        .slice(1, forked.seq + 1),
    );
    const entriesOf = (lines: readonly string[] = []) => lines.map((line) => line.replace(/,"sum":.*/, ''));
    expect(entriesOf(other)).toEqual(entriesOf(one));
  });

  test('types between two entries when it is asked to', async () => {
    const { stdout } = await ran(
      'fork',
      log,
      '--at',
      '3.5s',
      '--run',
      'kubectl get nodes',
      '--for',
      '5s',
      '--json',
    );
    const { forked, until, typed } = JSON.parse(stdout);
    expect(forked.at).toBe(3500);
    expect(typed[0].at).toBeGreaterThanOrEqual(3500);
    expect(typed[0].at).toBeLessThan(3510);
    expect(until.at).toBe(8500);
  });

  test('tells programs what was typed, printed and became otherwise', async () => {
    const { code, stdout } = await ran(
      'fork',
      log,
      '--run',
      'kubectl delete rs --all',
      '--run',
      'kubectl get deploy nope',
      '--json',
    );
    expect(code).toBe(1);
    const { typed, difference } = JSON.parse(stdout);
    expect(typed.map(({ exitCode }: { exitCode: number }) => exitCode)).toEqual([0, 1]);
    expect(typed[1].printed).toContain('NotFound');
    expect(difference.shared.seq).toBeGreaterThan(10);
    expect(difference.objects).toContainEqual(
      expect.objectContaining({ kind: 'ReplicaSet', change: 'went' }),
    );
  });

  test.each([
    ['rs/web.replicas=2', '  ~ ReplicaSet web: spec.replicas 3 → 2'],
    ["rs/web.spec.template.metadata.labels['a.b/c']=d", 'spec.template.metadata.labels.a.b/c d'],
  ])('gives %s in an object that is there', async (set, differs) => {
    const { code, stdout, stderr } = await ran('fork', log, '--at', '20s', '--for', '5s', '--set', set);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^\$ kubectl patch replicaset\/web --type=json -p /m);
    expect(stdout).toContain(differs);
  });

  test('makes an object otherwise that can not be changed, and goes on with what is typed', async () => {
    const set = ['--set', 'pod/liveness-exec.failureThreshold=10', '--run', 'kubectl get pods'];
    const args = ['liveness-failure', '--at', '50s', '--for', '1m10s', ...set, '--json'];
    const { code, stdout, stderr } = await ran('fork', ...args);
    expect(code).toBe(0);
    expect(stderr).toContain('can not be changed while the object is there');
    const { typed, difference } = JSON.parse(stdout);
    expect(typed[0].line).toContain('failureThreshold: 10');
    expect(typed[1]).toMatchObject({ line: 'kubectl get pods', exitCode: 0 });
    expect(typed[1].at).toBeGreaterThanOrEqual(50_000);
    const killed = difference.events.find(({ reason }: { reason: string }) => reason === 'Killing');
    expect(killed).toMatchObject({ left: { count: 1 }, right: { count: 1 } });
    // Seven probes more, five seconds apart.
    expect(killed.right.first - killed.left.first).toBe(35_000);
  });

  test('goes on from a log whose scenario is not at hand, and says so', async () => {
    const { code, stdout, stderr } = await ran(
      'fork',
      own,
      '--at',
      '3s',
      '--run',
      'kubectl get cm cm',
      '--for',
      '1s',
    );
    expect(code).toBe(0);
    expect(stderr).toContain('the scenario "small" of this log is not at hand');
    expect(stdout).toContain('\ncm     1      ');
  });

  test('of a branch goes on with what was typed there', async () => {
    await ran('fork', log, '--at', 'step:2', '--run', 'kubectl create configmap mine', '-o', branch);
    const { code, stdout } = await ran('fork', branch, '--run', 'kubectl get cm mine -o name', '--for', '1s');
    expect({ code, has: stdout.includes('\nconfigmap/mine\n') }).toEqual({ code: 0, has: true });
  });

  test.each([
    [[log], 'say what is typed there: --run "kubectl …"'],
    [[log, '--set', 'rs/web'], '"rs/web" gives no field a value'],
    [[log, '--set', 'rs/web=3'], '"rs/web=3" gives no field a value'],
    [[log, '--set', 'rs/web.bogus=3'], 'it has no field bogus'],
    [[log, '--set', 'rs/wbe.replicas=3'], 'there never is an object'],
    [[log, '--at', '1', '--set', 'rs/web.replicas=3'], 'it has not been there yet by then'],
    [
      [log, '--run', 'kubectl apply -f nope.yaml'],
      'kubectl apply -f nope.yaml\n  the file nope.yaml does not exist',
    ],
    [[log, '--run', 'kubectl gte pods'], 'kubectl gte pods\n  '],
    [[log, '--run', 'helm install x'], 'helm is not simulated'],
    [[log, '--at', 'step:99', '--run', 'kubectl get pods'], 'there is no step 99'],
    [[log, '--run', 'kubectl get pods', '--for', '0s'], 'It is a time such as 5m, and more than nothing.'],
    [[small, '--run', 'kubectl get pods'], 'this was recorded from a real cluster'],
  ])('%j is refused: %s', async (args, says) => {
    const { code, stdout, stderr } = await ran('fork', ...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(says);
  });

  test('reads files of the folder that it is typed in', async () => {
    await buildCli();
    scratch.write('folder/mine.yaml', CONFIG);
    scratch.write('folder/many/one.yaml', CONFIG.replace('mine', 'one'));
    copyFileSync(log, join(scratch.path, 'folder/run.log'));
    const cwd = join(scratch.path, 'folder');
    const { stdout, code } = kubereel(
      [
        'fork',
        'run.log',
        '--at',
        '2s',
        '--for',
        '2s',
        '--run',
        'kubectl apply -f mine.yaml',
        '--run',
        'kubectl apply -f many/',
      ],
      { cwd },
    );
    expect({ code, stdout }).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('configmap/mine created'),
    });
    expect(stdout).toContain('configmap/one created');
  });
});
