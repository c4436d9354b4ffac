import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeLog } from '../support/log-files.ts';
import { bundledScenario, playedLog, playToEnd } from '../support/play-scenario.ts';
import { ran } from '../support/run-program.ts';
import { createScratch } from '../support/scenario-folder.ts';

const scratch = createScratch();
const log = join(scratch.path, 'run.log');
const other = join(scratch.path, 'other.log');
const lossy = join(scratch.path, 'lossy.log');

beforeAll(() => {
  const scenario = bundledScenario('liveness-failure');
  writeLog(log, playedLog('liveness-failure'));
  writeLog(other, playToEnd(scenario, '2').log);
  writeLog(lossy, playedLog('rolling-update-without-readiness'));
});
afterAll(() => scratch.remove());

const POD = 'pod/liveness-exec';
const RESTARTS = `${POD}.status.containerStatuses[0].restartCount`;

test.each(['143', '1m20.5s', '00:01:20', 'step:3', '50%', 'end-1s', 'last-warning'])(
  'kubereel play --at %s is understood too',
  async (place) => {
    const { code, stderr } = await ran('play', log, '--at', place);
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: 'note: --at is for the player: a transcript begins at the beginning\n',
    });
  },
);

describe('kubereel diff', () => {
  test.each([
    ['two options', [log, '--at', '30s', '--and', '2m']],
    ['two places', [`${log}@30s`, `${log}@2m`]],
    ['a place and an option', [`${log}@30s`, '--and', '2m']],
  ])('tells what is otherwise between two instants, named by %s', async (_how, args) => {
    const { code, stdout, stderr } = await ran('diff', ...args);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toContain('~ Pod liveness-exec: restarts 0 → 1\n');
    expect(stdout).toContain('+ Event liveness-exec: Killing: Container liveness failed liveness probe');
    expect(stdout).not.toContain('Lease');
  });

  test.each([
    [['--at', '30s', '--and', '30s']],
    [['--at', '30s', '--and', '31s', '--object', POD]],
    [['--at', '30s', '--and', '40s', '--object', RESTARTS]],
  ])('%j ends with 0, for nothing is otherwise', async (args) => {
    expect(await ran('diff', log, ...args)).toEqual({
      code: 0,
      stdout: 'Nothing is otherwise.\n',
      stderr: '',
    });
  });

  test('of an object is that of its YAML', async () => {
    const { code, stdout } = await ran('diff', log, '--at', '30s', '--and', '2m', '--object', POD);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^@@ status\.containerStatuses\.0 @@\n/m);
    expect(stdout).toContain('-    restartCount: 0\n+    restartCount: 1\n');
  });

  test('of a field is that of its value', async () => {
    const { stdout } = await ran('diff', `${log}@30s`, `${log}@2m`, '--object', RESTARTS);
    expect(stdout).toBe('@@ -1 +1 @@\n-0\n+1\n');
  });

  test('tells programs what came, went and changed', async () => {
    const { stdout } = await ran('diff', log, '--at', 'step:2', '--and', '2m', '--json');
    const { from, to, objects } = JSON.parse(stdout);
    expect({ from, to }).toMatchObject({ from: { at: 2 }, to: { at: 120_000, time: '02:00.000' } });
    expect(objects).toContainEqual(
      expect.objectContaining({ kind: 'Pod', namespace: 'default', name: 'liveness-exec', change: 'came' }),
    );
    expect(objects.some(({ kind }: { kind: string }) => kind === 'Lease')).toBe(false);
  });

  test('of two logs begins where they part', async () => {
    const { code, stdout } = await ran('diff', log, other, '--at', '50s');
    expect(code).toBe(1);
    expect(stdout).toContain('They have no entry in common.');
    expect((await ran('diff', log, log.replace('run.log', './run.log'), '--at', '50s')).code).toBe(0);
  });

  test.each([
    [[log], 'name two instants'],
    [[`${log}@soon`, `${log}@2m`], 'It is a time such as 90s'],
    [[`${log}@30s`, `${other}@40s`], 'two logs are compared as of one time'],
    [[log, '--at', '3', '--object', 'pod/livenes-exec'], 'did you mean liveness-exec?'],
    [['nothing.log', '--at', '3'], 'there is no file or folder nothing.log'],
  ])('%j is refused: %s', async (args, says) => {
    const { code, stdout, stderr } = await ran('diff', ...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(says);
  });
});

