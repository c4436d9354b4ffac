import { describe, expect, test } from 'vitest';
import { comparePlays } from '../../src/compare/compare.ts';
import type { Play, WatchedChange } from '../../src/compare/play.ts';
import { formatRfc3339, parseRfc3339 } from '../../src/kernel/time/rfc3339.ts';
import { hasRecordings, playOf, readRecording } from './recordings.ts';

const HOURS_MS = 7 * 3_600_000 + 13 * 60_000;

type Transform = (play: Play) => Play;

/** The same play, with another text in all that it tells. */
function retold(change: (text: string) => string): Transform {
  return (play) => ({ ...play, ...JSON.parse(change(JSON.stringify(told(play)))) });
}

function told({ namespace, commands, changes, struck }: Play): Partial<Play> {
  return { namespace, commands, changes, ...(struck && { struck }) };
}

const later = retold((text) =>
  text.replace(/"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"/g, (stamp) =>
    JSON.stringify(formatRfc3339((parseRfc3339(stamp.slice(1, -1)) ?? 0) + HOURS_MS)),
  ),
);

/** What follows a command within a second comes a fifth later. */
function stretched(play: Play): Play {
  const changes = play.changes.map((change): WatchedChange => {
    const typed = play.commands.findLast(({ beginMs }) => beginMs <= change.atMs);
    const since = change.atMs - (typed?.beginMs ?? Number.NEGATIVE_INFINITY);
    return since < 1000 ? { ...change, atMs: change.atMs + since / 5 } : change;
  });
  return { ...play, changes };
}

/** Whose watches began after the first things had been made. */
function begunLate(play: Play): Play {
  const beginMs = (play.commands[0]?.endMs ?? 0) + 1000;
  return { ...play, changes: play.changes.filter(({ atMs }) => atMs >= beginMs) };
}

const RENAMED = retold((text) =>
  text.replace(/\bnode-(\d)\b/g, 'worker-$1.example').replace(/\bagent\b/g, 'logger'),
);

const CASES: readonly (readonly [what: string, wanted: Transform, actual: Transform])[] = [
  [
    'in another namespace',
    (play) => retold((text) => text.replaceAll(play.namespace, 'shop'))(play),
    (play) => play,
  ],
  ['with other names of nodes and objects', RENAMED, RENAMED],
  ['hours later', (play) => ({ ...later(play), startMs: play.startMs + HOURS_MS }), (play) => play],
  ['a fifth slower', stretched, (play) => play],
];

/** A mistake that has to be seen whatever else is different. */
const mistaken = retold((text) => text.replaceAll('Stopping container', 'Stopped container'));

const NAMES = ['v1.36/b5-termination-solo', 'v1.36/k-daemonset-solo'];
/** In this one most comes to be later. */
const LATE = ['whose recorder began late', begunLate, (play: Play) => play] as const;

describe.skipIf(!hasRecordings)('A recording that nobody has seen', () => {
  describe.each(NAMES)('like %s', (name) => {
    test.each(name === NAMES[1] ? [...CASES, LATE] : CASES)('%s is judged alike', (_, asWanted, asActual) => {
      const recording = readRecording(name);
      const [wanted, actual] = [asWanted(recording), asActual(playOf(recording))];
      expect(comparePlays(wanted, actual).divergences).toEqual([]);
      expect(comparePlays(wanted, mistaken(actual)).divergences).not.toEqual([]);
    });
  });
});

test.skipIf(hasRecordings)('The recordings of real clusters do not lie beside the project', ({ skip }) =>
  skip('there is nothing to transform'),
);
