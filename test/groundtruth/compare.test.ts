import { describe, expect, test } from 'vitest';
import type { CoreEvent, Pod } from '../../src/cluster/objects/kubernetes.ts';
import { comparePlays } from '../../src/compare/compare.ts';
import { playUntil, type WatchedChange } from '../../src/compare/play.ts';
import { comparePods } from '../../src/compare/pods/compare-pods.ts';
import { JUDGED } from './judged.ts';
import { hasRecordings, readRecording } from './recordings.ts';

const WHERE = 'the recordings of real clusters do not lie beside the project';
const RECORDINGS = [...new Set(JUDGED.map(({ recording }) => recording))];

describe.skipIf(!hasRecordings)('The judge of fidelity', () => {
  test.each(RECORDINGS)('finds that %s agrees with itself', (name) => {
    const { divergences, explained } = comparePlays(readRecording(name), readRecording(name));
    expect({ divergences, explained }).toEqual({ divergences: [], explained: [] });
  });

  test.each([
    ['v1.36/b1-liveness-exec', 'v1.36/b1-liveness-exec-long'],
    ['v1.36/b1-liveness-exec-long', 'v1.36/b1-liveness-exec'],
    ['v1.20/b1-liveness-exec-solo', 'v1.20/b1-liveness-exec'],
    ['v1.36/b2-crashloop', 'v1.36/b2-crashloop-long'],
    ['v1.20/b2-crashloop', 'v1.20/b2-crashloop-solo'],
    ['v1.20/b5-termination', 'v1.20/b5-termination-solo'],
  ])('finds that %s agrees with %s as far as both went', (wanted, actual) => {
    const common = Math.min(readRecording(wanted).watchedMs, readRecording(actual).watchedMs);
    const plays = [wanted, actual].map((name) => playUntil(common, readRecording(name)));
    const [first, second] = plays;
    const differences = first && second ? comparePods(first, second) : [];
    const named = differences.filter(({ about, aspect }) => aspect !== 'objects' && !EXCUSED.test(about));
    expect(named).toEqual([]);
  });

  test.each<Mutant>([
    ['a restart at once instead of after the grace', 'v1.36/b1-liveness-exec', 'times', soonerAfterKill],
    ['a back-off shown too early', 'v1.36/b2-crashloop-long', 'times', shownEarly],
    ['a back-off at the second restart', 'v1.36/b1-liveness-exec', 'states', backingOffTooSoon],
    ['no terminal phase before the end', 'v1.36/b5-termination-solo', 'states', without('finished')],
    ['a terminal phase where 1.20 has none', 'v1.20/b5-termination-solo', 'states', terminalPhase],
    ['a missing status write', 'v1.36/b1-liveness-exec', 'states', without('sandbox')],
    ['a status write too many', 'v1.36/b1-liveness-exec', 'states', oneWriteMore],
    ['another message in a status', 'v1.36/b2-crashloop-long', 'states', pods(rewordBackOff)],
    [
      'another reason of a condition',
      'v1.36/b5-termination-solo',
      'states',
      pods(replaceText('PodCompleted', 'PodFailed')),
    ],
    [
      'another message of an Event',
      'v1.36/b1-liveness-exec',
      'events',
      events(replaceText('will be restarted', 'is restarted')),
    ],
    [
      'another source of an Event',
      'v1.36/b1-liveness-exec',
      'events',
      events(replaceText('"Binding"', '"Bound"')),
    ],
    ['an Event that is missing', 'v1.36/b1-liveness-exec', 'events', dropEvent('Killing', 3)],
    ['an Event too many', 'v1.36/b1-liveness-exec', 'events', repeatLast('Killing')],
    ['an Event that came too late', 'v1.36/b1-liveness-exec', 'times', delayEvent('Unhealthy', 2, 2000)],
    ['Events in another order', 'v1.36/b1-liveness-exec', 'order', delayEvent('Pulled', 2, 300)],
    ['an end too late after the last container', 'v1.36/b5-termination-solo', 'times', lateEnd(3000)],
    ['an end off the 10 s tick', 'v1.20/b5-termination-solo', 'grid', lateEnd(4000)],
    [
      'more Events than the spam filter lets through',
      'v1.20/b1-liveness-exec',
      'spam filter',
      repeatLast('Unhealthy'),
    ],
    [
      'a wrong time in a status',
      'v1.36/b1-liveness-exec',
      'stamps',
      pods(replaceText('2026-11-21T05:09:32Z', '2026-11-21T05:09:20Z')),
    ],
    [
      'a pod that is not there',
      'v1.36/b2-crashloop',
      'objects',
      (changes) => changes.filter(({ object }) => object.metadata.name !== 'oom'),
    ],
  ])('sees %s', (_, name, kind, mutate) => {
    const recording = readRecording(name);
    const { divergences } = comparePlays(recording, { ...recording, changes: mutate(recording.changes) });
    expect(divergences.map(({ aspect }) => aspect)).toContain(kind);
  });

  test('shows both sides of a difference, the first one marked', () => {
    const recording = readRecording('v1.36/b1-liveness-exec');
    const mutated = { ...recording, changes: without('sandbox')(recording.changes) };
    expect(comparePods(recording, mutated)[0]?.text).toMatchInlineSnapshot(`
      "  recorded                                                                     | simulated
           1.166 created: Pending                                                    |    1.166 created: Pending
           1.172 scheduled: Pending                                                  |    1.172 scheduled: Pending
           1.180 accepted: Pending liveness=waiting:ContainerCreating x0             |    1.180 accepted: Pending liveness=waiting:ContainerCreating x0
      >    1.591 sandbox up: Pending liveness=waiting:ContainerCreating x0           |    1.639 started: Running liveness=running+ x0
           1.639 started: Running liveness=running+ x0                               |   76.771 restarted: Running liveness=running+ x1
          76.771 restarted: Running liveness=running+ x1                             |  151.620 restarted: Running liveness=running+ x2
         151.620 restarted: Running liveness=running+ x2                             |  226.616 restarted: Running liveness=running+ x3
         226.616 restarted: Running liveness=running+ x3                             |  301.619 restarted: Running liveness=running+ x4
          status.phase: wanted \`Pending\`, is \`Running\`
          status.conditions.Ready.status: wanted \`False\`, is \`True\`
          status.conditions.Ready.reason: wanted \`ContainersNotReady\`, is nothing
          status.conditions.Ready.message: wanted \`containers with unready status: [liveness]\`, is nothing
          status.conditions.ContainersReady.status: wanted \`False\`, is \`True\`
          status.conditions.ContainersReady.reason: wanted \`ContainersNotReady\`, is nothing
          status.conditions.ContainersReady.message: wanted \`containers with unready status: [liveness]\`, is nothing
          status.containerStatuses.liveness.state.waiting.reason: wanted \`ContainerCreating\`, is nothing
          status.containerStatuses.liveness.ready: wanted \`false\`, is \`true\`
          status.containerStatuses.liveness.imageID: wanted nothing, is \`<set>\`
          status.containerStatuses.liveness.started: wanted \`false\`, is \`true\`
          status.podIP: wanted nothing, is \`<set>\`
          status.podIPs.0.ip: wanted nothing, is \`<set>\`
          status.containerStatuses.liveness.state.running.startedAt: wanted nothing, is \`<set>\`
          status.containerStatuses.liveness.containerID: wanted nothing, is \`<set>\`
          status.containerStatuses.liveness.user.linux.uid: wanted nothing, is \`0\`
          status.containerStatuses.liveness.user.linux.gid: wanted nothing, is \`0\`
          status.containerStatuses.liveness.user.linux.supplementalGroups.0: wanted nothing, is \`0\`"
    `);
  });
});

