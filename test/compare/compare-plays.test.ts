import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { KubeObject } from '../../src/cluster/objects/kube-object.ts';
import type { CoreEvent } from '../../src/cluster/objects/kubernetes.ts';
import { comparePlays } from '../../src/compare/compare.ts';
import { playOfLog, typedAs } from '../../src/compare/log/play-of-log.ts';
import type { Play, WatchedChange } from '../../src/compare/play.ts';
import { playedLog, scenarioNames } from '../support/play-scenario.ts';

function playOf(name: string): Play {
  return playOfLog(playedLog(name), { name });
}

const liveness = playOf('liveness-failure');

/** What can be changed in a recorded change so that it tells something else. */
const CHANGES: Readonly<Record<string, (change: WatchedChange) => readonly WatchedChange[]>> = {
  'another message': (change) => [withText(change, /"message":"((?:[^"\\]|\\.)+)"/, '"message":"$1, or so"')],
  'another reason': (change) => [withText(change, /"reason":"(\w+)"/, '"reason":"Other$1"')],
  'another source': (change) => [
    withText(change, /"(component|reportingComponent)":"[^"]+"/g, '"$1":"somebody"'),
  ],
  'a higher count': (change) => [
    withObject(change, (event) => ({ ...event, count: (event.count ?? 0) + 50 })),
  ],
  'no such Event': () => [],
};

function withText(change: WatchedChange, from: RegExp, to: string): WatchedChange {
  return { ...change, object: JSON.parse(JSON.stringify(change.object).replace(from, to)) };
}

function withObject(change: WatchedChange, rewrite: (event: CoreEvent) => KubeObject): WatchedChange {
  return { ...change, object: rewrite(change.object as CoreEvent) };
}

/** What comes so near to the end may have come later in another play. */
const TAIL_MS = 20_000;

/** Events that no race leaves out, about pods. */
const EVENTS = liveness.changes.flatMap(({ object, atMs }, index) => {
  if (atMs > liveness.watchedMs - TAIL_MS) return [];
  const { involvedObject, reason } = object as CoreEvent;
  return object.kind === 'Event' && involvedObject.kind === 'Pod' && reason !== 'BackOff' ? [index] : [];
});

const EARLY = 60;

describe('two plays', () => {
  test.each(scenarioNames)('%s agrees with itself', (name) => {
    const play = playOf(name);
    const { divergences, explained } = comparePlays(play, typedAs(play, play));
    expect({ divergences, explained }).toEqual({ divergences: [], explained: [] });
  });

  test('an Event that was changed is found where it is, whichever it is', () => {
    fc.assert(
      fc.property(fc.constantFrom(...EVENTS), fc.constantFrom(...Object.keys(CHANGES)), (index, what) => {
        // Of later ones the spam filter may have held some back, so that a count may jump.
        fc.pre(what !== 'a higher count' || index < EARLY);
        const change = liveness.changes[index] as WatchedChange;
        const changes = liveness.changes.toSpliced(index, 1, ...(CHANGES[what]?.(change) ?? []));
        const [first] = comparePlays({ ...liveness, changes }, liveness).divergences;
        const { involvedObject } = change.object as CoreEvent;
        expect(first?.about).toBe(`Pod ${involvedObject.name}`);
        expect(Math.abs((first?.atMs ?? Number.POSITIVE_INFINITY) - change.atMs)).toBeLessThan(100_000);
      }),
      { numRuns: 40 },
    );
  });

  test('a field of a pod that was changed is found where it was written', () => {
    const writes = liveness.changes.flatMap(({ object }, index) => (object.kind === 'Pod' ? [index] : []));
    const fields = [/"phase":"\w+"/, /"qosClass":"\w+"/, /"image":"[^"]+"/, /"restartPolicy":"\w+"/];
    fc.assert(
      fc.property(fc.constantFrom(...writes), fc.constantFrom(...fields), (index, field) => {
        const change = liveness.changes[index] as WatchedChange;
        const name = field.source.slice(0, field.source.indexOf(':'));
        const rewritten = withText(change, field, `${name}:"Another"`);
        const changes = liveness.changes.toSpliced(index, 1, rewritten);
        const [first] = comparePlays({ ...liveness, changes }, liveness).divergences;
        expect(first).toMatchObject({ about: `Pod ${change.object.metadata.name}`, aspect: 'states' });
        expect(first?.atMs).toBe(change.atMs);
      }),
      { numRuns: 20 },
    );
  });

  test('an actor that was changed is found', () => {
    fc.assert(
      fc.property(fc.nat(liveness.changes.length - 1), (index) => {
        const change = liveness.changes[index] as WatchedChange;
        fc.pre(change.object.kind === 'Pod');
        const changes = liveness.changes.toSpliced(index, 1, { ...change, by: 'somebody' });
        const [first] = comparePlays({ ...liveness, changes }, liveness).divergences;
        expect(first).toMatchObject({ aspect: 'writers', atMs: change.atMs });
      }),
      { numRuns: 15 },
    );
  });

  test('what only looks need not be typed', () => {
    const without = {
      ...liveness,
      commands: liveness.commands.filter(({ line }) => !/ get | describe /.test(line)),
    };
    expect(without.commands.length).toBeLessThan(liveness.commands.length);
    expect(comparePlays(liveness, typedAs(liveness, without)).divergences).toEqual([]);
  });

  test('what changes something must be typed', () => {
    const without = { ...liveness, commands: liveness.commands.filter(({ line }) => !/ apply /.test(line)) };
    const { divergences } = comparePlays(liveness, typedAs(liveness, without));
    expect(divergences.map(({ about }) => about)).toEqual([
      '$ kubectl apply -f exec-liveness.yaml',
      '$ kubectl apply -f http-liveness.yaml',
    ]);
  });
});
