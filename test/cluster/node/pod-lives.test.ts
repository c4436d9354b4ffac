import { describe, expect, test } from 'vitest';
import type { Event } from '../../../src/cluster/contract/event.ts';
import type { Pod } from '../../../src/cluster/objects/kubernetes.ts';
import { create, deletion, type Play, playCluster, type Typed } from './play.ts';
import { gaps, lines, played, podOf, timeOf } from './pods.ts';

const liveness = podOf('live', 'touch /tmp/healthy; sleep 30; rm -rf /tmp/healthy; sleep 600', {
  container: {
    livenessProbe: { exec: { command: ['cat', '/tmp/healthy'] }, initialDelaySeconds: 5, periodSeconds: 5 },
  },
});

describe('a container that stops being healthy', () => {
  const play = played([liveness], { until: 700_000 });

  test('is started anew every 75 seconds: three probes, and the grace that a shell as PID 1 sits out', () => {
    const starts = lines(play, /c=running/).slice(0, 6);
    expect(starts.map((line) => /restarts=\d/.exec(line)?.[0])).toEqual(
      [0, 1, 2, 3, 4, 5].map((count) => `restarts=${count}`),
    );
    for (const gap of gaps(starts)) expect(gap).toBeCloseTo(75, 0);
    const kills = lines(play, /Killing/);
    for (const [index, kill] of kills.slice(0, 5).entries()) {
      expect(timeOf(starts[index + 1]) - timeOf(kill)).toBeGreaterThan(30);
      expect(timeOf(starts[index + 1]) - timeOf(kill)).toBeLessThan(30.5);
    }
  });

  test('backs off at the sixth restart, not before: it counts from the end of the one before', () => {
    const [first] = lines(play, /BackOff/);
    const [sixth] = lines(play, /restarts=6/);
    expect(timeOf(first)).toBeCloseTo(timeOf(lines(play, /restarts=5/)[0]) + 75, 0);
    expect(timeOf(sixth) - timeOf(first)).toBeGreaterThan(79);
    expect(lines(play, /CrashLoopBackOff/)[0]).toMatch(/restarts=5/);
  });

  test('tells of the third failure before it tells of the kill', () => {
    const told = lines(play, /Unhealthy|Killing/).slice(0, 4);
    expect(told.map((line) => /(Unhealthy|Killing)/.exec(line)?.[0])).toEqual([
      'Unhealthy',
      'Unhealthy',
      'Unhealthy',
      'Killing',
    ]);
    expect(told[3]).toContain('Container c failed liveness probe, will be restarted');
    expect(gaps(told.slice(0, 3))).toEqual([5, 5]);
  });

  test('leaves no trace of the probes that succeed', () => {
    const quiet = play.log.filter(({ at, key }) => key.startsWith('probe/') && at > 10_000 && at < 30_000);
    expect(quiet).toEqual([]);
  });
});

describe('a container that ends at once', () => {
  const play = played([podOf('crash', 'exit 1')], { until: 700_000 });

  test('is started again at once, and then waits 10, 20, 40, 80, 160 and 300 s, up to half more', () => {
    const starts = lines(play, /c=running/).map(timeOf);
    const waits = starts.slice(1).map((at, index) => at - (starts[index] ?? 0));
    expect(waits[0]).toBeLessThan(2.5);
    for (const [index, [low, high]] of [
      [10, 16],
      [20, 31],
      [40, 62],
      [80, 100],
      [160, 180],
      [300, 320],
    ].entries()) {
      expect(waits[index + 1]).toBeGreaterThanOrEqual(low ?? 0);
      expect(waits[index + 1]).toBeLessThanOrEqual(high ?? 0);
    }
  });

  test('shows its end for nearly all of the wait: the sync that restarts it tells CrashLoopBackOff', () => {
    const [ended] = lines(play, /terminated:Error\/1.*restarts=3/);
    const [waiting] = lines(play, /CrashLoopBackOff.*restarts=3/);
    const [again] = lines(play, /c=running.*restarts=4/);
    expect(timeOf(waiting) - timeOf(ended)).toBeGreaterThan(39);
    expect(timeOf(again) - timeOf(waiting)).toBeLessThan(0.2);
  });

  test('keeps one dead instance, whose end is its last state', () => {
    const removed = play.log.flatMap(({ event }) =>
      event.type === 'ContainerRemoved' ? [event.container] : [],
    );
    const created = play.log.flatMap(({ event }) => (event.type === 'ContainerCreated' ? [event.id] : []));
    expect(removed).toEqual(created.slice(0, -1));
  });
});