describe('kubereel why', () => {
  test('goes back to who began it, line by line', async () => {
    const { code, stdout } = await ran('why', log, RESTARTS, '--at', '1m20s');
    expect(code).toBe(0);
    const whats = stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.replace(/^\s*\d+ {2}\S+ {2}\S+\s+/, ''));
    expect(whats[0]).toBe('Pod liveness-exec: restarts 0 → 1');
    const told = whats.join('\n');
    const order = [
      'because liveness-exec: SIGKILL sent to container liveness',
      'because Event liveness-exec: Killing: Container liveness failed liveness probe, will be restarted',
      'because Warning liveness-exec: Unhealthy (x3): Liveness probe failed',
      'because Warning liveness-exec: Unhealthy: Liveness probe failed',
      'because Pod liveness-exec: bound to',
      'because created Pod liveness-exec',
      'because $ kubectl apply -f exec-liveness.yaml',
      'So it began: somebody typed it, in step 2.',
    ].map((part) => told.indexOf(part));
    expect(order.every((place) => place > 0)).toBe(true);
    expect(order).toEqual([...order].sort((a, b) => a - b));
  });

  test('is the same of the entry, and for programs', async () => {
    const { stdout } = await ran('why', log, RESTARTS, '--at', '1m20s', '--json');
    const { of, causes, origin } = JSON.parse(stdout);
    expect(of).toMatchObject({ what: 'Pod liveness-exec: restarts 0 → 1', object: { kind: 'Pod' } });
    expect(origin).toEqual({ kind: 'typed', step: 2 });
    expect(causes.at(-1)).toMatchObject({ type: 'CommandTyped', cause: null });
    const { request, ...same } = JSON.parse((await ran('why', log, String(of.seq), '--json')).stdout);
    expect(same).toEqual({ of, causes, origin });
    expect(request[0]).toBe('patch pods/status default/liveness-exec');
  });

  test.each([
    'node/node-1',
    'ns/default',
    'cm/kube-root-ca.crt',
    'node/node-1.status.conditions',
    'last-warning',
    '1m',
  ])('may be asked of %s', async (subject) => {
    const { code, stdout, stderr } = await ran('why', log, subject);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/\nSo it began: |^ *\d+ .*\nSo it began: /);
  });

  test('tells all causes, when asked to', async () => {
    const count = async (...args: readonly string[]) =>
      JSON.parse((await ran('why', log, RESTARTS, '--json', ...args)).stdout).causes.length;
    expect(await count('--all')).toBeGreaterThan(await count());
  });

  test('tells what requests were lost to', async () => {
    const { code, stdout } = await ran('why', lossy, 'traffic/customers', '--json');
    expect(code).toBe(0);
    const reasons = [JSON.parse(stdout)].flat();
    expect(reasons.length).toBeGreaterThan(0);
    for (const { lost, of, origin } of reasons) {
      expect(lost).toMatch(/^\d+ (refused|timed out|reset|unreachable)/);
      expect(of.seq).toBeGreaterThan(0);
      expect(origin.kind).toBe('typed');
    }
    // Each of the requests has the reason of its group.
    for (const { of, requests } of reasons) {
      const [number] = requests.split(/[-,]/);
      const one = JSON.parse((await ran('why', lossy, `traffic/customers/${number}`, '--json')).stdout);
      expect(one).toMatchObject({
        of: { seq: of.seq },
        requests: number,
        lost: expect.stringMatching(/^1 /),
      });
    }
    const { stdout: text } = await ran('why', lossy, 'traffic/customers');
    expect(text).toMatch(/^\d+ refused by shop-\S+ \(\S+\) between .*: nobody listens on port 8080 yet\n/);
    expect(text).toContain('\n… and so on, as above.\n\n');
  });

  test.each([
    ['liveness', 'name an entry (412), an object (pod/web)'],
    ['pod/nobody', 'there never is an object "nobody" of that kind'],
    ['traffic/shop', 'there is no client "shop": this log has no traffic by then'],
    ['99999', 'there is no entry 99999: the first is 1'],
    ['pod/liveness-http', 'it has not been there yet by then', '--at', '30s'],
  ])('%s is refused: %s', async (subject, says, ...more) => {
    const { code, stdout, stderr } = await ran('why', log, subject, ...more);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(says);
  });
});

