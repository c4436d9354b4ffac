import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildCli, builtCli, kubereel } from '../support/built-cli.ts';
import { createScratch, MISSED_SCENARIO, SMALL_SCENARIO } from '../support/scenario-folder.ts';

const scratch = createScratch();
const small = join(scratch.path, 'small');
const missed = join(scratch.path, 'missed');
const log = join(scratch.path, 'small.log');
const isRoot = process.getuid?.() === 0;

beforeAll(async () => {
  await buildCli();
  scratch.write('small/scenario.yaml', SMALL_SCENARIO);
  scratch.write('missed/scenario.yaml', MISSED_SCENARIO);
});
afterAll(() => scratch.remove());

describe('kubereel run', () => {
  test('tells that all was as expected, and exits with 0', () => {
    const { code, stdout, stderr } = kubereel(['run', small]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^small: passed \(\d+ entries, seed 1\)\n$/);
  });

  test('tells what was not as expected, and exits with 1', () => {
    const { code, stdout } = kubereel(['run', missed]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^MISSED: step 2: output "c"\n {2}/);
    expect(stdout).toMatch(/small: failed \(\d+ entries, seed 1\)\n$/);
  });

  test('takes the scenario by its folder, its file, or from where one stands', () => {
    expect(kubereel(['run', join(small, 'scenario.yaml')]).code).toBe(0);
    expect(kubereel(['run', '.'], { cwd: small }).code).toBe(0);
    expect(kubereel(['run', 'scenario.yaml'], { cwd: small }).code).toBe(0);
  });

  test('takes a link to the scenario itself', () => {
    symlinkSync(small, join(scratch.path, 'linked'));
    expect(kubereel(['run', join(scratch.path, 'linked')]).code).toBe(0);
    symlinkSync(
      join(small, 'scenario.yaml'),
      scratch.write('link-inside/x', '').replace(/x$/, 'scenario.yaml'),
    );
    expect(kubereel(['run', join(scratch.path, 'link-inside')]).code).toBe(0);
  });

  test('writes the same log for the same seed, and another for another', () => {
    const written = (seed: string): string => {
      const path = join(scratch.path, `seed-${seed}.log`);
      expect(kubereel(['run', small, '--seed', seed, '-o', path]).code).toBe(0);
      return readFileSync(path, 'utf8');
    };
    expect(written('7')).toBe(written('7'));
    expect(written('7')).not.toBe(written('8'));
  });

  test.each([
    ['/nonexistent/x.log', 'there is no such file or folder'],
    [scratch.path, 'it is a folder'],
    [join(small, 'scenario.yaml', 'x.log'), 'a part of the path is not a folder'],
  ])('cannot write to %s: %s', (path, reason) => {
    const { code, stderr } = kubereel(['run', small, '-o', path]);
    expect({ code, stderr }).toEqual({ code: 2, stderr: `cannot open ${path}: ${reason}\n` });
  });

  test.skipIf(isRoot)('cannot read what it may not read', () => {
    const secret = scratch.write('secret/scenario.yaml', SMALL_SCENARIO);
    chmodSync(secret, 0);
    const { code, stderr } = kubereel(['run', join(scratch.path, 'secret')]);
    expect({ code, stderr }).toEqual({ code: 2, stderr: `cannot open ${secret}: permission denied\n` });
    chmodSync(join(scratch.path, 'secret'), 0);
    expect(kubereel(['run', join(scratch.path, 'secret')]).code).toBe(2);
    chmodSync(join(scratch.path, 'secret'), 0o755);
  });
});

describe('kubereel play, piped', () => {
  const transcript = `# small

[1/3] 00:00.001
Once upon a time.

[2/3] 00:00.002
$ kubectl create configmap cm --from-literal=a=b
configmap/cm created
`;

  test('prints the transcript of a scenario', () => {
    const { code, stdout, stderr } = kubereel(['play', small]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.slice(0, transcript.length)).toBe(transcript);
    expect(stdout).toMatch(/All expectations met\.\n$/);
  });

  test('prints the same of its log', () => {
    expect(kubereel(['run', small, '-o', log]).code).toBe(0);
    expect(kubereel(['play', log])).toEqual(kubereel(['play', small]));
  });

  test('knows a log without being told by its name', () => {
    const nameless = scratch.write('nameless', readFileSync(log, 'utf8'));
    expect(kubereel(['play', nameless]).stdout).toBe(kubereel(['play', log]).stdout);
  });

  test.each([
    [['--lang', 'ko'], {}],
    [[], { LANG: 'ko_KR.UTF-8' }],
  ])('speaks Korean with %j and %j', (args, env) => {
    expect(kubereel(['play', small, ...args], { env }).stdout).toContain('옛날 옛적에.');
  });

  test('exits with 1 when an expectation was missed', () => {
    const { code, stdout } = kubereel(['play', missed]);
    expect(code).toBe(1);
    expect(stdout).toContain('MISSED: output "c"');
  });

  test('plays another run with another seed', () => {
    expect(kubereel(['play', small, '--seed', '9'])).toMatchObject({ code: 0 });
  });
});

describe('kubereel export', () => {
  test('writes the changes of the objects as JSON lines', () => {
    const { code, stdout } = kubereel(['export', log, '--format', 'watch']);
    expect(code).toBe(0);
    const changes = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { t_ms: number; type: string; object: { kind: string } });
    expect(changes[0]).toMatchObject({ t_ms: 0, type: 'ADDED' });
    const added = changes.find(({ object, t_ms }) => object.kind === 'ConfigMap' && t_ms > 0);
    expect(added).toMatchObject({ type: 'ADDED', object: { metadata: { name: 'cm' }, data: { a: 'b' } } });
  });
});

describe('a reader that has seen enough', () => {
  test.each([
    ['play', `play ${log}`],
    ['export', `export ${log} --format watch`],
    ['run', `run ${missed}`],
    ['list', 'list'],
    ['help', '--help'],
  ])('ends %s without a word', (_name, args) => {
    const script = `{ ${process.execPath} ${builtCli} ${args}; echo $? >&3; } | true`;
    const { stdout, stderr } = spawnSync('sh', ['-c', `exec 3>&1; ${script}`], { encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^[01]\n$/);
  });
});
