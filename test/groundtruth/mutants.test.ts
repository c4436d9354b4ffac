import { describe, expect, test } from 'vitest';
import { type Comparison, comparePlays } from '../../src/compare/compare.ts';
import type { Play, WatchedChange } from '../../src/compare/play.ts';
import { hasRecordings, readRecording } from './recordings.ts';

const A1 = 'v1.36/a1-rolling-update-solo';
const H = 'v1.36/h-jobs-cronjobs';
const G = 'v1.36/g-statefulset';
const B7 = 'v1.36/b7-endpointslice-terminating';

type Rewrite = [what: string, recording: string, from: RegExp, to: string, names: RegExp];

describe.skipIf(!hasRecordings)('A recording beside itself, changed', () => {
  test.each<Rewrite>([
    ['another size', A1, /"spec":\{"replicas":2,/, '"spec":{"replicas":1,', /sizes.*spec\.replicas=2/],
    [
      'another reason',
      A1,
      /NewReplicaSetAvailable/,
      'MinimumReplicas',
      /Deployment nginx.*NewReplicaSetAvailable/,
    ],
    ['another message', A1, /Scaled down/, 'Shrunk', /Events of scaling.*Scaled down/],
    [
      'a pod too many',
      A1,
      /"status":\{"replicas":3,/,
      '"status":{"replicas":4,',
      /ReplicaSet nginx<\d>.*replicas/,
    ],
    ['another port', A1, /"targetPort":80/, '"targetPort":81', /Service nginx.*targetPort=80/],
    ['another image', A1, /"image":"nginx:1.17"/g, '"image":"nginx:1.15"', /nginx:1\.17/],
    ['another count', H, /"failed":3/, '"failed":2', /Job failing.*failed 3/],
    ['another end of a Job', H, /BackoffLimitExceeded/, 'DeadlineExceeded', /BackoffLimitExceeded/],
    ['another word of a Job', H, /Job completed/, 'Job is complete', /Job .*Job completed/],
    ['another minute', H, /hello-29920632/, 'hello-29920631', /hello-29920632/],
    ['another count of a set', G, /"currentReplicas":2/, '"currentReplicas":3', /StatefulSet web.*status/],
    ['another hash', G, /web-7cc979c98c/g, 'web-7cc979c98d', /revisions.*web-7cc979c98c/],
    [
      'another index',
      G,
      /"apps.kubernetes.io\/pod-index":"2"/,
      '"apps.kubernetes.io/pod-index":"3"',
      /web-2/,
    ],
    ['another claim', G, /Create Claim/, 'create Claim', /StatefulSet web.*Create Claim/],
    ['another volume', G, /"volumeName":"gpv-1"/, '"volumeName":"gpv-2"', /PersistentVolumeClaim www-web-1/],
    ['an endpoint that serves no more', B7, /"serving":true/g, '"serving":false', /EndpointSlice.*serving/],
    ['another actor of an Event', A1, /"deployment-controller"/g, '"kubectl"', /deployment-controller/],
  ])('%s in %s is named', (_what, name, from, to, names) => {
    const recording = readRecording(name);
    const rewritten = comparePlays(recording, rewrite(recording, from, to));
    expect(rewritten.divergences.map(headline)).toContainEqual(expect.stringMatching(names));
  });

  test('an object that stayed is named', () => {
    const recording = readRecording(A1);
    const changes = recording.changes.map(
      (change): WatchedChange => (change.type === 'DELETED' ? { ...change, type: 'MODIFIED' } : change),
    );
    const { divergences } = comparePlays(recording, { ...recording, changes });
    expect(divergences.map(({ of }) => of)).toContain('deletions');
  });

  test('two determined writes that were swapped are named', () => {
    const recording = readRecording(A1);
    const isSize = ({ object }: WatchedChange) =>
      object.kind === 'ReplicaSet' && /<|-/.test(object.metadata.name ?? '');
    const sets = recording.changes.flatMap((change, index) => (isSize(change) ? [index] : []));
    const [first, second] = [sets[6] ?? 0, sets[14] ?? 0];
    const changes = [...recording.changes];
    const [a, b] = [changes[first], changes[second]];
    if (a && b)
      [changes[first], changes[second]] = [
        { ...b, atMs: a.atMs },
        { ...a, atMs: b.atMs },
      ];
    const { divergences } = comparePlays(recording, { ...recording, changes });
    expect(divergences[0]?.about).toMatch(/rollouts|ReplicaSet/);
    expect(Math.abs((divergences[0]?.atMs ?? 0) - (a?.atMs ?? 0))).toBeLessThan(2000);
  });

  test('the writer is named where a log tells of another', () => {
    const recording = readRecording('v1.36/b1-liveness-exec');
    const changes = recording.changes.map((change) => ({
      ...change,
      by: change.object.kind === 'Pod' ? 'kubectl' : 'kubelet/node-1',
    }));
    const { divergences } = comparePlays(recording, { ...recording, changes });
    expect(divergences.map(headline)).toContainEqual(
      expect.stringMatching(/Pod liveness-exec writers.*written by scheduler.*written by kubectl/),
    );
  });

  test.each([
    ['another line', 'delay=5s', 'delay=9s', 2],
    ['another age', /66s ago/g, '61s ago', 3],
  ])('%s that was printed is named', (_what, from, to, count) => {
    const recording = readRecording('v1.36/b1-liveness-exec');
    const commands = recording.commands.map((one) => ({ ...one, output: one.output.replace(from, to) }));
    const { divergences } = comparePlays(recording, { ...recording, commands });
    expect(divergences.map(({ aspect }) => aspect)).toEqual(Array.from({ length: count }, () => 'outputs'));
  });

  test('another exit code is named', () => {
    const recording = readRecording(A1);
    const commands = recording.commands.map((one) => ({ ...one, exitCode: one.exitCode === 0 ? 0 : 2 }));
    const { divergences } = comparePlays(recording, { ...recording, commands });
    expect(divergences[0]).toMatchObject({
      wanted: { says: 'exit code 1' },
      actual: { says: 'exit code 2' },
    });
  });
});

/** The same play, with another text in every object. */
function rewrite(play: Play, from: RegExp, to: string): Play {
  const changes = play.changes.map((change) => ({
    ...change,
    object: JSON.parse(JSON.stringify(change.object).replace(from, to)),
  }));
  return { ...play, changes };
}

function headline({ about, of, wanted, actual }: Comparison['divergences'][number]): string {
  return `${about} ${of}: ${wanted?.says ?? ''} | ${actual?.says ?? ''}`;
}
