import type { Millis } from '../kernel/time/millis.ts';
import { printable } from '../report/printable.ts';
import type { Comparison } from './compare.ts';
import type { Divergence, Told } from './divergence.ts';
import type { Explained } from './explanations/explain.ts';

export interface Telling {
  /** What the two sides are called: `the recording`, `the simulation`, `run.log`. */
  readonly wanted: string;
  readonly actual: string;
  /** All divergences, and not only the first. */
  readonly all: boolean;
  /** The command that opens the player at an entry of the actual log. */
  readonly playAt: (seq: number | undefined, atMs: Millis) => string;
}

/** A comparison in a person's words, line by line. */
export function* tellComparison(comparison: Comparison, telling: Telling): Generator<string, void, void> {
  const { wanted, actual, fromMs, endedMs, untilMs, commands, divergences } = comparison;
  yield printable(`${sideOf(telling.wanted, wanted)}\n${sideOf(telling.actual, actual)}\n`);
  if (wanted.minor !== actual.minor) {
    yield `note: they play different versions of Kubernetes, which differ in texts and times\n`;
  }
  if (fromMs !== undefined) {
    yield `note: one of them begins at ${clock(fromMs)}, and does not tell what came before: only what came to be since is compared\n`;
  }
  if (endedMs !== undefined) {
    yield `note: ${printable(telling.wanted)} ends at ${clock(endedMs)}, before what was typed: no more is compared\n`;
  }
  const outputs =
    commands.all === 0 ? '' : `, and what ${commands.alike} of ${commands.all} commands printed`;
  yield `compared until ${clock(untilMs)}: ${wanted.changes.length} changes beside ${actual.changes.length}${outputs}\n`;
  yield '\n';
  yield `${verdictOf(comparison)}\n`;
  const shown = telling.all ? divergences : divergences.slice(0, 1);
  for (const divergence of shown) yield printable(`\n${divergenceText(divergence, telling)}`);
  const left = divergences.length - shown.length;
  if (left > 0)
    yield `\n${counted(left, 'more place')} where they part: --all shows ${left === 1 ? 'it' : 'them'}\n`;
  yield* explanations(comparison.explained);
}

function sideOf(called: string, { name, minor, namespace }: Comparison['wanted']): string {
  return `${called}: ${name}, Kubernetes 1.${minor}, namespace ${namespace}`;
}

/** That they agree or not, in one line. */
function verdictOf({ divergences, explained }: Comparison): string {
  const known = explained.length === 0 ? '' : `, with ${counted(explained.length, 'explained difference')}`;
  if (divergences.length === 0) return `They agree${known}.`;
  return `They part in ${counted(divergences.length, 'place')}${known}.`;
}

function divergenceText(divergence: Divergence, telling: Telling): string {
  const { about, of, atMs, wanted, actual, agreed, text } = divergence;
  const lines = [
    `At ${clock(atMs)}, ${about} (${of}):`,
    `  ${telling.wanted}: ${toldText(wanted)}`,
    `  ${telling.actual}: ${toldText(actual)}`,
    agreed
      ? `  the last that both tell: ${agreed.wanted.says} (${clock(agreed.wanted.atMs)} and ${clock(agreed.actual.atMs)})`
      : '  before that, neither tells of it',
    `  to see it: ${telling.playAt(actual?.seq ?? agreed?.actual.seq, actual?.atMs ?? agreed?.actual.atMs ?? atMs)}`,
    text.replace(/^/gm, '  '),
  ];
  return `${lines.join('\n')}\n`;
}

function toldText(told: Told | undefined): string {
  return told ? `${told.says} (${clock(told.atMs)})` : 'nothing of the kind';
}

/** Explained differences by their reason: each reason once. */
function* explanations(explained: readonly Explained[]): Generator<string, void, void> {
  const reasons = new Map<string, Explained[]>();
  for (const each of explained) reasons.set(each.because.id, [...(reasons.get(each.because.id) ?? []), each]);
  if (reasons.size > 0) yield '\nExplained:\n';
  for (const all of reasons.values()) {
    const [first] = all;
    if (!first) continue;
    const { kind, why, source } = first.because;
    const about = [...new Set(all.map(({ divergence }) => divergence.about))].join(', ');
    yield printable(`  ${all.length} x ${KINDS[kind]}: ${why}\n    in ${about}\n    source: ${source}\n`);
  }
}

const KINDS = {
  race: 'a race',
  version: 'another version of Kubernetes',
  artifact: 'an artifact of the recording',
} as const;

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function clock(ms: Millis): string {
  return `t+${(ms / 1000).toFixed(3)} s`;
}

/** A comparison for programs. */
export function comparisonJson({
  wanted,
  actual,
  fromMs,
  untilMs,
  commands,
  divergences,
  explained,
}: Comparison): unknown {
  const sideJson = ({ name, minor, namespace, changes, startMs }: Comparison['wanted']) => ({
    name,
    version: `1.${minor}`,
    namespace,
    startMs,
    changes: changes.length,
  });
  return {
    agrees: divergences.length === 0,
    wanted: sideJson(wanted),
    actual: sideJson(actual),
    ...(fromMs !== undefined && { fromMs }),
    untilMs,
    commands,
    divergences,
    explained: explained.map(({ divergence, because: { id, kind, why, source } }) => ({
      ...divergence,
      because: { id, kind, why, source },
    })),
  };
}
