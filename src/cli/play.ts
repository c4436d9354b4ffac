import type { Event } from '../cluster/contract/event.ts';
import type { Entry } from '../kernel/log/entry.ts';
import { openingScene } from '../replay/opening-scene.ts';
import type { Instant } from '../replay/place.ts';
import type { Ground } from '../replay/player/travels.ts';
import { transcriptOf } from '../report/transcript.ts';
import { branchesOf } from '../scenario/branch-scenario.ts';
import { wordsIn } from '../words/words-in.ts';
import { EXIT } from './exit.ts';
import { findPlayed, firstEvents, type Played } from './played.ts';
import type { Which } from './which.ts';
import { tellBeside, writeOut } from './write-out.ts';

export interface PlayOptions extends Which {
  readonly lang: string;
  /** Where the player is opened. */
  readonly at?: Instant;
  /** Told when the story has been followed to its end. */
  readonly onEnd?: () => void;
}

/** `kubereel play`: on the whole screen in a terminal, else as a transcript. */
export async function playCommand(what: string, options: PlayOptions): Promise<number> {
  const played = findPlayed(what, options);
  return isScreen() ? playOnScreen(played, options) : printTranscript(played, options);
}

/** A player needs keys and a screen that can be drawn on; a build's log has neither. */
export function isScreen(): boolean {
  const { CI, TERM } = process.env;
  return process.stdout.isTTY === true && process.stdin.isTTY === true && !CI && TERM !== 'dumb';
}

/**
 * The story's first scene is there at once; the engine and the player's packages, which take several times
 * as long to load, come after it. What there is to tell is told on the screen that is there afterwards.
 */
async function playOnScreen(played: Played, options: PlayOptions): Promise<number> {
  const { lang, at, onEnd } = options;
  const look = { language: lang, colours: !process.env['NO_COLOR'] };
  // The first scene is not what is asked for.
  const scene = at || options.branch !== undefined ? undefined : openingScene(firstEvents(played));
  const screen = scene && (await import('../tui/open-stage.ts')).openStage({ ...look, scene });
  let told = '';
  const tell = (text: string): void => {
    told += text;
  };
  try {
    const { openPlayable } = await import('./playable.ts');
    const { commits, origin, ...playable } = openPlayable(played, options, tell);
    const { saveBranch } = await import('./save-branch.ts');
    const { startPlayer } = await import('../tui/start-player.tsx');
    await startPlayer(commits()[Symbol.iterator](), {
      ...playable,
      save: (branch, among, as) => saveBranch({ branch, among, as, origin }),
      ...look,
      ...(at && { at }),
      ...(onEnd && { onEnd }),
      ...(screen && { screen }),
    });
    return EXIT.ok;
  } finally {
    screen?.leave();
    tellBeside(told);
  }
}

async function printTranscript(played: Played, options: PlayOptions): Promise<number> {
  const { lang, at, onEnd } = options;
  if (at) tellBeside(`${wordsIn(lang).files.atForPlayer}\n`);
  const { openPlayable } = await import('./playable.ts');
  const { commits, ground } = openPlayable(played, options, tellBeside);
  if (ground && branchesOf(ground.scenario).length > 0) {
    const code = await printWithBranches([...commits()].flat(), ground, lang);
    onEnd?.();
    return code;
  }
  let passed = true;
  const entries = entriesOf(commits(), (event) => {
    passed &&= event.passed;
  });
  await writeOut(transcriptOf(entries, lang));
  onEnd?.();
  return passed ? EXIT.ok : EXIT.missed;
}

/** What became of a branch is told where the story offers it, and is known when both have ended. */
async function printWithBranches(
  log: readonly Entry<Event>[],
  { scenario }: Ground,
  language: string,
): Promise<number> {
  const { branchesTold } = await import('../report/branch-story.ts');
  const { asides, passed } = branchesTold(log, scenario, language);
  await writeOut(transcriptOf(log, language, asides));
  const isFailed = log.some(({ event }) => event.type === 'ScenarioEnded' && !event.passed);
  return passed && !isFailed ? EXIT.ok : EXIT.missed;
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