test.skipIf(hasRecordings)('The judge of fidelity has nothing to judge by', ({ skip }) => skip(WHERE));

/**
 * Deleted before the loaded kubelet had told of its start, and its container gone before it had told of its
 * end.
 */
const EXCUSED = /^Pod ignoreterm$/;

type Mutate = (changes: readonly WatchedChange[]) => readonly WatchedChange[];
type Mutant = [what: string, recording: string, kind: string, mutate: Mutate];

/** Another version of the objects of a kind. */
function rewrite(kind: string, change: (text: string) => string): Mutate {
  return (changes) =>
    changes.map((each) =>
      each.object.kind === kind ? { ...each, object: JSON.parse(change(JSON.stringify(each.object))) } : each,
    );
}

function pods(change: (text: string) => string): Mutate {
  return rewrite('Pod', change);
}

function events(change: (text: string) => string): Mutate {
  return rewrite('Event', change);
}

function replaceText(from: string, to: string): (text: string) => string {
  return (text) => text.replaceAll(from, to);
}

function rewordBackOff(text: string): string {
  return text.replace('back-off 20s', 'back-off 30s');
}

function podOf({ object }: WatchedChange): Pod | undefined {
  return object.kind === 'Pod' ? (object as Pod) : undefined;
}

function restartsOf(change: WatchedChange): number {
  return podOf(change)?.status?.containerStatuses?.[0]?.restartCount ?? 0;
}

