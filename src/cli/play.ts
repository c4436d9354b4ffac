import { closeSync, openSync, readSync, statSync } from 'node:fs';
import type { Event } from '../cluster/contract/event.ts';
import type { Entry } from '../kernel/log/entry.ts';
import { commits } from '../kernel/run/run.ts';
import { transcriptOf } from '../report/transcript.ts';
import { startScenario } from '../scenario/play.ts';
import { EXIT } from './exit.ts';
import { openLog } from './open-log.ts';
import { openScenario } from './open-scenario.ts';
import { writeOut } from './write-out.ts';

export interface PlayOptions {
  readonly seed?: string;
  readonly lang: string;
}

interface Playable {
  readonly name: string;
  /** What the reader should know of it first. */
  readonly notice?: string;
  commits(): Iterable<readonly Entry<Event>[]>;
}

/** `kubereel play`: on the whole screen in a terminal, else as a transcript. */
export async function playCommand(what: string, { seed, lang }: PlayOptions): Promise<number> {
  const { commits, ...playable } = isLog(what) ? logOf(what) : scenarioOf(what, seed);
  if (!isScreen()) return printTranscript(commits(), lang);
  const { startPlayer } = await import('../tui/start-player.tsx');
  const colours = !process.env['NO_COLOR'];
  await startPlayer(commits()[Symbol.iterator](), { ...playable, language: lang, colours });
  return EXIT.ok;
}

/** A player needs keys and a screen that can be drawn on; a build's log has neither. */
function isScreen(): boolean {
  const { CI, TERM } = process.env;
  return process.stdout.isTTY === true && process.stdin.isTTY === true && !CI && TERM !== 'dumb';
}

async function printTranscript(played: Iterable<readonly Entry<Event>[]>, language: string): Promise<number> {
  let passed = true;
  const entries = entriesOf(played, (event) => {
    passed &&= event.passed;
  });
  await writeOut(transcriptOf(entries, language));
  return passed ? EXIT.ok : EXIT.missed;
}

function* entriesOf(
  played: Iterable<readonly Entry<Event>[]>,
  onEnd: (event: Extract<Event, { type: 'ScenarioEnded' }>) => void,
): Generator<Entry<Event>> {
  for (const commit of played) {
    for (const entry of commit) {
      if (entry.event.type === 'ScenarioEnded') onEnd(entry.event);
      yield entry;
    }
  }
}

function scenarioOf(what: string, seed: string | undefined): Playable {
  const scenario = openScenario(what);
  return {
    name: scenario.name,
    commits: () => commits(startScenario(scenario, { seed: seed ?? scenario.settings.seed })),
  };
}

function logOf(path: string): Playable {
  const { header, entries, damage } = openLog(path);
  return {
    name: header.scenario.name,
    ...(damage !== undefined && { notice: damage }),
    *commits() {
      let commit: Entry<Event>[] = [];
      for (const entry of entries) {
        commit.push(entry);
        if (entry.more) continue;
        yield commit;
        commit = [];
      }
    },
  };
}

/** A log is called so, or begins with its header; a scenario is YAML, or a folder, or a bundled name. */
function isLog(what: string): boolean {
  if (/\.(ya?ml|json)$/.test(what)) return false;
  if (statSync(what, { throwIfNoEntry: false })?.isFile() !== true) return false;
  if (/\.(ndjson|log)$/.test(what)) return true;
  const file = openSync(what, 'r');
  const start = Buffer.alloc(1);
  readSync(file, start);
  closeSync(file);
  return start.toString() === '{';
}
