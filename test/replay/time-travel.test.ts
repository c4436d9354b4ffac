import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyDelta } from '../../src/cluster/world/object-delta.ts';
import { consequencesOf, notableConsequences } from '../../src/replay/consequences.ts';
import { differenceOf } from '../../src/replay/difference.ts';
import { changesOf, nextChange, previousChange } from '../../src/replay/object-changes.ts';
import { momentNamed } from '../../src/replay/place.ts';
import { parseQuery } from '../../src/replay/query.ts';
import { findNext, findPrevious, isFound } from '../../src/replay/search.ts';
import { subjectOf } from '../../src/replay/subject.ts';
import { createTimeline } from '../../src/replay/timeline.ts';
import { why } from '../../src/replay/why.ts';
import { playedLog } from '../support/play-scenario.ts';
import { podLog } from '../support/pod-log.ts';

const web = '/registry/pods/default/web';
const small = createTimeline(podLog);
small.finish();
const played = createTimeline(playedLog('liveness-failure'));
played.finish();
const pod = '/registry/pods/default/liveness-exec';
const last = played.entries.length;
const place = fc.integer({ min: 0, max: last });

describe('the changes of an object', () => {
  test('are the entries that wrote it', () => {
    const written = [...played.entries].filter(
      ({ event }) => 'resource' in event && 'key' in event && event.key === pod,
    );
    expect(changesOf(played, { key: pod })).toEqual(written.map(({ seq }) => seq));
    expect(written.length).toBeGreaterThan(10);
    expect(changesOf(played, { key: '/registry/pods/default/nobody' })).toEqual([]);
  });

  test('in one field are those in which it changed', () => {
    const pointer = '/status/containerStatuses/0/restartCount';
    const counts = changesOf(played, { key: pod, pointer }).map((seq) => {
      const object = played.worldAt(seq).store.tables.objects.read(pod, seq);
      return (object as { status?: { containerStatuses?: { restartCount: number }[] } })?.status
        ?.containerStatuses?.[0]?.restartCount;
    });
    expect(counts.slice(0, 3)).toEqual([0, 1, 2]);
    expect(new Set(counts).size).toBe(counts.length);
  });

  test('lead on and back, from wherever one stands', () => {
    fc.assert(
      fc.property(
        place,
        fc.constantFrom({ key: pod }, { key: pod, pointer: '/status/phase' }),
        (seq, followed) => {
          const changes = changesOf(played, followed);
          const next = nextChange(played, followed, seq);
          expect(next).toBe(changes.filter((change) => change > seq)[0]);
          expect(previousChange(played, followed, seq)).toBe(changes.filter((change) => change < seq).at(-1));
          if (next !== undefined) expect(previousChange(played, followed, next + 1)).toBe(next);
        },
      ),
    );
  });
});

describe('search', () => {
  test.each([
    ['killing', 'reason:Killing'],
    ['"liveness probe failed"', 'reason:unhealthy kind:Pod name:liveness-exec'],
  ])('%s finds what %s finds first', (text, exact) => {
    const of = (query: string): number | undefined =>
      findNext(played, parseQuery(query) ?? [], { from: 0, among: 'notable' });
    expect(of(exact)).toBeDefined();
    const found = of(text) ?? 0;
    expect(found).toBeGreaterThan(0);
    expect(found).toBeLessThanOrEqual(of(exact) ?? 0);
  });

  test.each([
    ['', undefined],
    ['  ', undefined],
    ['""', undefined],
    ['a "b c" ns:d', ['text', 'text', 'namespace']],
    ['by:kubelet event:ObjectCreated', ['actor', 'type']],
    ['http://x', ['text']],
  ])('%j asks for %j', (text, fields) => {
    expect(parseQuery(text)?.map(({ field }) => field)).toEqual(fields);
  });

  test.each([
    ['kind:pod', true],
    ['kind:node', false],
    ['name:web ns:default', true],
    ['name:web ns:shop', false],
    ['type:ObjectCreated by:kubectl', true],
    ['NGINX', true],
    ['(', false],
  ])('%s is found in the creation of a pod: %s', (text, isSo) => {
    const created = changesOf(small, { key: web })[0] ?? 0;
    expect(isFound(small, parseQuery(text) ?? [], created)).toBe(isSo);
  });

  test('steps from one entry that has it to the next, either way', () => {
    const query = fc.constantFrom(
      'name:liveness',
      'by:kubelet',
      'reason:Started',
      'restartCount',
      'nowhere at all',
    );
    fc.assert(
      fc.property(place, query, fc.constantFrom('all' as const, 'notable' as const), (from, text, among) => {
        const terms = parseQuery(text) ?? [];
        const seqs = among === 'all' ? [...played.entries].map(({ seq }) => seq) : played.notable;
        const found = seqs.filter((seq) => isFound(played, terms, seq));
        expect(findNext(played, terms, { from, among })).toBe(found.find((seq) => seq > from));
        expect(findPrevious(played, terms, { from, among })).toBe(found.findLast((seq) => seq < from));
      }),
      { numRuns: 60 },
    );
  });
});

