import { stripVTControlCharacters } from 'node:util';
import { render } from 'ink-testing-library';
import type { Event } from '../../src/cluster/contract/event.ts';
import type { Entry } from '../../src/kernel/log/entry.ts';
import type { Ground } from '../../src/replay/player/travels.ts';
import { App } from '../../src/tui/app.tsx';
import { openSession, type SaveBranch, type Session } from '../../src/tui/session.ts';
import type { Size } from '../../src/tui/size.ts';
import { SurfaceContext } from '../../src/tui/surface.ts';

export interface Shown {
  /** Presses keys, one after another, as a keyboard sends them. */
  press(...keys: readonly string[]): Promise<void>;
  resize(size: Size): Promise<void>;
  /** What is on the screen, without colours and without blanks at the ends of lines. */
  frame(): string;
  /** The same with its escape sequences. */
  styled(): string;
  close(): void;
}

export interface Showing {
  readonly size: Size;
  readonly language?: string;
  readonly colours?: boolean;
  readonly notice?: () => string | undefined;
  readonly onSuspend?: () => void;
  /** What branches go on with; without it the log can only be read. */
  readonly ground?: Ground;
  readonly save?: SaveBranch;
  readonly onEnd?: () => void;
}

/** Shows a log in the player, on a screen of a size. */
export async function showPlayer(
  log: readonly Entry<Event>[],
  { ground, save, onEnd, ...showing }: Showing,
): Promise<Shown> {
  const session = openSession(commitsOf(log), {
    ...(ground && { ground }),
    ...(save && { save }),
    ...(onEnd && { onEnd }),
  });
  await settled(() => session.timeline.complete);
  return await showSession(session, showing);
}

/** Shows what a session is about. */
export async function showSession(
  session: Session,
  { size, language = 'en', colours = true, ...props }: Omit<Showing, 'ground' | 'save' | 'onEnd'>,
): Promise<Shown> {
  let painted: readonly string[] = [];
  const paint = (lines: readonly string[]): void => {
    painted = lines;
  };
  const app = render(
    <SurfaceContext value={{ colours, paint }}>
      <App session={session} name="name" language={language} {...props} />
    </SurfaceContext>,
  );
  const resize = async ({ columns, rows }: Size): Promise<void> => {
    Object.defineProperties(app.stdout, {
      columns: { value: columns, configurable: true },
      rows: { value: rows, configurable: true },
    });
    app.stdout.emit('resize');
    await settled();
  };
  await settled();
  await resize(size);
  const frame = (): string => painted.map((line) => stripVTControlCharacters(line).trimEnd()).join('\n');
  return {
    resize,
    press: async (...keys) => {
      for (const key of keys) {
        app.stdin.write(key);
        await settled();
      }
    },
    frame,
    styled: () => painted.join('\n'),
    close: () => {
      app.unmount();
      session.close();
    },
  };
}

function* commitsOf(log: readonly Entry<Event>[]): Generator<readonly Entry<Event>[]> {
  let commit: Entry<Event>[] = [];
  for (const entry of log) {
    commit.push(entry);
    if (entry.more) continue;
    yield commit;
    commit = [];
  }
}

/** Lets what waits for its turn have it: React's effects, the session's slices. */
async function settled(isSo: () => boolean = () => true): Promise<void> {
  do for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
  while (!isSo());
}
