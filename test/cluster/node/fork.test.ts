import { expect, test } from 'vitest';
import type { Pod } from '../../../src/cluster/objects/kubernetes.ts';
import { emptyWorld } from '../../../src/cluster/world/world.ts';
import { commits, fold, startRun } from '../../../src/kernel/run/run.ts';
import { deletion, type Play } from './play.ts';
import { played, podOf } from './pods.ts';

const busy: Pod = podOf(
  'busy',
  'trap "echo told; exit 3" TERM; while true; do sleep 0.3; wget -qO- localhost | wc -l; done',
  {
    container: {
      lifecycle: { preStop: { exec: { command: ['sh', '-c', 'sleep 2; touch /tmp/stop'] } } },
      livenessProbe: { exec: { command: ['sh', '-c', 'sleep 0.2; test ! -f /tmp/stop'] }, periodSeconds: 3 },
      resources: { limits: { memory: '30Mi' } },
    },
    spec: {
      initContainers: [
        {
          name: 'side',
          image: 'nginx',
          restartPolicy: 'Always',
          ports: [{ containerPort: 80 }],
          startupProbe: { httpGet: { path: '/', port: 80 }, periodSeconds: 1 },
        },
        {
          name: 'init',
          image: 'busybox:1.36',
          command: ['sh', '-c', 'while ! wget -qO- localhost; do sleep 1; done'],
        },
      ],
    },
  },
);
const greedy = podOf('greedy', 'sleep 3; tail /dev/zero', {
  container: { resources: { limits: { memory: '9Mi' } } },
});
const idle = podOf('idle', 'while [ ! -f /tmp/go ]; do sleep 0.7; done; exit 1', {
  container: {
    readinessProbe: { exec: { command: ['touch', '/tmp/go'] }, initialDelaySeconds: 6, periodSeconds: 7 },
  },
});

const until = 45_000;

test.each([20, 36])('from any commit on, what is to come comes again (1.%s)', (minor) => {
  const spec = { automountServiceAccountToken: false };
  const pods = [busy, greedy, idle].map((pod) => ({ ...pod, spec: { ...pod.spec, ...spec } }));
  const play = played(pods, { until, minor }, [deletion(30_000, 'busy')]);
  expect(play.log.some(({ event }) => event.type === 'ConnectionClosed')).toBe(true);
  expect(play.log.some(({ event }) => event.type === 'MemoryExhausted')).toBe(true);
  const ends = play.log.flatMap((entry, index) => (entry.more ? [] : [index + 1]));
  for (const end of ends.filter((_, index) => index % 47 === 0)) {
    expect(tailFrom(play, end)).toEqual(play.log.slice(end).map((entry) => JSON.stringify(entry)));
  }
});

function tailFrom({ model, log }: Play, end: number): string[] {
  const prefix = log.slice(0, end);
  const run = startRun(model, fold(model, emptyWorld(), prefix), prefix);
  const tail: string[] = [];
  for (const commit of commits(run, until)) for (const entry of commit) tail.push(JSON.stringify(entry));
  return tail;
}
