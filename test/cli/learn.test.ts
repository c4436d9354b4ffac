import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { progressPath } from '../../src/cli/learn/progress-file.ts';
import { buildCli, kubereel, type Ran } from '../support/built-cli.ts';
import { createScratch } from '../support/scenario-folder.ts';

const scratch = createScratch();
let state = '';
let count = 0;
const learn = (...args: readonly string[]): Ran =>
  kubereel(['learn', ...args], { env: { XDG_STATE_HOME: state } });
const file = (): string => join(state, 'kubereel/progress.json');

beforeAll(buildCli);
beforeEach(() => {
  state = join(scratch.path, `state-${count++}`);
});
afterAll(() => scratch.remove());

describe('kubereel learn', () => {
  test('is a course: what was played to its end is done, and the next one comes next', () => {
    expect(learn().stdout).toMatch(/^Pods {2}0\/\d+\n {2}▸ liveness-failure +A container/);
    const played = learn('next');
    expect(played.stdout).toContain('All expectations met.');
    expect(played.stderr).toMatch(
      /✓ liveness-failure: 1 of \d+ played\.\nNext: kubereel learn next {3}\(pod-phases\)/,
    );
    expect(JSON.parse(readFileSync(file(), 'utf8'))).toEqual({ done: ['liveness-failure'] });
    expect(readdirSync(join(state, 'kubereel'))).toEqual(['progress.json']);
    const { stdout } = learn('--lang', 'ko');
    expect(stdout).toMatch(/^파드 {2}1\/\d+\n {2}✓ liveness-failure +건강을 잃은 컨테이너\n {2}▸ pod-phases/);
    const course = JSON.parse(learn('--json').stdout);
    expect(course).toMatchObject({ done: 1, next: 'pod-phases' });
    expect(learn('reset')).toMatchObject({ code: 0, stdout: '' });
    expect(existsSync(file())).toBe(false);
  });

  test('says when everything is played, and does not play', () => {
    const all = JSON.parse(learn('--json').stdout).chapters.flatMap(
      ({ scenarios }: { scenarios: readonly { name: string }[] }) => scenarios.map(({ name }) => name),
    );
    mkdirSync(join(state, 'kubereel'), { recursive: true });
    writeFileSync(file(), JSON.stringify({ done: all }));
    expect(learn('next')).toMatchObject({ code: 0, stdout: '', stderr: expect.stringContaining('reset') });
  });

  test.each(['', 'no JSON', '[]', '{"done":3}', '{"done":[1,"pod-phases"]}'])(
    'does not mind a file with %j',
    (text) => {
      mkdirSync(join(state, 'kubereel'), { recursive: true });
      writeFileSync(file(), text);
      expect(learn()).toMatchObject({ code: 0, stdout: expect.stringContaining('liveness-failure') });
    },
  );

  test.each(['/proc/nowhere', '/dev/null'])('plays where nothing can be kept: %s', (place) => {
    const { code, stdout, stderr } = kubereel(['learn', 'pod-phases'], { env: { XDG_STATE_HOME: place } });
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining('can not be kept') });
    expect(stdout).toContain('All expectations met.');
  });

  test('refuses what is no part of it', () => {
    expect(learn('livness-failure')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('liveness-failure'),
    });
    const own = scratch.write('own/scenario.yaml', 'apiVersion: kubereel.dev/v1\n');
    expect(learn(own)).toMatchObject({ code: 2, stderr: expect.stringContaining('kubereel play') });
  });
});

test.each([
  [{ XDG_STATE_HOME: '/state' }, '/state/kubereel/progress.json'],
  [{ XDG_STATE_HOME: 'relative' }, /\/\.local\/state\/kubereel\/progress\.json$/],
  [{}, /\/\.local\/state\/kubereel\/progress\.json$/],
])('with %j progress is kept in %s', (environment, expected) => {
  expect(progressPath(environment)).toMatch(expected);
});