describe('kubereel then', () => {
  test('tells what followed, and is why the other way round', async () => {
    const killing = JSON.parse(
      (await ran('log', log, '--reason', 'Killing', '--limit', '1', '--json')).stdout,
    );
    const { stdout } = await ran('then', log, String(killing.seq), '--json');
    const { of, effects } = JSON.parse(stdout);
    expect(of.seq).toBe(killing.seq);
    const restart = effects.find(({ what }: { what: string }) => what.includes('restarts 0 → 1'));
    expect(restart.depth).toBeGreaterThan(1);
    const { causes } = JSON.parse((await ran('why', log, String(restart.seq), '--json')).stdout);
    expect(causes.map(({ seq }: { seq: number }) => seq)).toContain(killing.seq);
  });

  test('says so when nothing followed', async () => {
    const { stdout, stderr, code } = await ran('then', log, 'end');
    expect({ code, stderr }).toEqual({ code: 0, stderr: 'Nothing followed from it.\n' });
    expect(stdout.split('\n')).toHaveLength(2);
  });
});

describe('kubereel kubectl', () => {
  test('answers as of then', async () => {
    const early = await ran('kubectl', log, '--at', '20s', '--', 'get', 'pods');
    expect(early.stdout).toBe(
      'NAME            READY   STATUS    RESTARTS   AGE\nliveness-exec   1/1     Running   0          20s\n',
    );
    const later = await ran('kubectl', log, '--at', '1m20s', '--', 'kubectl', 'get', 'pods');
    expect(later.stdout).toMatch(/Running {3}1 \(5s ago\)/);
  });

  test('ends as kubectl does', async () => {
    expect(await ran('kubectl', log, '--at', '20s', '--', 'get', 'pod', 'nope')).toEqual({
      code: 1,
      stdout: '',
      stderr: 'Error from server (NotFound): pods "nope" not found\n',
    });
  });

  test('hands words on as they are', async () => {
    const path = "jsonpath={.items[*].metadata.name}{'\\n'}";
    const { stdout } = await ran('kubectl', log, '--at', '20s', '--', 'get', 'pods', '-o', path);
    expect(stdout.trim()).toBe('liveness-exec');
  });

  test('tells programs its streams and its exit code', async () => {
    const { code, stdout } = await ran('kubectl', log, '--at', '20s', '--json', '--', 'get', 'pod', 'nope');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ line: 'kubectl get pod nope', stdout: '', exitCode: 1 });
  });

  test.each([
    ['delete pod liveness-exec', "kubereel fork LOG --at AT --run 'kubectl delete pod liveness-exec'"],
    ['scale deploy web --replicas=3', 'Error from server'],
  ])('writes nothing: %s', async (line, says) => {
    const { code, stderr } = await ran('kubectl', log, '--at', '20s', '--', ...line.split(' '));
    expect(code).toBeGreaterThan(0);
    expect(stderr.replace(log, 'LOG').replace(/--at \d+/, '--at AT')).toContain(says);
  });

  test.each([
    [[], 'what kubectl is asked stands behind --'],
    [['--', 'gte', 'pods'], 'get'],
    [['--at', '20s', '--', 'completion'], 'not simulated'],
  ])('%j is refused: %s', async (args, says) => {
    const { code, stdout, stderr } = await ran('kubectl', log, ...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(says);
  });
});
