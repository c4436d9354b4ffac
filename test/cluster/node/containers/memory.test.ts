import { describe, expect, test } from 'vitest';
import { lines, played, podOf, timeOf } from '../pods.ts';

const limited = { resources: { limits: { memory: '30Mi' } } };
const greedy = podOf('greedy', 'sleep 2; tail /dev/zero', { container: limited });

describe('a container that takes more memory than it may have', () => {
  test('is ended by the kernel, with 137 and OOMKilled, and started anew', () => {
    const play = played([greedy], { until: 8000 });
    const [ended, started] = [lines(play, /terminated/)[0], lines(play, /c=running/)[0]];
    expect(ended).toContain('c=terminated:OOMKilled/137');
    expect(timeOf(ended) - timeOf(started)).toBeGreaterThan(2);
    expect(lines(play, /restarts=1 last=OOMKilled\/137/).length).toBeGreaterThan(0);
  });

  test('is ended as a whole since 1.28; before, only what takes the most of it', () => {
    const goesOn = podOf('goes-on', 'sleep 1; tail /dev/zero; echo "said $?"; sleep 100', {
      container: limited,
    });
    expect(lines(played([goesOn], { until: 8000 }), /terminated/)[0]).toContain('OOMKilled/137');
    expect(lines(played([goesOn], { until: 8000, minor: 20 }), /terminated/)).toEqual([]);
  });

  test('takes what its image says that it takes', () => {
    const images = {
      hungry: {
        program: {
          memory: [
            { atMs: 0, bytes: 0 },
            { atMs: 10_000, bytes: 60 << 20 },
          ],
        },
      },
    };
    const pod = {
      ...podOf('hungry', ''),
      spec: { containers: [{ name: 'c', image: 'hungry', ...limited }] },
    };
    const play = played([pod], { until: 30_000, settings: { images, presentImages: ['hungry'] } });
    const started = timeOf(lines(play, /c=running/)[0]);
    // Halfway to 60 MiB, and seen when the kubelet looks next.
    expect(timeOf(lines(play, /OOMKilled/)[0]) - started).toBeGreaterThan(4.9);
    expect(timeOf(lines(play, /OOMKilled/)[0]) - started).toBeLessThan(6.2);
  });

  test('may be so because of a program that was started inside of it', () => {
    const exec = { command: ['sh', '-c', 'tail /dev/zero'] };
    const livenessProbe = { exec, initialDelaySeconds: 5, periodSeconds: 6, timeoutSeconds: 3 };
    const pod = podOf('probed', 'sleep 1000', { container: { ...limited, livenessProbe } });
    expect(lines(played([pod], { until: 20_000 }), /terminated/)[0]).toContain('OOMKilled/137');
    const old = { ...pod, spec: { ...pod.spec, automountServiceAccountToken: false } };
    expect(lines(played([old], { until: 20_000, minor: 20 }), /Unhealthy|terminated/)[0]).toContain(
      'Unhealthy',
    );
  });
});