describe('the end of pods that are not restarted', () => {
  test.each`
    policy         | script      | phase
    ${'Never'}     | ${'exit 0'} | ${'Succeeded'}
    ${'Never'}     | ${'exit 3'} | ${'Failed'}
    ${'OnFailure'} | ${'exit 0'} | ${'Succeeded'}
  `(
    '$policy, $script: unready at once, $phase a look later, with the sandbox gone',
    ({ policy, script, phase }) => {
      const play = played([podOf('job', `sleep 3; ${script}`, { spec: { restartPolicy: policy } })], {
        until: 20_000,
      });
      const [unready, over, ...rest] = lines(play, /Pod\/job.*(terminated|phase=(Succeeded|Failed))/);
      expect(rest).toEqual([]);
      expect(unready).toMatch(/cond\.Ready=False\/Pod(Completed|Failed)/);
      expect(over).toContain(`phase=${phase} cond.PodReadyToStartContainers=False`);
      expect(timeOf(over) - timeOf(unready)).toBeGreaterThan(1);
      expect(timeOf(over) - timeOf(unready)).toBeLessThan(1.3);
    },
  );

  test('OnFailure starts again what failed', () => {
    const play = played([podOf('job', 'exit 3', { spec: { restartPolicy: 'OnFailure' } })], { until: 5000 });
    expect(lines(play, /restarts=1/).length).toBeGreaterThan(0);
  });
});

describe('a pod that is deleted', () => {
  const pod = podOf('gone', 'sleep 600', { spec: { terminationGracePeriodSeconds: 4 } });

  test('1.36: is told to stop, is killed after its grace, is Failed, and is gone with the next look', () => {
    const play = played([pod], { until: 60_000 }, [deletion(10_000, 'gone')]);
    const [asked, observed, killing, failed, last, deleted] = lines(play, /Pod\/gone/).slice(-6);
    expect(asked).toContain('deleting=grace=4');
    expect(observed).toContain('obsGen=2');
    expect(killing).toContain('Stopping container c');
    expect(failed).toMatch(/phase=Failed.*cond\.Ready=False\/PodFailed.*c=terminated:Error\/137/);
    expect(last).toContain('deleting=grace=0');
    expect(deleted).toContain('DELETED');
    expect(timeOf(failed) - timeOf(killing)).toBeGreaterThan(4);
    expect(timeOf(failed) - timeOf(killing)).toBeLessThan(4.3);
    expect(timeOf(deleted) - timeOf(failed)).toBeLessThan(1.1);
  });

  test('1.20: stays Running, and vanishes with one of the looks every ten seconds', () => {
    const old: Pod = { ...pod, spec: { ...pod.spec, automountServiceAccountToken: false } };
    const play = played([old], { until: 60_000, minor: 20 }, [deletion(10_000, 'gone')]);
    expect(lines(play, /phase=/).map((line) => /phase=\w+/.exec(line)?.[0])).toEqual([
      'phase=Pending',
      'phase=Running',
    ]);
    const [ended] = lines(play, /terminated:Error\/137/);
    const [deleted] = lines(play, /DELETED/);
    expect(timeOf(deleted) - timeOf(ended)).toBeLessThan(12);
  });

  test('without any grace its object is gone at once, and its containers a little later', () => {
    const play = played([pod], { until: 60_000 }, [deletion(10_000, 'gone', 0)]);
    const [deleted] = lines(play, /DELETED/);
    expect(timeOf(deleted)).toBe(10);
    const exit = play.log.find(({ event }) => event.type === 'ContainerExited');
    expect(exit?.at).toBeGreaterThan(12_000);
    expect(exit?.at).toBeLessThan(12_200);
    expect(play.log.at(-1)?.event.type).not.toBe('RequestRefused');
  });

  test('before its container ever ran, ends as Failed, whatever became of the container', () => {
    const unpulled = podOf('gone', 'sleep 1', { container: { image: 'nosuchimage:v1' } });
    const play = played([unpulled], { until: 60_000 }, [deletion(10_000, 'gone')]);
    expect(lines(play, /phase=Failed/)).toEqual([
      expect.stringContaining('c=terminated:ContainerStatusUnknown/137'),
    ]);
    expect(lines(play, /DELETED/)).toHaveLength(1);
  });

  test('leaves nothing behind in the kubelet', () => {
    const { world } = played([pod], { until: 60_000 }, [deletion(10_000, 'gone')]);
    const { podWorkers, podStatuses, probeWorkers, processes } = world.store.tables;
    for (const table of [podWorkers, podStatuses, probeWorkers, processes])
      expect([...table.rows(world.seq)]).toEqual([]);
  });
});

describe('an image that cannot be pulled', () => {
  const play = played([podOf('bad', 'sleep 1', { container: { image: 'nosuchimage:v1' } })], {
    until: 60_000,
  });

  test('is asked for with growing pauses, and what shows is one look behind', () => {
    const shown = lines(play, /c=waiting:(ErrImagePull|ImagePullBackOff)/);
    expect(shown.map((line) => /waiting:(\w+)/.exec(line)?.[1])).toEqual(
      ['ErrImagePull', 'ImagePullBackOff', 'ErrImagePull', 'ImagePullBackOff', 'ErrImagePull'].slice(
        0,
        shown.length,
      ),
    );
    const pulls = lines(play, /Pulling/);
    expect(gaps(pulls)[0]).toBeGreaterThan(10);
    expect(gaps(pulls)[1]).toBeGreaterThan(20);
  });

  test('is told of in the words of containerd, first the error and then its name', () => {
    const told = lines(play, /x1 (Warning|Normal) (Failed|BackOff)/).map((line) =>
      line.replace(/.*Pod\/bad: /, ''),
    );
    expect(told).toEqual([
      'Failed to pull image "nosuchimage:v1": rpc error: code = NotFound desc = failed to pull and unpack image "docker.io/library/nosuchimage:v1": failed to resolve image: docker.io/library/nosuchimage:v1: not found',
      'Error: ErrImagePull',
      'Back-off pulling image "nosuchimage:v1"',
      'Error: ImagePullBackOff',
    ]);
  });
});

