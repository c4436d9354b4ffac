import { describe, expect, test } from 'vitest';
import type { Component } from '../../../src/cluster/contract/component.ts';
import type { CoreEvent, Pod } from '../../../src/cluster/objects/kubernetes.ts';
import { record } from '../../../src/cluster/recorder/record.ts';
import { recordSeries } from '../../../src/cluster/recorder/record-series.ts';
import { type PlayOptions, playCluster } from '../node/play.ts';

const pod: Pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', namespace: 'default', uid: 'uid-web', resourceVersion: '7' },
  spec: { containers: [] },
};

type Said = readonly [at: number, type: 'Normal' | 'Warning', reason: string, message: string];

/** Somebody who records what it is told to, and the Events that are there afterwards. */
function eventsAfter(said: readonly Said[], options: Partial<PlayOptions> = {}): CoreEvent[] {
  const speaker: Component = {
    name: 'speaker',
    addresses: () => [{ actor: 'speaker', key: 'all' }],
    wake: (_view, _address, from) => {
      const next = said.find(([at]) => at >= from);
      return next && { at: next[0], cause: null };
    },
    *reconcile(view, _address, now) {
      for (const [at, type, reason, message] of said) {
        if (at !== now) continue;
        yield* record(
          view,
          { component: 'kubelet', host: 'node-1', object: pod, type, reason, message },
          now,
        );
      }
    },
  };
  const until = (said.at(-1)?.[0] ?? 0) + 1;
  const { world } = playCluster([], { until, ...options, more: [speaker] });
  const { objects } = world.store.tables;
  return [...objects.keysBy('involved', 'uid-web', world.seq)].map(
    (key) => objects.read(key, world.seq) as CoreEvent,
  );
}

/** `n` times the same, a second apart. */
function repeated(n: number, said: (index: number) => Said): Said[] {
  return Array.from({ length: n }, (_, index) => said(index));
}

const brief = (events: readonly CoreEvent[]): string[] =>
  events.map(({ count, message }) => `x${count} ${message}`).sort();

describe('Kubernetes Events of kubelets and controllers', () => {
  test('the same again is counted on the Event that is there, with its first and its last time', () => {
    const [event, ...others] = eventsAfter([
      [1000, 'Normal', 'Pulled', 'image there'],
      [61_000, 'Normal', 'Pulled', 'image there'],
    ]);
    expect(others).toEqual([]);
    expect(event).toMatchObject({
      reason: 'Pulled',
      message: 'image there',
      count: 2,
      firstTimestamp: '2026-11-21T05:08:16Z',
      lastTimestamp: '2026-11-21T05:09:16Z',
      source: { component: 'kubelet', host: 'node-1' },
      reportingComponent: 'kubelet',
      reportingInstance: 'node-1',
      involvedObject: { kind: 'Pod', namespace: 'default', name: 'web', uid: 'uid-web', apiVersion: 'v1' },
    });
    expect(event?.metadata.name).toMatch(/^web\.[0-9a-f]{16}$/);
  });

  test('another message, reason or type is another Event', () => {
    const events = eventsAfter([
      [1000, 'Normal', 'Pulled', 'one'],
      [1001, 'Normal', 'Pulled', 'two'],
      [1002, 'Normal', 'Created', 'one'],
      [1003, 'Warning', 'Pulled', 'one'],
    ]);
    expect(brief(events)).toEqual(['x1 one', 'x1 one', 'x1 one', 'x1 two']);
  });

  test('the tenth different message of one reason within ten minutes is combined with those to come', () => {
    const said = repeated(12, (index) => [index * 1000, 'Warning', 'Unhealthy', `try ${index}`]);
    const combined = eventsAfter(said).filter(({ message }) => message?.startsWith('(combined'));
    expect(brief(combined)).toEqual(['x3 (combined from similar events): try 11']);
    expect(eventsAfter(said)).toHaveLength(10);
  });

  test('messages more than ten minutes apart are not combined', () => {
    const said = repeated(12, (index) => [index * 601_000, 'Warning', 'Unhealthy', `try ${index}`]);
    const told = brief(eventsAfter(said));
    expect(told).toContain('x1 try 11');
    expect(told.filter((text) => text.includes('combined'))).toEqual([]);
  });

  test.each`
    minor | normal | warning | why
    ${36} | ${25}  | ${20}   | ${'each type has a bucket of 25'}
    ${20} | ${15}  | ${10}   | ${'all types share one bucket of 25'}
  `(
    '1.$minor: of 30 Normal and 20 Warning ones, $normal and $warning are told: $why',
    ({ minor, normal, warning }) => {
      const said = repeated(
        50,
        (index): Said =>
          index % 5 < 3 ? [index, 'Normal', 'Pulled', 'n'] : [index, 'Warning', 'Failed', 'w'],
      );
      const events = eventsAfter(said, { minor });
      expect(brief(events)).toEqual([`x${normal} n`, `x${warning} w`].sort());
    },
  );

  test('one held back is counted all the same, and told with the next token after five minutes', () => {
    const said = [
      ...repeated(30, (index): Said => [index, 'Normal', 'Pulled', 'n']),
      [300_100, 'Normal', 'Pulled', 'n'] as Said,
    ];
    expect(brief(eventsAfter(said))).toEqual(['x31 n']);
  });

  test('an Event that is gone after its hour is written anew, with its count', () => {
    const events = eventsAfter([
      [1000, 'Normal', 'Pulled', 'n'],
      [2000, 'Normal', 'Pulled', 'n'],
      [5_000_000, 'Normal', 'Pulled', 'n'],
    ]);
    expect(brief(events)).toEqual(['x3 n']);
  });

  test('1.20 says nothing of who reports', () => {
    const [event] = eventsAfter([[1000, 'Normal', 'Pulled', 'n']], { minor: 20 });
    expect(event).toMatchObject({ reportingComponent: '', reportingInstance: '' });
  });
});

describe('Kubernetes Events of the scheduler', () => {
  test('a repetition becomes a series of two, and later ones are counted in silence', () => {
    const speaker: Component = {
      name: 'speaker',
      addresses: () => [{ actor: 'speaker', key: 'all' }],
      wake: (_view, _address, from) =>
        from <= 3000 ? { at: Math.ceil(from / 1000) * 1000, cause: null } : undefined,
      *reconcile(view, _address, now) {
        const said = {
          type: 'Warning',
          reason: 'FailedScheduling',
          action: 'Scheduling',
          note: 'no',
        } as const;
        if (now > 0) yield* recordSeries(view, { component: 'default-scheduler', object: pod, ...said }, now);
      },
    };
    const { world } = playCluster([], { until: 10_000, more: [speaker] });
    const { objects } = world.store.tables;
    const events = [...objects.keysBy('involved', 'uid-web', world.seq)].map((key) =>
      objects.read(key, world.seq),
    );
    expect(events).toMatchObject([
      {
        message: 'no',
        eventTime: '2026-11-21T05:08:16.000000Z',
        series: { count: 2, lastObservedTime: '2026-11-21T05:08:17.000000Z' },
        reportingComponent: 'default-scheduler',
        firstTimestamp: null,
      },
    ]);
  });
});
