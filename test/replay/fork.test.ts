import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fork, goOn, refusalToFork } from '../../src/replay/fork.ts';
import { createTimeline } from '../../src/replay/timeline.ts';
import { typedIn } from '../../src/replay/typed.ts';
import { bundledScenario, playedLog } from '../support/play-scenario.ts';
import { logOf } from '../support/small-log.ts';

const scenario = bundledScenario('self-healing');
const log = playedLog('self-healing');
const timeline = createTimeline(log);
const lines = log.map((entry) => JSON.stringify(entry));

function linesOf({ entries }: { readonly entries: Iterable<unknown> }): string[] {
  return [...entries].map((entry) => JSON.stringify(entry));
}

describe('a fork', () => {
  test('with no command is the original, byte for byte, wherever it is made', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: log.length }), (at) => {
        const same = fork(timeline, { scenario, at });
        for (const _ of goOn(same, Number.POSITIVE_INFINITY));
        expect(linesOf(same.timeline)).toEqual(lines);
      }),
      { numRuns: 12 },
    );
  });

  test('with a command ends the story there, and the world runs on', () => {
    const at = timeline.steps[2] ?? 0;
    const mine = fork(timeline, { scenario, at, typed: [{ line: 'kubectl delete pod --all' }] });
    for (const _ of goOn(mine, timeline.duration + 60_000));
    const entries = [...mine.timeline.entries];
    expect(linesOf({ entries: entries.slice(0, mine.at) })).toEqual(lines.slice(0, mine.at));
    const told = entries.slice(mine.at).map(({ event }) => event.type);
    expect(told.filter((type) => type === 'StoryHandedOver')).toHaveLength(1);
    expect(told.filter((type) => type === 'StepBegan')).toHaveLength(1);
    expect(told).not.toContain('ScenarioEnded');
    expect(mine.timeline.duration).toBeGreaterThan(timeline.duration);
    expect(linesOf(timeline)).toEqual(lines);
  });

  test('of a fork with no command is that fork, byte for byte', () => {
    const typed = [
      { line: 'kubectl get pods' },
      { line: 'kubectl delete pod --all' },
      { line: 'kubectl get pods', at: 70_000 },
    ];
    const mine = fork(timeline, { scenario, at: timeline.steps[2] ?? 0, typed });
    for (const _ of goOn(mine, 90_000));
    expect(typedIn(mine.timeline, Number.POSITIVE_INFINITY).map(({ line }) => line)).toEqual(
      typed.map(({ line }) => line),
    );
    const whole = linesOf(mine.timeline);
    fc.assert(
      fc.property(fc.integer({ min: mine.at - 5, max: whole.length }), (at) => {
        const same = fork(mine.timeline, { scenario, at });
        for (const _ of goOn(same, 90_000));
        expect(linesOf(same.timeline)).toEqual(whole);
      }),
      { numRuns: 12 },
    );
  });

  test('of a story that has ended goes on after its end', () => {
    const typed = [{ line: 'kubectl delete pod --all' }];
    const mine = fork(timeline, { scenario, at: log.length, typed });
    for (const _ of goOn(mine, timeline.duration + 30_000));
    expect(mine.timeline.entries.length).toBeGreaterThan(log.length + 10);
  });

  test('of a log that was recorded elsewhere is refused', () => {
    const recorded = logOf([[0, { type: 'CommandTyped', command: 'a', line: 'ls' }]]);
    expect(refusalToFork(createTimeline(recorded))).toBe('recorded');
    expect(refusalToFork(createTimeline([]))).toBe('empty');
    expect(refusalToFork(timeline)).toBeUndefined();
  });
});
