import { EventEmitter } from 'node:events';
import { render } from 'ink';
import { createElement } from 'react';
import { App } from '../../src/tui/app.tsx';
import type { Session } from '../../src/tui/session.ts';
import type { Size } from '../../src/tui/size.ts';
import { SurfaceContext } from '../../src/tui/surface.ts';

/** The player on a screen that nobody sees. */
export interface BenchPlayer {
  /** Types keys at once; resolves when the screen that they lead to has been drawn. */
  type(keys: string): Promise<void>;
  frame(): string;
  close(): void;
}

export function showPlayer(session: Session, { columns, rows }: Size): BenchPlayer {
  let frame = '';
  const stdout = Object.assign(new EventEmitter(), {
    columns,
    rows,
    write: () => true,
  });
  let typed: string | null = null;
  const nothing = (): void => {};
  const stdin = Object.assign(new EventEmitter(), {
    isTTY: true,
    read() {
      const text = typed;
      typed = null;
      return text;
    },
    setEncoding: nothing,
    setRawMode: nothing,
    resume: nothing,
    pause: nothing,
    ref: nothing,
    unref: nothing,
  });
  const surface = {
    colours: true,
    paint: (lines: readonly string[]) => {
      frame = lines.join('\n');
    },
  };
  const app = render(
    createElement(
      SurfaceContext,
      { value: surface },
      createElement(App, { session, name: 'bench', language: 'en' }),
    ),
    { stdout: stdout as never, stdin: stdin as never, debug: true, exitOnCtrlC: false, patchConsole: false },
  );
  return {
    async type(keys) {
      typed = keys;
      stdin.emit('readable');
      // Effects and what they draw again have their turns.
      for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
    },
    frame: () => frame,
    close: () => app.unmount(),
  };
}