describe('what keeps a pod from starting', () => {
  test('a ConfigMap that is not there, for its environment', () => {
    const container = { envFrom: [{ configMapRef: { name: 'missing' } }] };
    const play = played([podOf('env', 'sleep 60', { container })], { until: 10_000 });
    expect(lines(play, /Warning Failed/)[0]).toContain('Error: configmap "missing" not found');
    expect(lines(play, /CreateContainerConfigError/)).toHaveLength(1);
  });

  test('a ConfigMap that is not there, for a volume: tried with growing pauses until it comes', () => {
    const spec = { volumes: [{ name: 'v', configMap: { name: 'late' } }] };
    const container = { volumeMounts: [{ name: 'v', mountPath: '/v' }] };
    const late = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'late' }, data: { key: 'text' } };
    const come: Typed = {
      at: 4000,
      request: { verb: 'create', resource: 'configmaps', namespace: 'default', object: late },
    };
    const play = played([podOf('vol', 'sleep 60', { spec, container })], { until: 30_000 }, [come]);
    const failed = lines(play, /FailedMount/);
    expect(failed[0]).toContain('MountVolume.SetUp failed for volume "v" : configmap "late" not found');
    const [first, second] = gaps(failed);
    expect(first).toBeGreaterThanOrEqual(0.5);
    // The pauses are whole milliseconds, and these are their differences in seconds.
    expect(second).toBeGreaterThan(0.9995);
    expect(lines(play, /phase=Running/)).toHaveLength(1);
    const written = play.log.flatMap(({ event }) => (event.type === 'FileWritten' ? [event] : []));
    expect(written).toMatchObject([{ path: '/key', content: 'text' }]);
  });

  test.each`
    spec                               | container                                    | reason
    ${{}}                              | ${{ resources: { requests: { cpu: '3' } } }} | ${"OutOfcpu Pod/no: Node didn't have enough resource: cpu, requested: 3000, used: 0, capacity: 2000"}
    ${{ nodeSelector: { disk: 'x' } }} | ${{}}                                        | ${"NodeAffinity Pod/no: Predicate NodeAffinity failed: node(s) didn't match Pod's node affinity/selector"}
  `('the kubelet itself, which rejects it: $reason', ({ spec, container, reason }) => {
    const play = played([podOf('no', 'sleep 60', { spec: { nodeName: 'node-1', ...spec }, container })], {
      until: 20_000,
    });
    expect(lines(play, /Warning/)).toEqual([expect.stringContaining(reason)]);
    expect(lines(play, /phase=Failed/)).toHaveLength(1);
    expect(play.log.filter(({ event }) => event.type === 'SandboxStarted')).toEqual([]);
  });
});

test('a pod that is active for too long is ended by its kubelet', () => {
  const spec = { activeDeadlineSeconds: 5, terminationGracePeriodSeconds: 3 };
  const play = played([podOf('long', 'sleep 600', { spec })], { until: 30_000 });
  expect(lines(play, /DeadlineExceeded Pod/)).toHaveLength(1);
  expect(lines(play, /phase=Failed\/DeadlineExceeded.*137/)).toHaveLength(1);
});

describe('laws', () => {
  const facts = (play: Play, name: string): (readonly [number, Event])[] =>
    play.log.filter(({ key }) => key.includes(`/${name}/`)).map(({ at, event }) => [at, event] as const);

  test('what the kubelet does with a pod does not depend on an unrelated pod on another node', () => {
    const nodes = 2;
    const spread = (pod: Pod, node: string): Pod => ({ ...pod, spec: { ...pod.spec, nodeName: node } });
    const one = spread(podOf('one', 'exit 1'), 'node-1');
    const other = spread(podOf('other', 'sleep 5; exit 1'), 'node-2');
    const alone = facts(playCluster([create(1000, one)], { until: 90_000, nodes, calm: true }), 'one');
    const beside = facts(
      playCluster([create(1000, one), create(1000, other)], { until: 90_000, nodes, calm: true }),
      'one',
    );
    const machine = (found: typeof alone) =>
      found
        .filter(([, { type }]) => !type.startsWith('Object'))
        .map(([at, event]) => `${at} ${JSON.stringify(event)}`);
    expect(machine(beside)).toEqual(machine(alone));
    expect(machine(alone).length).toBeGreaterThan(20);
  });
});
