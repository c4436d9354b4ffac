import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Event } from '../cluster/contract/event.ts';
import { createLogReader } from '../kernel/log/read-log.ts';
import { type Expansion, expandScenario } from '../scenario/language/expand/expand-scenario.ts';
import { foretellOpening } from '../scenario/language/foretell-opening.ts';
import { readScenarioFiles, type ScenarioFiles } from './scenario-files.ts';
import { choiceOf, type Which } from './which.ts';

/**
 * What is to be played: a log by its path, the recording of a real cluster by its path, or a scenario's
 * files, of which its own has been read.
 */
export type Played =
  | { readonly log: string }
  | { readonly recording: string }
  | { readonly scenario: ScenarioFiles; readonly expansion: Expansion };

/** Finds what is meant. Throws BadInput when there is nothing of that name. */
export function findPlayed(what: string, which: Which = {}): Played {
  if (isRecording(what)) return { recording: what };
  if (isLog(what)) return { log: what };
  const scenario = readScenarioFiles(what);
  const { files, entry } = scenario;
  return { scenario, expansion: expandScenario(files, entry, choiceOf(which)) };
}

/** The first events of the story, without reading, checking or simulating the rest. */
export function firstEvents(played: Played): readonly Event[] {
  if ('log' in played) return firstOfLog(played.log);
  if ('recording' in played) return [];
  return foretellOpening(played.expansion.source?.value);
}

/** A recording is a folder with a trace, or that: one watch event a line. */
function isRecording(what: string): boolean {
  const found = statSync(what, { throwIfNoEntry: false });
  if (found?.isDirectory())
    return !existsSync(join(what, 'scenario.yaml')) && existsSync(join(what, 'trace.ndjson'));
  return (
    found?.isFile() === true &&
    /\.ndjson$/.test(what) &&
    /^\s*\{\s*"(?:t_ms|type|object)"/.test(startOf(what, 64))
  );
}

/** A log is called so, or begins with its header; a scenario is YAML, or a folder, or a bundled name. */
function isLog(what: string): boolean {
  if (/\.(ya?ml|json)$/.test(what)) return false;
  if (statSync(what, { throwIfNoEntry: false })?.isFile() !== true) return false;
  return /\.(ndjson|log)$/.test(what) || startOf(what, 1) === '{';
}

/** The story begins right after the cluster itself: within so much of a log. */
const BEGINNING_BYTES = 1 << 18;

function firstOfLog(path: string): readonly Event[] {
  const reader = createLogReader<Event>();
  const lines = startOf(path, BEGINNING_BYTES).split('\n').slice(0, -1);
  for (const line of lines) if (!reader.line(line)) break;
  return reader.finish().entries.map(({ event }) => event);
}

function startOf(path: string, bytes: number): string {
  const file = openSync(path, 'r');
  const start = Buffer.alloc(bytes);
  const size = readSync(file, start);
  closeSync(file);
  return start.toString('utf8', 0, size);
}
