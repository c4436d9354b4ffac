import { describe, expect, test } from 'vitest';
import { branchesWithHeaders, everyBranch, playBranches } from '../../src/replay/fork-story.ts';
import { START } from '../../src/replay/player/player.ts';
import { currentBranch, startTravels, type TravelCommand, travel } from '../../src/replay/player/travels.ts';
import { createTimeline } from '../../src/replay/timeline.ts';
import { branchesTold } from '../../src/report/branch-story.ts';
import { plansIn, wayTo } from '../../src/scenario/branch-scenario.ts';
import { pathOfStep } from '../../src/scenario/language/path-of-step.ts';
import { logHeaderOf } from '../../src/scenario/log-header.ts';
import { missesInBranch } from '../../src/suite/run-case.ts';
import { playToEnd, scenarioOf } from '../support/play-scenario.ts';

const MAPS = (count: number): string =>
  `{ resource: { kind: ConfigMap, metadata: { namespace: default } }, count: ${count} }`;

const TEXT = `apiVersion: kubereel.dev/v1
kind: Scenario
metadata: { name: tiny }
cluster: { nodes: 1 }
steps:
  - run: kubectl create configmap one
  - checkpoint: one
  - say: What if there were two?
    branch:
      name: two
      from: one
      steps:
        - run: kubectl create configmap two
        - checkpoint: two
        - say: Or three?
          branch:
            name: three
            steps:
              - run: kubectl create configmap three
              - expect: ${MAPS(4)}
        - say: Or none of the two?
          branch:
            name: none
            from: two
            steps:
              - run: kubectl delete configmap one two
              - expect: ${MAPS(7)}
        - expect: ${MAPS(3)}
  - expect: ${MAPS(2)}
`;

const scenario = scenarioOf({ 'scenario.yaml': TEXT });
const { log } = playToEnd(scenario);
const timeline = createTimeline(log);
timeline.finish();
const branches = playBranches(timeline, scenario);

describe('a branch of a branch', () => {
  test('is found by its name, with those that lead to it', () => {
    expect(plansIn(scenario.steps).map(({ name }) => name)).toEqual(['two', 'three', 'none']);
    expect(wayTo(scenario, 'none').map(({ name }) => name)).toEqual(['two', 'none']);
    expect(wayTo(scenario, 'nobody')).toEqual([]);
  });

  test('is forked off the log of that, and says so in its header', () => {
    const headers = branchesWithHeaders(branches, logHeaderOf(scenario, '1', 'test'));
    const points = headers.map(([, header]) => header.branches?.map(({ name, of }) => `${name} of ${of}`));
    expect(points).toEqual([
      ['two of main'],
      ['two of main', 'three of two'],
      ['two of main', 'none of two'],
    ]);
    const [two, three] = everyBranch(branches);
    if (!two || !three) throw new Error('both were played');
    const shared = (seq: number): string => JSON.stringify(two.fork.timeline.entries.of(seq));
    for (let seq = 1; seq <= three.fork.at; seq++)
      expect(JSON.stringify(three.fork.timeline.entries.of(seq))).toBe(shared(seq));
  });

  test('answers for its own expectations, which are told where they are written', () => {
    const of = { path: 'tiny' };
    const misses = everyBranch(branches).map((branch) => missesInBranch(branch, { of, language: 'en' }));
    expect(misses.map((each) => each.length)).toEqual([0, 0, 1]);
    const [missed] = misses.flat();
    expect(missed).toMatchObject({ branch: 'none', step: 2 });
    expect(missed?.open).toContain('--branch none');
    const document = { steps: [{}, {}, { branch: { name: 'a', steps: [{}, { branch: { name: 'b' } }] } }] };
    expect(pathOfStep(document, 3, 'b')).toEqual(['steps', 2, 'branch', 'steps', 1, 'branch', 'steps', 2]);
  });

  test('is told within that, beside the step that offers it', () => {
    const { asides, passed } = branchesTold(log, scenario, 'en');
    expect(passed).toBe(false);
    expect([...asides.keys()]).toEqual([3]);
    const lines = asides.get(3)?.split('\n') ?? [];
    const at = (text: string): number => lines.findIndex((line) => line.startsWith(text));
    expect(at('  │ What if: two')).toBe(0);
    expect(at('  │   │ What if: three')).toBeGreaterThan(at('  │ Or three?'));
    expect(at('  │   │ What if: none')).toBeGreaterThan(at('  │ Or none'));
    expect(lines.filter((line) => /\[\d+\/\d+\]/.test(line)).map((line) => line.split(/[[\]]/)[1])).toEqual([
      ...['1/5', '2/5', '3/5', '1/2', '2/2', '4/5', '1/2', '2/2', '5/5'],
    ]);
  });

  test('is offered to who comes to its place in the branch', () => {
    const end: TravelCommand = { type: 'toEnd' };
    const ground = { scenario };
    const main = travel(startTravels(timeline, START, 'main'), end, ground);
    const offered = travel(main, { type: 'toBranch', name: 'two' }, ground);
    const { fork } = currentBranch(offered);
    for (const entry of everyBranch(branches)[0]?.fork.timeline.entries.between(
      (fork?.at ?? 0) + 1,
      log.length * 2,
    ) ?? [])
      currentBranch(offered).timeline.append(entry);
    const names = ['three', 'none'].reduce((travels) => travel(travels, end, ground), offered).branches;
    expect(names.map(({ name, from }) => `${name} of ${from?.name}`).slice(1)).toEqual([
      ...['two of main', 'three of two', 'none of two'],
    ]);
  });
});
