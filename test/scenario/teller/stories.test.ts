import { describe, expect, test } from 'vitest';
import type { Event } from '../../../src/cluster/contract/event.ts';
import { emptyWorld } from '../../../src/cluster/world/world.ts';
import type { Entry } from '../../../src/kernel/log/entry.ts';
import { commits, fold, startRun } from '../../../src/kernel/run/run.ts';
import { branchesOf, branchScenario } from '../../../src/scenario/branch-scenario.ts';
import type { Scenario } from '../../../src/scenario/scenario.ts';
import { pod, storyOf } from './story-lines.ts';
import { play, scenarioOf, type Tiny, tinyModel } from './tiny-cluster.ts';

const HAPPENINGS: Tiny['happenings'] = [
  [1000, 'pods', pod('web', 'Running')],
  [5000, 'pods', pod('web', 'Failed')],
];
const RUNS = '{ resource: { kind: Pod, metadata: { name: web }, status: { phase: Running } } }';
const tiny: Tiny = { happenings: HAPPENINGS, behaviours: { 'kubectl get web': { exitCode: 0 } } };

function told(body: string): readonly string[] {
  return storyOf(play(scenarioOf(body), tiny)).map((line) => line.replace(/Pod web: status\.phase/, 'phase'));
}

const KNOWN = '{ run: echo web }';

describe('setup and teardown', () => {
  test.each([
    ['before the story', `setup: [${KNOWN}, { wait: 6s }]\nsteps: [{ wait: 1s }]\n`, RUNS],
    [
      'after it',
      `steps: [${KNOWN}, { wait: 2s }]\nteardown: [{ wait: 5s }]\n`,
      RUNS.replace('Running', 'Failed'),
    ],
  ])('what is %s is not watched', (_name, body, wanted) => {
    expect(told(`${body}never: [${wanted}]\n`).at(-1)).toMatch(/passed/);
    const whole = body.replace('setup:', 'steps:').replace(/\]\n(?:steps|teardown): \[/, ', ');
    expect(told(`${whole}never: [${wanted}]\n`).at(-1)).toMatch(/failed/);
  });

  test('a wait in vain is followed by the teardown', () => {
    const body = `steps: [${KNOWN}, { wait: { until: { resource: { kind: Node } }, timeout: 3s } }, { say: never }]\nteardown: [{ run: kubectl get web }]\n`;
    const lines = told(body);
    expect(lines.some((line) => line.includes('never'))).toBe(false);
    expect(lines.some((line) => line.includes('kubectl get web'))).toBe(true);
    expect(lines.at(-1)).toMatch(/failed/);
  });

  test('what fails in a teardown is a failure, and the rest of it is done', () => {
    const body = `steps: [${KNOWN}]\nteardown: [{ wait: { until: { resource: { kind: Node } }, timeout: 1s } }, { run: kubectl get web }]\n`;
    const lines = told(body);
    expect(lines.filter((line) => /missed|kubectl get web/.test(line))).toHaveLength(2);
    expect(lines.at(-1)).toMatch(/failed/);
  });
});

/** The log of a branch from where it leaves a run of the story. */
function branchOf(scenario: Scenario): readonly Entry<Event>[] {
  const [planned] = branchesOf(scenario);
  if (!planned) throw new Error('the scenario has a branch');
  const log = play(scenario, tiny);
  const [, plan] = planned;
  const begun = log.findIndex(({ event }) => event.type === 'StepBegan' && event.step === plan.after);
  const end = log.findIndex(({ more }, index) => index >= begun && !more);
  const shared = log.slice(0, end + 1);
  const model = tinyModel(branchScenario(scenario, plan), tiny);
  return [...commits(startRun(model, fold(model, emptyWorld(), shared), shared))].flat();
}

describe('a branch', () => {
  const MAIN = `${KNOWN}, { checkpoint: begun }, { wait: 3s }`;
  const branch = (more: string): string => `{ branch: { name: other, ${more} } }`;

  test('begins at its checkpoint, and ends with its own steps', () => {
    const log = branchOf(
      scenarioOf(`steps: [${MAIN}, ${branch('from: begun, steps: [{ wait: 1s }]')}, { wait: 9s }]\n`),
    );
    const text = { en: 'checkpoint begun' };
    expect(log[0]?.event).toEqual({ type: 'BranchBegan', name: 'other', text, steps: 3 });
    expect(log.map(({ event }) => event.type)).toContain('StepBegan');
    const end = log.find(({ event }) => event.type === 'ScenarioEnded');
    expect(end?.event).toMatchObject({ passed: true });
    expect(end?.at).toBeLessThan(1100);
  });

  test('does not answer for what the story has missed, nor for what it watches', () => {
    const missed = '{ expect: { resource: { kind: Node } } }';
    const never = '\nnever: [{ resource: { kind: Pod } }]\n';
    const log = branchOf(
      scenarioOf(`steps: [${MAIN}, ${missed}, ${branch('steps: [{ wait: 3s }]')}]${never}`),
    );
    expect(log.at(-1)?.event).toEqual({ type: 'ScenarioEnded', passed: true });
  });

  test('watches what it says itself', () => {
    const own = branch(`from: begun, steps: [{ wait: 9s }], always: [${RUNS}]`);
    const log = branchOf(scenarioOf(`steps: [${MAIN}, ${own}]\n`));
    expect(log.filter(({ event }) => event.type === 'InvariantBroken').map(({ at }) => at)).toEqual([5000]);
    expect(log.at(-1)?.event).toEqual({ type: 'ScenarioEnded', passed: false });
  });

  test('leaves the story as it is', () => {
    const steps = (inner: string): readonly Entry<Event>[] =>
      play(scenarioOf(`steps: [${MAIN}, ${branch(inner)}, { wait: 9s }]\n`), tiny);
    expect(steps('steps: [{ wait: 1s }]')).toEqual(steps('from: begun, steps: [{ run: kubectl get web }]'));
  });
});
