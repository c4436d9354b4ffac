import { describe, expect, test } from 'vitest';
import type { Pod } from '../../../src/cluster/objects/kubernetes.ts';
import { deletion } from './play.ts';
import { lines, logOf, played, podOf, timeOf } from './pods.ts';

const say = 'trap "echo told; exit 0" TERM; while true; do sleep 0.1; done';

describe('a postStart hook', () => {
  test('runs beside the container, which is Running when it is over', () => {
    const lifecycle = { postStart: { exec: { command: ['sh', '-c', 'sleep 3; echo hi > /proc/1/fd/1'] } } };
    const play = played([podOf('p', say, { container: { lifecycle } })], { until: 20_000 });
    const created = timeOf(lines(play, /Started/)[0]);
    expect(logOf(play, 'p')).toBe('hi\n');
    expect(timeOf(lines(play, /c=running/)[0]) - created).toBeGreaterThan(3);
  });

  test('that fails ends the container', () => {
    const lifecycle = { postStart: { exec: { command: ['sh', '-c', 'exit 3'] } } };
    const play = played([podOf('p', say, { container: { lifecycle } })], { until: 20_000 });
    expect(lines(play, /FailedPostStartHook/)[0]).toMatch(/PostStartHook failed$/);
    expect(lines(play, /Killing/)[0]).toContain('FailedPostStartHook');
    expect(logOf(play, 'p')).toContain('told');
  });
});

describe('a preStop hook', () => {
  const stopped = (preStop: object, grace = 30): ReturnType<typeof played> => {
    const pod = podOf('p', say, { container: { lifecycle: { preStop } } });
    return played([pod], { until: 90_000 }, [deletion(10_000, 'p', grace)]);
  };
  const endOf = (play: ReturnType<typeof played>): number => {
    const exit = play.log.find(({ event }) => event.type === 'ContainerExited');
    return (exit?.at ?? 0) / 1000;
  };

  test('runs before the container is told', () => {
    const play = stopped({ exec: { command: ['sh', '-c', 'echo first > /proc/1/fd/1; sleep 4'] } });
    expect(logOf(play, 'p')).toBe('first\ntold\n');
    expect(endOf(play)).toBeGreaterThan(14);
    expect(endOf(play)).toBeLessThan(16);
  });

  test('may be a pause', () => {
    expect(endOf(stopped({ sleep: { seconds: 6 } }))).toBeGreaterThan(16);
  });

  test('has no more than the grace, after which the container has two seconds', () => {
    const play = stopped({ exec: { command: ['sleep', '60'] } }, 5);
    expect(lines(play, /FailedPreStopHook/).length).toBeLessThanOrEqual(1);
    expect(endOf(play)).toBeGreaterThan(15);
    expect(endOf(play)).toBeLessThan(18.5);
  });

  test('that fails is told of, and no more', () => {
    const play = stopped({ exec: { command: ['false'] } });
    expect(lines(play, /FailedPreStopHook/)[0]).toMatch(/PreStopHook failed$/);
    expect(logOf(play, 'p')).toBe('told\n');
  });

  test('told its whole failure before 1.27', () => {
    const lifecycle = { preStop: { exec: { command: ['sh', '-c', 'exit 7'] } } };
    const spec = { automountServiceAccountToken: false };
    const pod = podOf('p', say, { container: { lifecycle }, spec });
    const play = played([pod], { until: 60_000, minor: 20 }, [deletion(10_000, 'p')]);
    expect(lines(play, /FailedPreStopHook/)[0]).toMatch(
      /Exec lifecycle hook \(\[sh -c exit 7\]\) for Container "c" in Pod "p_default\(.*\)" failed - error: command 'sh -c exit 7' exited with 7: , message: ""$/,
    );
  });
});

test('a container is told by the signal that its pod asks for', () => {
  const container = { lifecycle: { stopSignal: 'SIGUSR1' } };
  const script = 'trap "echo one; exit 0" USR1; trap "echo other" TERM; while true; do sleep 0.1; done';
  const pod = podOf('p', script, { container, spec: { os: { name: 'linux' } } });
  const play = played([pod], { until: 60_000 }, [deletion(10_000, 'p')]);
  expect(logOf(play, 'p')).toBe('one\n');
});

test('or else by that of its image', () => {
  const web: Pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web' },
    spec: { nodeName: 'node-1', containers: [{ name: 'c', image: 'nginx' }] },
  };
  const play = played([web], { until: 60_000 }, [deletion(10_000, 'web')]);
  expect(logOf(play, 'web')).toContain('signal 3 (SIGQUIT) received, shutting down');
});
