import { describe, expect, test } from 'vitest';
import type { Pod } from '../../../src/cluster/objects/kubernetes.ts';
import { changeOf } from '../../../src/cluster/world/changes.ts';
import { deletion, type Play } from './play.ts';
import { lines, played, podOf, timeOf } from './pods.ts';

const polite = 'trap "exit 0" TERM; while true; do sleep 0.1; done';
const sidecar = (name: string, more: object = {}): object => ({
  name,
  image: 'busybox:1.36',
  command: ['sh', '-c', polite],
  restartPolicy: 'Always',
  ...more,
});
const podWith = (initContainers: readonly object[], script: string, spec: object = {}): Pod =>
  podOf('p', script, { spec: { initContainers: initContainers as never, ...spec } });

/** Names of containers in the order in which something happened to them. */
function order({ log }: Play, type: 'ContainerStarted' | 'ContainerExited'): string[] {
  const names = new Map<string, string>();
  return log.flatMap(({ event }) => {
    if (event.type === 'ContainerCreated') names.set(event.id, event.name);
    return event.type === type ? [names.get(event.container) ?? ''] : [];
  });
}

function phaseOf({ log, world }: Play): string | undefined {
  let phase: string | undefined;
  for (const entry of log) {
    const change = changeOf(world.store.tables, entry);
    if (change?.resource === 'pods') phase = (change.object as Pod).status?.phase ?? phase;
  }
  return phase;
}

describe('sidecars', () => {
  test('start one after another in front of the containers, each when the one before has started', () => {
    const slow = { startupProbe: { exec: { command: ['true'] }, initialDelaySeconds: 4, periodSeconds: 1 } };
    const play = played([podWith([sidecar('a', slow), sidecar('b')], polite)], { until: 30_000 });
    expect(order(play, 'ContainerStarted')).toEqual(['a', 'b', 'c']);
    const starts = lines(play, /Started/).map(timeOf);
    // The delay counts from the second in which the container started.
    expect((starts[1] ?? 0) - (starts[0] ?? 0)).toBeGreaterThan(3);
  });

  test('end after the containers, the last one first', () => {
    const play = played([podWith([sidecar('a'), sidecar('b')], polite)], { until: 60_000 }, [
      deletion(20_000, 'p'),
    ]);
    expect(order(play, 'ContainerExited')).toEqual(['c', 'b', 'a']);
  });

  test('do not keep a pod from being over', () => {
    const play = played([podWith([sidecar('a')], 'sleep 3', { restartPolicy: 'Never' })], { until: 60_000 });
    expect(order(play, 'ContainerExited')).toEqual(['c', 'a']);
    expect(phaseOf(play)).toBe('Succeeded');
  });

  test('are started again when they end, whatever the pod says of its containers', () => {
    const short = sidecar('a', { command: ['sh', '-c', 'sleep 5; exit 1'] });
    const play = played([podWith([short], polite, { restartPolicy: 'Never' })], { until: 30_000 });
    expect(order(play, 'ContainerStarted').filter((name) => name === 'a').length).toBeGreaterThanOrEqual(2);
    expect(phaseOf(play)).toBe('Running');
  });
});

describe('init containers', () => {
  const init = (name: string, script: string): object => ({
    name,
    image: 'busybox:1.36',
    command: ['sh', '-c', script],
  });

  test('end one after another before the first container starts', () => {
    const play = played([podWith([init('a', 'sleep 2'), init('b', 'sleep 1')], polite)], { until: 30_000 });
    expect(order(play, 'ContainerStarted')).toEqual(['a', 'b', 'c']);
    expect(order(play, 'ContainerExited')).toEqual(['a', 'b']);
  });

  test('that fail are started again, or fail the pod', () => {
    const again = played([podWith([init('a', 'exit 1')], polite)], { until: 30_000 });
    expect(order(again, 'ContainerStarted')).toEqual(['a', 'a', 'a']);
    expect(phaseOf(again)).toBe('Pending');
    const never = played([podWith([init('a', 'exit 1')], polite, { restartPolicy: 'Never' })], {
      until: 30_000,
    });
    expect(order(never, 'ContainerStarted')).toEqual(['a']);
    expect(phaseOf(never)).toBe('Failed');
  });
});
