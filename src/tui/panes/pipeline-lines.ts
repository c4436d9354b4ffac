import { STAGES } from '../../cluster/contract/api-server.ts';
import { selectedEntry } from '../../replay/player/player.ts';
import { formatClock } from '../../report/clock.ts';
import { entryLine } from '../../report/entry-line.ts';
import { type ApiCall, type Commit, commitAt, type Reached } from '../../report/pipeline.ts';
import { printable } from '../../report/printable.ts';
import { formatSpan } from '../../report/span.ts';
import type { ScreenWords } from '../../words/screen-words.ts';
import type { Box } from '../layout.ts';
import { type Line, lineOf, type PaneBody, type Segment } from '../line.ts';
import { wrapped } from '../wrapped.ts';
import type { Seen } from './seen.ts';

/**
 * Who talked to whom in the piece of work that the entry at hand is part of: who did it and why, each request
 * on its way through the API server into etcd, and whom that reaches.
 */
export function pipelineLines(seen: Seen, { width, height }: Box): PaneBody {
  const { timeline, player, view, words } = seen;
  // What the stages said takes longer to find than a frame may: it is there for one who enlarges the pane.
  const isBrief = player.playing || view.zoomed !== true;
  const told = { language: view.language, files: seen.files, isBrief };
  const commit = commitAt(timeline, selectedEntry(player, timeline), told);
  if (!commit) return { title: words.pipeline, lines: [lineOf(` ${words.noEntries}`, 'faint')] };
  const lines = [
    ...actorLines(commit, seen),
    ...commit.requests.flatMap((call) => callLines(call, { width, words })),
    ...factLines(commit, { width, words }),
  ];
  const room = height - 1;
  const last = Math.max(0, lines.length - room);
  const top = seen.isFocus ? Math.max(0, Math.min(last, view.top)) : 0;
  const rest = lines.length - top - room;
  const more = [...(top > 0 ? [`↑ ${top}`] : []), ...(rest > 0 ? [`↓ ${rest}`] : [])];
  return {
    title: [`${words.pipeline}  ${formatClock(commit.at)}`, ...more].join('  '),
    lines: lines.slice(top, top + room),
    room: { first: 0, last, page: Math.max(1, room - 1) },
  };
}

interface Look {
  readonly width: number;
  readonly words: ScreenWords;
}

/** What these look at is not a key: it is what was typed, or where a story stands. */
const CLIENTS: ReadonlySet<string> = new Set(['genesis', 'kubectl', 'scenario']);

/** A key as people say it: `default/web` where it is one of etcd. */
function placeText(key: string): string {
  return printable(key.startsWith('/registry/') ? key.slice(10).replace('/', ' ') : key);
}

function actorLines({ actor, key, cause }: Commit, { timeline, view, words }: Seen): readonly Line[] {
  const entry = cause === null ? undefined : timeline.entries.of(cause);
  const because = entry && entryLine(entry, timeline.worldAt(entry.seq), view.language);
  return [
    [
      { text: ` ${printable(actor)}`, tone: 'strong' },
      {
        text: CLIENTS.has(actor) || key === actor ? '' : `  ${words.looksAt(placeText(key))}`,
        tone: 'faint',
      },
    ],
    ...(entry
      ? [
          lineOf(
            `   ${words.because} ${entry.seq} ${printable(entry.actor)}: ${printable(because ?? '')}`,
            'faint',
          ),
        ]
      : []),
  ];
}

/** From the client through the stages of the API server into etcd, and on to those who watch. */
function callLines(call: ApiCall, look: Look): readonly Line[] {
  const { verb, what, refused, revision, reaches } = call;
  const { words } = look;
  return [
    [{ text: '   │ ' }, { text: verb, tone: 'command' }, { text: `  ${printable(what)}` }],
    [{ text: '   ▼ ' }],
    stagesLine(call, look),
    ...saidLines(call, look),
    ...(refused
      ? wrapped(printable(`${refused.code} ${refused.message}`), look.width - 7).map((text) =>
          lineOf(`     ✗ ${text}`, 'bad'),
        )
      : [
          lineOf('   ▼'),
          [
            { text: ' etcd', tone: 'strong' },
            { text: revision === undefined ? '' : `  ${words.revision} ${printable(revision)}` },
          ] satisfies Line,
          ...reachedLines(reaches, look),
        ]),
  ];
}

/** What stages said that had something to say: who asks, by which right, what was filled in. */
function saidLines({ stages = [] }: ApiCall, { width, words }: Look): readonly Line[] {
  return stages.flatMap(({ stage, outcome, says }) => {
    if (says === '' || outcome !== 'passed') return [];
    return wrapped(printable(`${words.stages[stage]}: ${says}`), width - 7).map((text, index) =>
      lineOf(index === 0 ? `     ${text}` : `       ${text}`, 'faint'),
    );
  });
}

/** From so many columns on the stages stand apart. */
const STAGES_FROM = 92;

function stagesLine({ refused }: ApiCall, { width, words }: Look): Line {
  const at = refused ? STAGES.indexOf(refused.stage) : STAGES.length;
  const stages = STAGES.flatMap((stage, index): Segment[] => {
    const name = words.stages[stage];
    const link = { text: index === 0 ? '  ' : width < STAGES_FROM ? ' ' : ' ─ ', tone: 'faint' } as const;
    if (index < at) return [link, { text: `${name} ✓`, tone: 'good' }];
    return [link, index === at ? { text: `${name} ✗`, tone: 'bad' } : { text: name, tone: 'faint' }];
  });
  return [{ text: ` ${words.apiServer}`, tone: 'strong' }, ...stages];
}

/** Those who only take note share a line. */
function reachedLines(reaches: readonly Reached[], { width, words }: Look): readonly Line[] {
  const looking = reaches.filter((each) => each.looksAt !== undefined || each.did);
  const noting = reaches.filter((each) => each.looksAt === undefined && !each.did);
  const note = noting.map(({ actor }) => printable(actor)).join(', ');
  return [
    ...looking.flatMap((each, index) => {
      const isLast = noting.length === 0 && index === looking.length - 1;
      return reachedLine(each, isLast, words);
    }),
    ...(noting.length === 0
      ? []
      : wrapped(`${words.takeNote} ${note}`, width - 8).map((text, index) =>
          lineOf(index === 0 ? `   └─▷ ${text}` : `       ${text}`, 'faint'),
        )),
  ];
}

function reachedLine({ actor, looksAt, did }: Reached, isLast: boolean, words: ScreenWords): readonly Line[] {
  return [
    [
      { text: `   ${isLast ? '└' : '├'}─▶ ` },
      { text: printable(actor), tone: 'strong' },
      { text: looksAt === undefined ? '' : `  ${words.looksAt(placeText(looksAt))}`, tone: 'faint' },
    ],
    ...(did
      ? [
          [
            { text: `   ${isLast ? ' ' : '│'}     +${formatSpan(did.afterMs)}  ${did.seq} `, tone: 'faint' },
            { text: printable(did.text) },
          ] satisfies Line,
        ]
      : []),
  ];
}

function factLines({ facts }: Commit, { width, words }: Look): readonly Line[] {
  if (facts.length === 0) return [];
  return [
    lineOf(`   ${words.besides}`, 'faint'),
    ...facts.flatMap((fact) =>
      wrapped(printable(fact), width - 6).map((text, index) =>
        lineOf(`   ${index === 0 ? '· ' : '  '}${text}`),
      ),
    ),
  ];
}
