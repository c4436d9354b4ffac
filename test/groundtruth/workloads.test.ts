import { describe, expect, test } from 'vitest';
import type { Play } from '../../src/compare/play.ts';
import { compareWorkloads, type WorkloadDifference } from '../../src/compare/workloads/compare-workloads.ts';
import { hasRecordings, playOf, readRecording } from './recordings.ts';

/** Rollouts on real clusters. */
const ROLLOUTS: readonly string[] = [
  'v1.36/a1-rolling-update-solo',
  'v1.36/a3-surge0-unavail1-minready5',
  'v1.36/a5-progress-deadline',
  'v1.20/a1-rolling-update',
  'v1.20/a1-rolling-update-solo',
  'v1.20/a3-surge0-unavail1-minready5',
  'v1.20/a5-progress-deadline',
];

/** Where the simulation goes another way than a recording, and why. The list may only shrink. */
const KNOWN: readonly (readonly [recording: string, where: RegExp, why: string])[] = [
  [
    'v1.20/a5-progress-deadline',
    /^output of 8 kubectl get deploy,rs,pods/,
    'beside failing pulls two pods took nine seconds to be told ready: one image is pulled at a time',
  ],
];

/**
 * A ReplicaSet that is made larger and at once smaller again makes a pod too many or none, whichever
 * controller is faster: one of the first seeds must go the recording's way.
 */
const RACES = /^(replicas of nginx<1>|Events of ReplicaSets)$/;
const RACING: readonly string[] = ['v1.36/a5-progress-deadline', 'v1.20/a5-progress-deadline'];

const SEEDS = ['1', '2', '3', '4', '5'];

describe.skipIf(!hasRecordings)('Rollouts of real clusters, played here', () => {
  test.each(ROLLOUTS)('%s goes the same way, whatever is drawn', (name) => {
    const recording = readRecording(name);
    const runs = SEEDS.map((seed) =>
      compareWorkloads(recording, playOf(recording, seed)).filter((each) => !isKnown(name, each)),
    );
    const isRace = (each: WorkloadDifference) => RACING.includes(name) && RACES.test(each.in);
    const judged = runs.flatMap((differences) => differences.filter((each) => !isRace(each)));
    expect(report(judged)).toBe('');
    expect(runs.some((differences) => differences.length === 0)).toBe(true);
  });

  test.each(ROLLOUTS)('%s agrees with itself', (name) => {
    expect(compareWorkloads(readRecording(name), readRecording(name))).toEqual([]);
  });

  test.each<[what: string, where: string, from: RegExp, to: string]>([
    ['another size', 'sizes', /"spec":\{"replicas":2,/, '"spec":{"replicas":1,'],
    ['another reason', 'conditions of nginx', /NewReplicaSetAvailable/, 'MinimumReplicas'],
    ['another message', 'Events of scaling', /Scaled down/, 'Shrunk'],
    ['a pod too many', 'replicas of nginx<2>', /"status":\{"replicas":3,/, '"status":{"replicas":4,'],
    ['an object that stayed', 'deletions', /^DELETED$/, 'MODIFIED'],
  ])('sees %s', (_what, where, from, to) => {
    const recording = readRecording('v1.36/a1-rolling-update-solo');
    const mutated = { ...recording, changes: mutatedChanges(recording, from, to) };
    expect(compareWorkloads(recording, mutated).map((each) => each.in)).toContain(where);
  });

  test('every known difference is one still', () => {
    const stale = KNOWN.filter(([name, where]) => {
      const recording = readRecording(name);
      return !compareWorkloads(recording, playOf(recording, '1')).some((each) => where.test(each.in));
    });
    expect(stale).toEqual([]);
  });
});

test.skipIf(hasRecordings)('The recordings of real clusters do not lie beside the project', ({ skip }) =>
  skip('there is nothing to compare with'),
);

function isKnown(name: string, difference: WorkloadDifference): boolean {
  return KNOWN.some(([recording, where]) => recording === name && where.test(difference.in));
}

function report(differences: readonly WorkloadDifference[]): string {
  return differences.map((each) => `${each.in}: ${each.text}\n`).join('\n');
}

/** The same play, with another text in every object, or another type of every change. */
function mutatedChanges({ changes }: Play, from: RegExp, to: string): Play['changes'] {
  return changes.map(({ type, object, ...rest }) => ({
    ...rest,
    type: type.replace(from, to) as typeof type,
    object: JSON.parse(JSON.stringify(object).replace(from, to)),
  }));
}
