import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { type Comparison, comparePlays } from '../compare/compare.ts';
import { playOfLog, typedAs } from '../compare/log/play-of-log.ts';
import type { Play } from '../compare/play.ts';
import { playRecording } from '../compare/recording/play-recording.ts';
import type { Recording } from '../compare/recording/recording.ts';
import { NotPlayable } from '../compare/recording/recording-scenario.ts';
import { comparisonJson, tellComparison } from '../compare/tell.ts';
import { logHeaderOf } from '../scenario/log-header.ts';
import { BadInput, EXIT } from './exit.ts';
import { createLogFile, type LogFile } from './log-file.ts';
import { openLog } from './open-log.ts';
import { openRecording } from './read-recording.ts';
import { PRODUCT_VERSION } from './version.ts';
import { tellBeside, writeOut } from './write-out.ts';

export interface CompareOptions {
  readonly all?: boolean;
  readonly json?: boolean;
  /** Virtual milliseconds. */
  readonly until?: number;
  readonly namespace?: string;
  readonly seed?: string;
  readonly output?: string;
}

/** `kubereel compare`: where a recording of a real cluster, or a log, and a log part. */
export async function compareCommand(
  trace: string,
  log: string | undefined,
  options: CompareOptions,
): Promise<number> {
  const { namespace, until, json = false, all = false } = options;
  const wanted = openSide(trace, namespace);
  const actual = log === undefined ? playedHere(trace, wanted, options) : besides(wanted, log, options);
  const comparison = comparePlays(wanted.play, actual, until === undefined ? {} : { untilMs: until });
  if (json) await writeOut([`${JSON.stringify(comparisonJson(comparison), null, 2)}\n`]);
  else
    await writeOut(
      tellComparison(comparison, {
        ...callsOf(trace, log, wanted),
        all,
        playAt: playAt(trace, log, options),
      }),
    );
  return exitCodeOf(comparison);
}

function exitCodeOf({ divergences }: Comparison): number {
  return divergences.length === 0 ? EXIT.ok : EXIT.missed;
}

type Side = { readonly play: Play; readonly recording?: Recording };

/** A log begins with its header; anything else is a recording. */
function openSide(path: string, namespace: string | undefined): Side {
  if (!statSync(path, { throwIfNoEntry: false })) throw new BadInput(({ files }) => files.noSide(path));
  if (isLog(path)) return { play: logPlay(path, namespace) };
  const { recording, damage } = openRecording(path);
  for (const each of damage) tellBeside(`${each}\n`);
  const named = namespace === undefined ? recording : { ...recording, namespace };
  return { play: named, recording: named };
}

function isLog(path: string): boolean {
  if (!statSync(path).isFile()) return false;
  const file = openSync(path, 'r');
  const start = Buffer.alloc(64);
  const size = readSync(file, start);
  closeSync(file);
  return start.subarray(0, size).toString().startsWith('{"kubereel":"log"');
}

function logPlay(path: string, namespace: string | undefined): Play {
  const { header, entries } = openLog(path, tellBeside);
  return playOfLog(entries, { name: header.scenario.name, ...(namespace !== undefined && { namespace }) });
}

function besides({ play }: Side, log: string, { namespace, seed, output }: CompareOptions): Play {
  if (seed !== undefined || output !== undefined) throw new BadInput(({ files }) => files.playedOnly);
  if (!statSync(log, { throwIfNoEntry: false })?.isFile())
    throw new BadInput(({ files }) => files.noLogFile(log));
  if (!isLog(log)) throw new BadInput(({ files }) => files.noLog(log));
  return typedAs(play, logPlay(log, namespace ?? play.namespace));
}

function playedHere(trace: string, { recording }: Side, { seed = '1', output }: CompareOptions): Play {
  if (!recording) throw new BadInput(({ files }) => files.otherLog(trace));
  if (recording.commands.length === 0) throw new BadInput(({ files }) => files.nothingTyped(trace));
  let file: LogFile | undefined;
  try {
    return playRecording(recording, {
      seed,
      onStart: (scenario) => {
        if (output !== undefined) file = createLogFile(output, logHeaderOf(scenario, seed, PRODUCT_VERSION));
      },
      onCommit: (entries) => file?.append(entries),
    });
  } catch (error) {
    if (error instanceof NotPlayable) {
      const { message } = error;
      throw new BadInput(({ files }) => files.notPlayable(trace, message));
    }
    throw error;
  } finally {
    file?.close();
  }
}

function callsOf(trace: string, log: string | undefined, { recording }: Side) {
  return {
    wanted: recording ? 'the real cluster' : trace,
    actual: log ?? 'the simulation',
  };
}

/** How to look at the place in the log; what was only played has to be written first. */
function playAt(trace: string, log: string | undefined, { output }: CompareOptions) {
  const file = log ?? output;
  const first = file === undefined ? `kubereel compare ${trace} -o played.log; ` : '';
  return (seq: number | undefined, atMs: number): string => {
    const place = seq ?? `${(Math.max(0, atMs) / 1000).toFixed(3)}s`;
    return `${first}kubereel play ${file ?? 'played.log'} --at ${place}`;
  };
}
