import type { Millis } from '../kernel/time/millis.ts';
import type { Divergence } from './divergence.ts';
import { type Explained, explain } from './explanations/explain.ts';
import { sinceBothBegan } from './late-beginning.ts';
import { generatedNames } from './normal/names.ts';
import { nodeNamesOf } from './normal/node-names.ts';
import { compareEvents } from './objects/compare-events.ts';
import { compareObjects } from './objects/compare-objects.ts';
import { compareOutputs } from './outputs/compare-outputs.ts';
import { isCut, type Play, playUntil } from './play.ts';
import { comparePods } from './pods/compare-pods.ts';
import { compareJobs } from './workloads/compare-jobs.ts';
import { compareStatefulSets } from './workloads/compare-stateful-sets.ts';
import { compareWorkloads } from './workloads/compare-workloads.ts';

/** Two plays side by side. */
export interface Comparison {
  readonly wanted: Play;
  readonly actual: Play;
  /** Since when they are compared, where one of them began late; absent: from their beginning. */
  readonly fromMs?: Millis;
  /** Where the wanted play's watches ended before what was typed; absent: they did not. */
  readonly endedMs?: Millis;
  /** How long both were watched. */
  readonly untilMs: Millis;
  readonly commands: { readonly all: number; readonly alike: number; readonly identical: number };
  /** Where they part, the first first. */
  readonly divergences: readonly Divergence[];
  /** Where they part for a reason that is known. */
  readonly explained: readonly Explained[];
}

export interface ComparisonOptions {
  /** Compares the beginning only. */
  readonly untilMs?: Millis;
}

/**
 * Compares the normalised sequence of two plays: who wrote which object and which fields of it, Kubernetes
 * Events, what commands printed. Names, uids, addresses and times are abstracted away; times are compared
 * within tolerances, order where the real order is determined.
 */
export function comparePlays(
  wholeWanted: Play,
  wholeActual: Play,
  { untilMs: limit = Number.POSITIVE_INFINITY }: ComparisonOptions = {},
): Comparison {
  const { wanted: wantedPlay, actual: actualPlay, ...from } = sinceBothBegan(wholeWanted, wholeActual);
  const isSameStory = wantedPlay.commands.length > 0 && isTypedIn(wantedPlay, actualPlay);
  // Who typed the same waited for the same, if not as long; else the shorter play tells how far both went.
  const common = Math.min(wantedPlay.watchedMs, actualPlay.watchedMs);
  const isWhole = isSameStory && !isCut(wantedPlay) && !isCut(actualPlay);
  const untilMs = Math.min(isWhole ? Math.max(wantedPlay.watchedMs, actualPlay.watchedMs) : common, limit);
  const [wanted, actual] = drawnAlike(wantedPlay, actualPlay).map((play) =>
    typedUntil(limit, playUntil(untilMs, play)),
  );
  if (!wanted || !actual) throw new Error('two plays have become fewer');
  const { commands: all, alike, identical, divergences: outputs } = compareOutputs(wanted, actual);
  const found = [
    ...comparePods(wanted, actual),
    ...compareWorkloads(wanted, actual),
    ...compareJobs(wanted, actual),
    ...compareStatefulSets(wanted, actual),
    ...compareObjects(wanted, actual),
    ...compareEvents(wanted, actual),
    ...outputs,
    ...(actual.odd ?? []).filter(({ atMs }) => atMs <= untilMs),
  ].sort((a, b) => a.atMs - b.atMs);
  const { divergences, explained } = explain(found, { wanted, actual });
  const ended = isCut(wantedPlay) ? { endedMs: wantedPlay.watchedMs } : {};
  return {
    wanted,
    actual,
    ...from,
    ...ended,
    untilMs,
    commands: { all, alike, identical },
    divergences,
    explained,
  };
}

function isTypedIn({ commands }: Play, { commands: others, leftOut, notLooked }: Play): boolean {
  return commands.every(
    ({ index }) =>
      leftOut?.has(index) === true ||
      notLooked?.has(index) === true ||
      others.some((each) => each.index === index),
  );
}

function typedUntil(ms: Millis, play: Play): Play {
  const commands = play.commands.filter(({ beginMs }) => beginMs < ms);
  return commands.length === play.commands.length ? play : { ...play, commands };
}

/**
 * What is drawn is said alike, unless it was settled: then it must be the same. That it was, names show that
 * both drew: of 27^5 no two are alike by chance.
 */
function drawnAlike(wanted: Play, actual: Play): readonly Play[] {
  const [names, others] = [generatedNames(wanted), new Set(generatedNames(actual))];
  const shared = new Set(names.filter((name) => others.has(name)));
  if (shared.size === 0 && !actual.settled) return onEqualNodes(wanted, actual);
  return [wanted, actual].map((play) => ({ ...play, shared }));
}

/** Where pods could go to several nodes, which of them each went to is drawn among equals. */
function onEqualNodes(wanted: Play, actual: Play): readonly Play[] {
  const nodes = nodeNamesOf([...wanted.changes, ...actual.changes].map(({ object }) => object));
  return nodes.length > 1 ? [wanted, actual].map((play) => ({ ...play, nodes })) : [wanted, actual];
}
