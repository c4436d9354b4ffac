import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { buildCli, kubereel } from '../support/built-cli.ts';
import { scenarioNames } from '../support/play-scenario.ts';

const packageJson = JSON.parse(
  readFileSync(fileURLToPath(new URL('../../package.json', import.meta.url)), 'utf8'),
) as { version: string };

beforeAll(buildCli);

describe('the command line', () => {
  test.each([[['--version']], [['-V']]])('%j prints the version', (args) => {
    expect(kubereel(args)).toEqual({ code: 0, stdout: `${packageJson.version}\n`, stderr: '' });
  });

  test.each([[['--help']], [['-h']], [['help']]])(
    '%j tells the commands, examples and exit codes',
    (args) => {
      const { code, stdout, stderr } = kubereel(args);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      for (const word of ['play', 'run', 'list', 'export', 'Examples:', 'Exit codes:', 'damaged log']) {
        expect(stdout).toContain(word);
      }
      expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
    },
  );

  test.each(['play', 'run', 'list', 'export'])('%s --help tells its options', (command) => {
    const { code, stdout } = kubereel([command, '--help']);
    expect(kubereel(['help', command]).stdout).toBe(stdout);
    expect(code).toBe(0);
    expect(stdout).toContain(`Usage: kubereel ${command}`);
  });

  test.each([
    [[], 'Usage: kubereel'],
    [['paly', 'x'], '(Did you mean play?)'],
    [['play'], "missing required argument 'scenario|log'"],
    [['play', 'a', 'b'], '(kubereel play --help shows what it takes)'],
    [['paly'], '(kubereel --help shows all commands)'],
    [['state', 'x', '--at', '200%'], '(kubereel state --help shows what it takes)'],
    [['play', '--sed', '3', 'x'], '(Did you mean one of --seed, --set?)'],
    [['run', 'x', '--seed', 'abc'], "argument 'abc' is invalid. It is a whole number"],
    [['run', 'x', '--seed', '-1'], "argument '-1' is invalid. It is a whole number"],
    [['run', 'x', '--seed', '1.5'], "argument '1.5' is invalid. It is a whole number"],
    [['play', 'x', '--lang', '12'], 'It is a language tag such as en or ko.'],
    [['list', 'x'], 'too many arguments'],
    [['export', 'x'], "required option '--format <format>' not specified"],
    [['export', 'x', '--format', 'yaml'], 'there is no format "yaml": the only one is watch'],
    [['play', 'livness-failure'], 'Did you mean liveness-failure?'],
    [['play', 'nothing-of-the-kind'], 'a name that `kubereel list` shows'],
    [['play', './nothing.yaml'], 'there is no file or folder ./nothing.yaml'],
    [['run', '.'], '. has no scenario.yaml'],
    [['run', 'scenarios'], 'but these folders in it do: scenarios/'],
    [['play', 'README.md'], 'README.md is neither a scenario, in YAML, nor a log'],
    [['run', 'scenarios/crash-loop/shop.yaml'], 'this is a manifest, of a Pod, and not a scenario'],
    [['run', '..'], '.. has no scenario.yaml'],
    [['play', '/dev/null'], '/dev/null is neither a file nor a folder'],
  ])('%j is refused: %s', (args, message) => {
    const { code, stdout, stderr } = kubereel(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^ +at /m);
  });
});

describe('kubereel list', () => {
  test('names the bundled scenarios with their titles, chapter by chapter', () => {
    const { code, stdout, stderr } = kubereel(['list']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const names = [...stdout.matchAll(/^ {2}(\S+) {2}/gm)].map(([, name]) => name ?? '');
    expect(names.toSorted()).toEqual(scenarioNames);
    expect(stdout).toMatch(
      /\n {2}liveness-failure +A container that stops being healthy +\[pods, probes\]\n/,
    );
    expect(stdout).toMatch(/^Pods\n {2}\S/);
    expect(stdout).toContain('\n\nWorkloads\n  ');
  });

  test('orders by a list in which every name is a scenario, and stands once', () => {
    const path = new URL('../../scenarios/curriculum.yaml', import.meta.url);
    const { chapters }: { chapters: { scenarios: string[] }[] } = parse(readFileSync(path, 'utf8'));
    const named = chapters.flatMap(({ scenarios }) => scenarios);
    expect(named.filter((name) => !scenarioNames.includes(name))).toEqual([]);
    expect(new Set(named).size).toBe(named.length);
  });

  test('tells by what is to be learned which scenarios play it, and type its lines', () => {
    const { code, stdout, stderr } = kubereel(['list', '--curriculum']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^12 {2}Deployment: .*\n(?: {4}.*\n)* {4}rollback +The way back\n/m);
    expect(stdout).toMatch(/^ {4}\$ kubectl describe pod liveness-exec\n {8}liveness-failure\n/m);
    const rows: unknown[] = JSON.parse(kubereel(['list', '--curriculum', '--json', '--lang', 'ko']).stdout);
    expect(rows[1]).toEqual({
      row: 2,
      concept: '스태틱 파드',
      scenarios: expect.arrayContaining([{ name: 'static-pod-manifest', title: '파일이 곧 파드' }]),
      commands: [],
    });
  });

  test('gives the chapters to programs', () => {
    const chapters: unknown[] = JSON.parse(kubereel(['list', '--json']).stdout);
    expect(chapters[0]).toMatchObject({ title: 'Pods', scenarios: expect.any(Array) });
  });

  test.each([
    [['list', '--lang', 'ko'], {}],
    [['list', '--lang', 'ko-KR'], {}],
    [['list'], { LANG: 'ko_KR.UTF-8' }],
    [['list'], { LANG: 'en_US.UTF-8', LC_ALL: 'ko_KR.UTF-8' }],
  ])('%j with %j speaks Korean', (args, env) => {
    expect(kubereel(args, { env }).stdout).toContain('건강을 잃은 컨테이너');
  });

  test.each([{ LANG: 'C' }, { LANG: 'POSIX' }, { LANG: 'tr_TR.UTF-8' }, {}])('%j speaks English', (env) => {
    expect(kubereel(['list'], { env }).stdout).toContain('A container that stops being healthy');
  });
});
