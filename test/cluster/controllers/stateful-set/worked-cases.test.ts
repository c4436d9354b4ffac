import { describe, expect, test } from 'vitest';
import { deletion, settingsOf } from '../../node/play.ts';
import { change, made, play, podsWithVersions, stepsOf } from './sets.ts';

/** Pods of these names are ready until 12 s, and the others for good. */
function losing(names: readonly string[]) {
  const until = settingsOf({}).epochMs / 1000 + 12;
  const script = `case $HOSTNAME in ${names.join('|')}) test $(date +%s) -lt ${until};; *) true;; esac`;
  const exec = { command: ['sh', '-c', script] };
  const readinessProbe = { exec, periodSeconds: 1, failureThreshold: 1 };
  return {
    containers: [{ name: 'c', image: 'busybox:1.36', command: ['sleep', '3600'], readinessProbe }],
  };
}

describe('a set of three that is made one pod', () => {
  test.each<[unready: readonly string[], steps: readonly string[], why: string]>([
    [['db-1'], ['~db-2', '-db-2', '~db-1', '-db-1'], 'the first that is not fine may go'],
    [['db-1', 'db-2'], [], 'db-2 is not fine, and not the first of those'],
    [['db-0'], [], 'those that are to stay come first'],
    [[], ['~db-2', '-db-2', '~db-1', '-db-1'], 'all are fine'],
  ])('while %j are not ready: %j, as %s', (unready, steps) => {
    const pod = losing(unready.length > 0 ? unready : ['none']);
    const typed = [made({}, pod), change(20_000, { replicas: 1 }, '1', pod)];
    expect(stepsOf(play(typed, { until: 50_000 }), 20_000)).toEqual(steps);
  });
});

test('a partition of two of five updates the last three, from the last', () => {
  const updateStrategy = { type: 'RollingUpdate', rollingUpdate: { partition: 2 } };
  const spec = { replicas: 5, updateStrategy };
  const over = play([made(spec), change(10_000, spec, '2')], { until: 60_000 });
  const asked = stepsOf(over, 10_000).filter((step) => step.startsWith('~'));
  expect(asked).toEqual(['~db-4', '~db-3', '~db-2']);
  expect(podsWithVersions(over)).toEqual(['db-0 V1', 'db-1 V1', 'db-2 V2', 'db-3 V2', 'db-4 V2']);
});

test('a pod that goes and takes its time keeps its name from the next', () => {
  const over = play([made({ replicas: 1 }), deletion(5000, 'db-0', 20)], { until: 24_000 });
  expect(stepsOf(over, 5000)).toEqual(['~db-0']);
});
