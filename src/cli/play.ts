import type { Event } from '../cluster/contract/event.ts';
import type { Entry } from '../kernel/log/entry.ts';
import { openingScene } from '../replay/opening-scene.ts';
import type { Instant } from '../replay/place.ts';
import { transcriptOf } from '../report/transcript.ts';
import { wordsIn } from '../words/words-in.ts';
import { EXIT } from './exit.ts';
import { findPlayed, firstEvents, type Played } from './played.ts';
import { tellBeside, writeOut } from './write-out.ts';

export interface PlayOptions {
  readonly seed?: string;
  readonly lang: string;
  /** Where the player is opened. */
  readonly at?: Instant;
}

/** `kubereel play`: on the whole screen in a terminal, else as a transcript. */
export async function playCommand(what: string, options: PlayOptions): Promise<number> {
  const played = findPlayed(what);
  return isScreen() ? playOnScreen(played, options) : printTranscript(played, options);
}

/** A player needs keys and a screen that can be drawn on; a build's log has neither. */
function isScreen(): boolean {
  const { CI, TERM } = process.env;
  return process.stdout.isTTY === true && process.stdin.isTTY === true && !CI && TERM !== 'dumb';
}

/**
 * The story's first scene is there at once; the engine and the player's packages, which take several times
 * as long to load, come after it. What there is to tell is told on the screen that is there afterwards.
 */
async function playOnScreen(played: Played, { seed, lang, at }: PlayOptions): Promise<number> {
  const look = { language: lang, colours: !process.env['NO_COLOR'] };
  // The first scene is not what is asked for.
  const scene = at ? undefined : openingScene(firstEvents(played));
  const screen = scene && (await import('../tui/open-stage.ts')).openStage({ ...look, scene });
  let told = '';
  const tell = (text: string): void => {
    told += text;
  };
  try {
    const { openPlayable } = await import('./playable.ts');
    const { commits, origin, ...playable } = openPlayable(played, seed, tell);
    const { saveBranch } = await import('./save-branch.ts');
    const { startPlayer } = await import('../tui/start-player.tsx');
    await startPlayer(commits()[Symbol.iterator](), {
      ...playable,
      save: (branch, among, as) => saveBranch({ branch, among, as, origin }),
      ...look,
      ...(at && { at }),
      ...(screen && { screen }),
    });
    return EXIT.ok;
  } finally {
    screen?.leave();
    tellBeside(told);
  }
}

async function printTranscript(played: Played, { seed, lang, at }: PlayOptions): Promise<number> {
  if (at) tellBeside(`${wordsIn(lang).files.atForPlayer}\n`);
  const { openPlayable } = await import('./playable.ts');
  const { commits } = openPlayable(played, seed, tellBeside);
  let passed = true;
  const entries = entriesOf(commits(), (event) => {
    passed &&= event.passed;
  });
  await writeOut(transcriptOf(entries, lang));
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