function soonerAfterKill(changes: readonly WatchedChange[]): readonly WatchedChange[] {
  const begin = changes.find((change) => restartsOf(change) === 1)?.atMs ?? 0;
  return changes.map((each) => (each.atMs > begin - 1000 ? { ...each, atMs: each.atMs - 30_000 } : each));
}

function shownEarly(changes: readonly WatchedChange[]): readonly WatchedChange[] {
  return changes.map((each) =>
    JSON.stringify(each.object).includes('back-off 40s') ? { ...each, atMs: each.atMs - 25_000 } : each,
  );
}

function backingOffTooSoon(changes: readonly WatchedChange[]): readonly WatchedChange[] {
  const again = changes.findIndex((change) => restartsOf(change) === 2);
  const before = changes[again] as WatchedChange;
  const text = JSON.stringify(before.object)
    .replace('"restartCount":2', '"restartCount":1')
    .replace(/"state":\{"running":\{[^}]*\}\}/, '"state":{"waiting":{"reason":"CrashLoopBackOff"}}');
  const early: WatchedChange = { ...before, atMs: before.atMs - 200, object: JSON.parse(text) };
  return changes.toSpliced(again, 0, early);
}

function without(what: 'finished' | 'sandbox'): Mutate {
  return (changes) => {
    let last: Pod | undefined;
    return changes.filter((change) => {
      const pod = podOf(change);
      if (!pod) return true;
      const before = last;
      last = pod;
      if (what === 'finished')
        return !(
          /Succeeded|Failed/.test(pod.status?.phase ?? '') && pod.metadata.deletionGracePeriodSeconds !== 0
        );
      return isSandboxUp(before) || !isSandboxUp(pod) || pod.status?.phase === 'Running';
    });
  };
}

function isSandboxUp(pod: Pod | undefined): boolean {
  const condition = pod?.status?.conditions?.find(({ type }) => type === 'PodReadyToStartContainers');
  return condition?.status === 'True';
}

function terminalPhase(changes: readonly WatchedChange[]): readonly WatchedChange[] {
  return changes.map((each) => {
    const pod = podOf(each);
    const ended = pod?.status?.containerStatuses?.[0]?.state?.terminated !== undefined;
    return ended
      ? { ...each, object: { ...pod, status: { ...pod?.status, phase: 'Succeeded' } } as Pod }
      : each;
  });
}

function oneWriteMore(changes: readonly WatchedChange[]): readonly WatchedChange[] {
  const index = changes.findIndex((change) => restartsOf(change) === 1);
  const [before, after] = [changes.slice(0, index).findLast(podOf), changes[index]];
  const extra = { ...before, atMs: (after?.atMs ?? 0) - 20 } as WatchedChange;
  const text = JSON.stringify(extra.object).replace('"ready":true', '"ready":false');
  return changes.toSpliced(index, 0, { ...extra, object: JSON.parse(text) });
}

function isEvent(change: WatchedChange, reason: string): boolean {
  return change.object.kind === 'Event' && (change.object as CoreEvent).reason === reason;
}

function dropEvent(reason: string, count: number): Mutate {
  return (changes) =>
    changes.filter((each) => !(isEvent(each, reason) && (each.object as CoreEvent).count === count));
}

function repeatLast(reason: string, afterMs = 400): Mutate {
  return (changes) => {
    const last = changes.findLast((each) => isEvent(each, reason)) as WatchedChange;
    const event = last.object as CoreEvent;
    const again = { ...event, count: (event.count ?? 0) + 1 } as CoreEvent;
    return [...changes, { ...last, atMs: last.atMs + afterMs, object: again }];
  };
}

function delayEvent(reason: string, count: number, byMs: number): Mutate {
  return (changes) =>
    changes.map((each) =>
      isEvent(each, reason) && (each.object as CoreEvent).count === count
        ? { ...each, atMs: each.atMs + byMs }
        : each,
    );
}

function lateEnd(byMs: number): Mutate {
  return (changes) =>
    changes.map((each) => {
      const released = podOf(each)?.metadata.deletionGracePeriodSeconds === 0;
      return released && each.object.metadata.name === 'prestop-ok'
        ? { ...each, atMs: each.atMs + byMs }
        : each;
    });
}