describe('the difference of two instants', () => {
  test('makes the objects of one those of the other, either way', () => {
    const objectsAt = (seq: number) => new Map(played.worldAt(seq).store.tables.objects.rows(seq));
    fc.assert(
      fc.property(place, place, (from, to) => {
        const objects = objectsAt(from);
        for (const { key, before, after, delta } of differenceOf(played, from, to)) {
          expect(objects.get(key)).toEqual(before);
          if (delta && before) objects.set(key, applyDelta(before, delta));
          else if (after) objects.set(key, after);
          else objects.delete(key);
        }
        expect(objects).toEqual(objectsAt(to));
      }),
      {
        numRuns: 30,
        examples: [
          [0, last],
          [last, 0],
          [7, 7],
        ],
      },
    );
    expect(differenceOf(played, 7, 7)).toEqual([]);
  });
});

test('what followed from an entry is what it is a cause of', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: last }), (seq) => {
      const followed = [...consequencesOf(played, [seq])];
      const caused = [...played.entries].flatMap((entry) => {
        const depth = [...why(played, entry.seq)].findIndex((cause) => cause.seq === seq);
        return depth < 0 ? [] : [{ entry, depth: depth + 1 }];
      });
      expect(followed).toEqual(caused);
    }),
    { numRuns: 30 },
  );
});

test('what followed from a piece of work tells of its consequences, and not of the books', () => {
  const seq = findNext(played, parseQuery('reason:Killing') ?? [], { from: 0 }) ?? 0;
  const followed = notableConsequences(played, seq).map(({ entry }) => entry);
  const types = followed.map(({ event }) => event.type);
  expect(types).toEqual(expect.arrayContaining(['SignalSent', 'ContainerExited', 'ContainerStarted']));
  expect(types).not.toContain('PodWorkerMoved');
  expect(followed.every((entry) => entry.seq > seq)).toBe(true);
  expect(notableConsequences(createTimeline([]), 0)).toEqual([]);
});

describe('the subject of an entry', () => {
  test.each([
    ['SandboxStarted', pod],
    ['StepBegan', undefined],
    ['CommandTyped', undefined],
    ['MachineInstalled', '/registry/minions/node-1'],
  ])('%s: %s', (type, key) => {
    const entry = [...played.entries].find(({ event }) => event.type === type);
    expect(entry && subjectOf(played, entry.seq)).toBe(key);
  });

  test('of a Kubernetes Event is what it speaks of', () => {
    const seq = findNext(played, parseQuery('reason:Unhealthy') ?? [], { from: 0 }) ?? 0;
    expect(subjectOf(played, seq)).toBe(pod);
  });

  test('of a refusal is what was asked for', () => {
    const refused = {
      type: 'RequestRefused',
      verb: 'update',
      code: 409,
      reason: 'Conflict',
      message: 'x',
    } as const;
    const of = (event: object): string | undefined =>
      subjectOf(createTimeline([{ ...podLog[0], seq: 1, event: { ...refused, ...event } } as never]), 1);
    expect(of({ resource: 'pods/binding', namespace: 'shop', name: 'a' })).toBe('/registry/pods/shop/a');
    expect(of({ resource: 'nodes', name: 'n' })).toBe('/registry/minions/n');
    expect(of({ resource: 'pods' })).toBe(undefined);
  });
});

describe('a place by its name', () => {
  test.each([
    ['start', 0, 0],
    ['1', 1, 0],
    ['#6', 8, 1060],
    ['999', undefined, undefined],
    ['0', undefined, undefined],
    ['0:03', 13, 3000],
    ['0:03.5', 14, 3500],
    ['3s', 13, 3000],
    ['9h', podLog.length, small.duration],
    ['step 1', 3, 1],
    ['step 9', undefined, undefined],
    ['0%', 0, 0],
    ['end', podLog.length, small.duration],
    ['-5s', undefined, undefined],
    ['pods', undefined, undefined],
    ['', undefined, undefined],
  ])('%j is entry %s at %s ms', (text, cursor, clock) => {
    const moment = momentNamed(small, text);
    expect([moment?.cursor, moment?.clock]).toEqual([cursor, clock]);
  });
});
