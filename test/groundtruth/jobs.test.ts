import { describe, expect, test } from 'vitest';
import { type Play, playUntil } from '../../src/compare/play.ts';
import type { Recording } from '../../src/compare/recording/recording.ts';
import { type JobStory, jobStoryOf } from '../../src/compare/workloads/compare-jobs.ts';
import { hasRecordings, playOf, readRecording } from './recordings.ts';

/** Recordings of Jobs, CronJobs and DaemonSets, and how far each is simulated. */
const JUDGED: readonly (readonly [name: string, untilMs: number])[] = [
  ['v1.36/h-jobs-cronjobs', Number.POSITIVE_INFINITY],
  ['v1.20/h-jobs-cronjobs', Number.POSITIVE_INFINITY],
  // Then its kubelet is restarted, and its node drained, which cannot be typed here yet.
  ['v1.36/k-daemonset-solo', 27_000],
];

/** A pod of two that ended before the other did, as long as a busy kubelet takes to tell of it. */
const BETWEEN: readonly (readonly [recording: string, about: string, text: RegExp])[] = [
  ['v1.20/h-jobs-cronjobs', 'Job ok', /^active 2, succeeded [13], /],
];

const SEEDS = ['1', '2', '3'];

describe.skipIf(!hasRecordings)('Jobs, CronJobs and DaemonSets of real clusters, played here', () => {
  test.each(JUDGED)('%s goes the same way, whatever is drawn', (name, untilMs) => {
    const recording = begunOf(readRecording(name), untilMs);
    const story = (play: Play) => withoutBetween(name, jobStoryOf(playUntil(untilMs, play)));
    const wanted = story(recording);
    expect(Object.values(wanted).flat().length).toBeGreaterThan(10);
    for (const seed of SEEDS) expect(story(playOf(recording, seed))).toEqual(wanted);
  });

  test.each<[what: string, from: RegExp, to: string]>([
    ['another count', /"failed":3/, '"failed":2'],
    ['another reason', /BackoffLimitExceeded/, 'DeadlineExceeded'],
    ['another message', /Job completed/, 'Job is complete'],
    ['another time', /hello-29920632/, 'hello-29920631'],
  ])('sees %s', (_what, from, to) => {
    const recording = readRecording('v1.36/h-jobs-cronjobs');
    const changes = recording.changes.map((change) => ({
      ...change,
      object: JSON.parse(JSON.stringify(change.object).replace(from, to)),
    }));
    expect(jobStoryOf({ ...recording, changes })).not.toEqual(jobStoryOf(recording));
  });
});

test.skipIf(hasRecordings)('The recordings of real clusters do not lie beside the project', ({ skip }) =>
  skip('there is nothing to compare with'),
);

function withoutBetween(recording: string, story: JobStory): JobStory {
  return Object.fromEntries(
    Object.entries(story).map(([what, texts]) => {
      const [, , between] = BETWEEN.find(([name, about]) => name === recording && about === what) ?? [];
      return [what, texts.filter((text) => between === undefined || !between.test(text))];
    }),
  );
}

/** What was typed until then. */
function begunOf(recording: Recording, untilMs: number): Recording {
  if (untilMs === Number.POSITIVE_INFINITY) return recording;
  const commands = recording.commands.filter(({ beginMs }) => beginMs < untilMs);
  return { ...recording, commands, endMs: untilMs };
}
