import { describe, expect, test } from 'vitest';
import { compareOutputs } from '../../src/compare/outputs/compare-outputs.ts';
import type { Play } from '../../src/compare/play.ts';
import type { Recording } from '../../src/compare/recording/recording.ts';
import { statefulStoryOf } from '../../src/compare/workloads/compare-stateful-sets.ts';
import { hasRecordings, playOf, readRecording } from './recordings.ts';

const RECORDINGS: readonly string[] = ['v1.36/g-statefulset', 'v1.20/g-statefulset'];

const SEEDS = ['1', '2', '3'];

/**
 * What is typed here at another time, by its place. The recorded kubelet of 1.20 was busy with sixty pods
 * (README
 * 1.20, 2), and a pod that has ended goes with its tick of ten seconds. It took 12.7 s to let one go, so that
 * the set was made larger before it had been made small: here it is made smaller later. And it let another go
 * just before the set was given its former image: here that is done later, after any tick.
 */
const MOVED: readonly (readonly [recording: string, index: number, atMs: number])[] = [
  ['v1.20/g-statefulset', 14, 115_000],
  ['v1.20/g-statefulset', 24, 149_000],
];

/** Commands whose outputs differ, by their places, and why. */
const KNOWN: readonly (readonly [recording: string, index: number, why: string])[] = [
  ['v1.20/g-statefulset', 23, 'a tick of ten seconds decides whether the old pod is still there'],
  ['v1.20/g-statefulset', 29, 'so it does of the pods of a deleted set'],
];

function isKnown(recording: string, index: number): boolean {
  return KNOWN.some(([name, place]) => name === recording && place === index);
}

describe.skipIf(!hasRecordings)('StatefulSets of real clusters, played here', () => {
  test.each(RECORDINGS)('%s goes the same way, whatever is drawn', (name) => {
    const recording = readable(readRecording(name));
    const wanted = storyOf(recording);
    for (const seed of SEEDS) expect(storyOf(playOf(recording, seed))).toEqual(wanted);
  });

  test.each(RECORDINGS)('%s is printed the same way', (name) => {
    const recording = readable(readRecording(name));
    const { differences } = compareOutputs(ageless(recording), ageless(playOf(recording, '1')));
    const unknown = differences.filter(({ index }) => !isKnown(name, index));
    expect(unknown.map(({ index, line, text }) => `${index} $ ${line}\n${text}`).join('\n\n')).toBe('');
    expect(differences.length).toBe(KNOWN.filter(([recorded]) => recorded === name).length);
  });

  test.each<[what: string, from: RegExp, to: string]>([
    ['another count', /"currentReplicas":2/, '"currentReplicas":3'],
    ['another hash', /web-7cc979c98c/g, 'web-7cc979c98d'],
    ['another index', /"apps.kubernetes.io\/pod-index":"2"/, '"apps.kubernetes.io/pod-index":"3"'],
    ['another message', /Create Claim/, 'create Claim'],
    ['a claim of another volume', /"volumeName":"gpv-1"/, '"volumeName":"gpv-2"'],
  ])('sees %s', (_what, from, to) => {
    const recording = readRecording('v1.36/g-statefulset');
    const changes = recording.changes.map((change) => ({
      ...change,
      object: JSON.parse(JSON.stringify(change.object).replace(from, to)),
    }));
    expect(storyOf({ ...recording, changes })).not.toEqual(storyOf(recording));
  });
});

/** The recorders' watches ended while the claims were deleted. */
function storyOf(play: Play) {
  const last = play.commands.find(({ line }) => line === 'kubectl delete pvc --all');
  const changes = play.changes.filter(({ atMs }) => atMs < (last?.beginMs ?? 0));
  return statefulStoryOf({ ...play, changes });
}

/** When all claims are looked at, a volume is bound: ages follow from a phase that is drawn. */
function ageless(play: Play): Play {
  const commands = play.commands.map((command) => {
    if (!command.line.startsWith('kubectl get ')) return command;
    return { ...command, output: command.output.replace(/ +(\d+[smh])+\b/g, ' AGE') };
  });
  return { ...play, commands };
}

/** The recorder's paths were taken out of the volumes, and left a number where a text has to be. */
function readable(recording: Recording): Recording {
  const files = Object.entries(recording.files).map(([name, text]): [string, string] => [
    name,
    text.replace(/path: (\d)/, 'path: "$1"'),
  ]);
  const commands = recording.commands.map((command) => {
    const [, , beginMs] =
      MOVED.find(([name, index]) => name === recording.name && index === command.index) ?? [];
    return beginMs === undefined ? command : { ...command, beginMs };
  });
  return { ...recording, commands, files: Object.fromEntries(files) };
}

test.skipIf(hasRecordings)('The recordings of real clusters do not lie beside the project', ({ skip }) =>
  skip('there is nothing to compare with'),
);
