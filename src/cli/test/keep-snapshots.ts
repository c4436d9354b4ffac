import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Event } from '../../cluster/contract/event.ts';
import type { Entry } from '../../kernel/log/entry.ts';
import type { StoryBranch } from '../../replay/fork-story.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import type { Case, Failure, SnapshotResult } from '../../suite/case.ts';
import { openLine } from '../../suite/run-case.ts';
import { logDifference, textDifference } from '../../suite/snapshot-difference.ts';
import { logSnapshot, snapshotTexts } from '../../suite/snapshot-texts.ts';
import { wordsIn } from '../../words/words-in.ts';
import type { SnapshotUse } from './task.ts';

interface Kept {
  readonly snapshots: readonly SnapshotResult[];
  readonly failures: readonly Failure[];
}

export interface Run {
  readonly of: Case;
  readonly scenario: Scenario;
  readonly log: readonly Entry<Event>[];
  readonly branches: readonly StoryBranch[];
  readonly language: string;
}

/** Compares a run with what was kept of an earlier one, or keeps it. */
export function keepSnapshots(run: Run, { folder, mode }: SnapshotUse): Kept {
  const { scenario, log, branches } = run;
  const isKept = existsSync(join(folder, logSnapshot(scenario)));
  // Whoever keeps no snapshots has none to compare with.
  if (mode === 'compare' && !isKept) return { snapshots: [], failures: [] };
  if (mode === 'demand' && !existsSync(folder)) return { snapshots: [], failures: [] };
  const snapshots = [...snapshotTexts(scenario, log, branches)].map(([file, text]) =>
    snapshotOf(join(folder, file), text, mode),
  );
  return {
    snapshots: snapshots.map(({ file, state }) => ({ file, state })),
    failures: failuresOf(snapshots, run),
  };
}

interface Compared extends SnapshotResult {
  readonly kept: string;
  readonly text: string;
}

function snapshotOf(file: string, text: string, mode: SnapshotUse['mode']): Compared {
  const kept = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  if (kept === text) return { file, state: 'same', kept, text };
  if (mode !== 'write')
    return { file, state: kept === undefined ? 'missing' : 'differs', kept: kept ?? '', text };
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return { file, state: 'written', kept: kept ?? '', text };
}

/** Where the log is another one, so are the transcripts: it is told once. */
function failuresOf(snapshots: readonly Compared[], run: Run): readonly Failure[] {
  const { suite } = wordsIn(run.language);
  const missing = snapshots.filter(({ state }) => state === 'missing');
  const [first] = snapshots.filter(({ state }) => state === 'differs');
  return [
    ...missing.map(
      ({ file }): Failure => ({ kind: 'snapshot', what: suite.snapshotMissing(file), why: suite.update }),
    ),
    ...(first ? [differenceOf(first, run)] : []),
  ];
}

function differenceOf({ file, kept, text }: Compared, { of, scenario, log, language }: Run): Failure {
  const { suite, told } = wordsIn(language);
  const what = suite.snapshotDiffers(file);
  // Of a branch only the end is kept, which no timeline begins with.
  if (!file.endsWith('.ndjson') || basename(file).includes('@'))
    return { kind: 'snapshot', what, why: textDifference(kept, text).join('\n') };
  const names = { kept: suite.kept, now: suite.now };
  const telling = { names, words: told.branch, language };
  const { story, seq, isRewritten } = logDifference(kept, log, { digest: scenario.digest, telling });
  const why = [...story, ...(isRewritten ? [suite.rewritten] : [])].join('\n');
  const at = log[seq - 1]?.at;
  return { kind: 'snapshot', what, why, ...(at !== undefined && { at }), open: openLine(of, seq) };
}
