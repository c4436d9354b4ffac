import { render } from 'ink';
import type { Event } from '../cluster/contract/event.ts';
import type { Entry } from '../kernel/log/entry.ts';
import { App } from './app.tsx';
import { openScreen } from './screen.ts';
import { openSession } from './session.ts';

export interface PlayerOptions {
  readonly name: string;
  readonly language: string;
}

/** Plays commits on the whole screen until the reader quits; the terminal is then as it was before. */
export async function startPlayer(
  commits: Iterator<readonly Entry<Event>[]>,
  { name, language }: PlayerOptions,
): Promise<void> {
  const session = openSession(commits);
  const screen = openScreen(process.stdout);
  try {
    const app = render(<App session={session} name={name} language={language} />, {
      stdout: screen.stream,
      exitOnCtrlC: false,
      patchConsole: false,
      debug: true,
    });
    await app.waitUntilExit();
  } finally {
    session.close();
    screen.leave();
  }
}
