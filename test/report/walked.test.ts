import { describe, expect, test } from 'vitest';
import type { Event } from '../../src/cluster/contract/event.ts';
import { createTimeline } from '../../src/replay/timeline.ts';
import { walkedOf, walkOn } from '../../src/report/walked.ts';
import { playedLog } from '../support/play-scenario.ts';
import { logOf } from '../support/small-log.ts';

const node = 'node-1';
const step = (kind: string): Event => ({ type: 'StepBegan', step: 1, kind, text: { en: '' } }) as Event;

describe('a fault is', () => {
  test.each<[string, Event, boolean]>([
    ['a step that is one', step('fault'), true],
    ['no step that waits', step('wait'), false],
    ['a kubelet that stops', { type: 'KubeletStopped', node }, true],
    ['a machine that loses its power', { type: 'MachineStopped', node }, true],
    ['a network that is cut', { type: 'NetworkCut', node, from: ['control-plane'] } as Event, true],
    [
      'a program of the control plane that stops',
      { type: 'ProgramStopped', program: 'kube-scheduler', node },
      true,
    ],
    ['a machine that runs short of memory', { type: 'MemoryShortageNoted', node, isShort: true }, true],
    ['not that it has enough again', { type: 'MemoryShortageNoted', node, isShort: false }, false],
    [
      'not that the network is mended',
      { type: 'NetworkMended', node, from: ['control-plane'] } as Event,
      false,
    ],
    ['not that a machine is given back', { type: 'MachineRemoved', node }, false],
  ])('%s', (_what, event, isFault) => {
    // What is walked is the facts and the entries: what came before the event does not matter to them.
    const installed: Event = {
      type: 'MachineInstalled',
      node,
      ip: '10.0.0.1',
      podCidr: '10.88.1.0/24',
      kubeletStartedAt: 0,
      images: [],
    };
    const timeline = createTimeline(
      logOf([
        [0, installed],
        [1, event],
      ]),
    );
    expect(walkOn(timeline)).toBe(true);
    expect(walkedOf(timeline).faults).toEqual(isFault ? [2] : []);
  });
});

describe('a log is gone through', () => {
  const log = playedLog('rolling-update');

  test('once, and on from there where it grows', () => {
    const timeline = createTimeline(log.slice(0, 100));
    expect(walkedOf(timeline).upTo).toBe(0);
    expect(walkOn(timeline)).toBe(true);
    expect(walkedOf(timeline).upTo).toBe(100);
    for (const entry of log.slice(100)) timeline.append(entry);
    while (!walkOn(timeline));
    expect(walkedOf(timeline).upTo).toBe(log.length);
    expect(walkedOf(timeline).hasTraffic).toBe(true);
  });

  test('and the lost requests are summed up', () => {
    const lossy = createTimeline(playedLog('recreate'));
    while (!walkOn(lossy));
    const { lost } = walkedOf(lossy);
    const counted = [...lossy.entries].flatMap(({ event }) =>
      event.type === 'TrafficCounted' ? (event.losses ?? []).map(({ count }) => count) : [],
    );
    const sum = counted.reduce((all, count) => all + count, 0);
    expect(sum).toBeGreaterThan(0);
    expect(lost.last).toBe(sum);
    const counts = lost.changes().map(({ count }) => count);
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
  });
});
