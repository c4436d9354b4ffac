import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Event } from '../../src/cluster/contract/event.ts';
import { createTimeline } from '../../src/replay/timeline.ts';
import { writtenLast } from '../../src/replay/written-last.ts';
import { logOf } from '../support/small-log.ts';

const FOLDER = '/registry/pods/';
const keyOf = (pod: number): string => `${FOLDER}default/pod-${pod}`;

function created(resource: string, key: string): Event {
  const metadata = { name: key.slice(key.lastIndexOf('/') + 1), namespace: 'default' };
  return { type: 'ObjectCreated', resource, key, object: { apiVersion: 'v1', kind: 'Thing', metadata } };
}

/** Pods that come, change and go, in the order that numbers say. */
function eventsOf(pods: readonly number[]): Event[] {
  const there = new Set<number>();
  return pods.flatMap((pod, place): Event[] => {
    const key = keyOf(pod);
    if (place % 5 === 0) return [created('secrets', `/registry/secrets/default/secret-${place}`)];
    if (!there.has(pod)) {
      there.add(pod);
      return [created('pods', key)];
    }
    if (place % 7 > 0)
      return [
        { type: 'ObjectUpdated', resource: 'pods', key, set: { '/metadata/resourceVersion': `${place}` } },
      ];
    there.delete(pod);
    return [{ type: 'ObjectDeleted', resource: 'pods', key, revision: place }];
  });
}

describe('what was written last', () => {
  const many = Array.from({ length: 600 }, (_, pod) => pod);

  test('is the same whether one goes back over the entries or looks at all objects', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(700), { minLength: 200, maxLength: 300 }),
        fc.nat(300),
        fc.integer({ min: 1, max: 150 }),
        (more, back, most) => {
          const events = eventsOf([...many, ...more]);
          const timeline = createTimeline(logOf(events.map((event, at) => [at, event])));
          const cursor = timeline.entries.length - Math.min(back, more.length);
          const { objects } = timeline.worldAt(cursor).store.tables;
          const all = [...objects.writtenBy('resource', FOLDER, cursor)].sort((a, b) => b.seq - a.seq);
          expect(all.length).toBeGreaterThan(300);
          expect(objects.countBy('resource', FOLDER, cursor)).toBe(all.length);
          expect(writtenLast(timeline, { folder: FOLDER, cursor, most })).toEqual(all.slice(0, most));
        },
      ),
      { numRuns: 8 },
    );
  });

  test('is found where everything since has been about something else', () => {
    const secrets = Array.from({ length: 6000 }, (_, place) =>
      created('secrets', `/registry/secrets/default/${place}`),
    );
    const events = [...eventsOf(many), ...secrets];
    const timeline = createTimeline(logOf(events.map((event, at) => [at, event])));
    const found = writtenLast(timeline, { folder: FOLDER, cursor: events.length, most: 2 });
    expect(found.map(({ key }) => key)).toEqual([keyOf(599), keyOf(598)]);
  });
});
