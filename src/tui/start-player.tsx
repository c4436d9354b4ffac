import { render } from 'ink';
import type { Event } from '../cluster/contract/event.ts';
import type { Entry } from '../kernel/log/entry.ts';
import { App } from './app.tsx';
import { openLiveSession } from './live-session.ts';
import type { LiveSource } from './live-source.ts';
import { openScreen, type Screen } from './screen.ts';
import { openSession, type Session, type SessionOptions } from './session.ts';
import { SurfaceContext } from './surface.ts';

export interface PlayerOptions extends SessionOptions {
  readonly name: string;
  readonly language: string;
  readonly colours: boolean;
  /** The screen, where it is open already. */
  readonly screen?: Screen;
  /** Something that the reader should know of the log, once it is known: shown until a key is pressed. */
  readonly notice?: () => string | undefined;
}

/**
 * Plays commits on the whole screen until the reader quits; the terminal is then as it was before, also when
 * the simulation fails, with which this then fails too.
 */
export async function startPlayer(
  commits: Iterator<readonly Entry<Event>[]>,
  options: PlayerOptions,
): Promise<void> {
  await show(openSession(commits, options), options);
}

/** The same of a cluster that goes on meanwhile. */
export async function startLivePlayer(source: LiveSource, options: PlayerOptions): Promise<void> {
  await show(openLiveSession(source, options), options);
}

async function show(
  session: Session,
  { name, language, notice, colours, screen = openScreen(process.stdout) }: PlayerOptions,
): Promise<void> {
  try {
    const app = render(
      <SurfaceContext value={{ colours, paint: screen.paint }}>
        <App {...{ session, name, language }} onSuspend={screen.suspend} {...(notice && { notice })} />
      </SurfaceContext>,
      { stdout: screen.stream, exitOnCtrlC: false, patchConsole: false, debug: true },
    );
    await app.waitUntilExit();
  } finally {
    session.close();
    screen.leave();
  }
}
