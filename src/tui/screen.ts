import { EventEmitter } from 'node:events';
import { writeSync } from 'node:fs';

/** The alternate screen, no cursor, and no wrapping: a line that is too long ends at the edge. */
const ENTER = '\u001b[?1049h\u001b[?25l\u001b[?7l\u001b[2J';
const LEAVE = '\u001b[0m\u001b[?7h\u001b[?25h\u001b[?1049l';
/** Terminals that know it show what comes in between at once (DEC mode 2026); others pass over it. */
const BEGIN_FRAME = '\u001b[?2026h';
const END_FRAME = '\u001b[?2026l';

/**
 * The alternate screen, which is given whole frames and writes only the lines that changed, each at its own
 * place: places can't drift, and nothing can scroll.
 */
export interface Screen {
  /**
   * What to give to Ink as its stdout, with `debug: true`: it has a size, and passes over what is written.
   */
  readonly stream: NodeJS.WriteStream;
  /** Shows lines from the first row on. */
  readonly paint: (lines: readonly string[]) => void;
  /** Gives the terminal back to the shell until the process is continued. */
  readonly suspend: () => void;
  /** Brings back the screen that was there before. */
  leave(): void;
}

export function openScreen(terminal: NodeJS.WriteStream): Screen {
  let shown: readonly string[] = [];
  const rows = (): number => terminal.rows || 24;
  const paint = (frame: readonly string[]): void => {
    // Never as many lines as there are rows.
    const lines = frame.slice(0, Math.max(1, rows() - 1));
    const height = Math.max(lines.length, shown.length);
    let changes = '';
    for (let row = 0; row < height; row++) {
      if (lines[row] !== shown[row]) changes += `\u001b[${row + 1};1H\u001b[0m\u001b[2K${lines[row] ?? ''}`;
    }
    shown = lines;
    if (changes !== '') terminal.write(BEGIN_FRAME + changes + END_FRAME);
  };
  const events = new EventEmitter();
  const redraw = (before: string): void => {
    shown = [];
    terminal.write(before);
    events.emit('resize');
  };
  const resized = (): void => redraw('\u001b[2J');
  const { leave, suspend } = leaving(() => redraw(ENTER));
  // Before anything is shown: keys that are typed at once shall neither be echoed nor be lost.
  process.stdin.setRawMode?.(true);
  terminal.write(ENTER);
  terminal.on('resize', resized);
  const stream = Object.defineProperties(events, {
    isTTY: { value: true },
    columns: { get: () => terminal.columns || 80 },
    rows: { get: rows },
    write: { value: () => true },
  });
  return {
    stream: stream as unknown as NodeJS.WriteStream,
    paint,
    suspend,
    leave: () => {
      terminal.off('resize', resized);
      leave();
    },
  };
}

const SIGNALS = [
  ['SIGINT', 2],
  ['SIGTERM', 15],
  ['SIGHUP', 1],
] as const;

/** Leaves once, however the program ends. */
function leaving(enter: () => void): Pick<Screen, 'leave' | 'suspend'> {
  let inside = true;
  const give = (): void => {
    try {
      // Synchronous: the process may be on its way out.
      writeSync(1, LEAVE);
    } catch {
      // The terminal is gone, and with it what had to be restored.
    }
  };
  const leave = (): void => {
    if (!inside) return;
    inside = false;
    process.off('SIGCONT', back);
    process.off('exit', leave);
    for (const [signal, , listener] of listeners) process.off(signal, listener);
    give();
  };
  const back = (): void => {
    process.stdin.setRawMode?.(true);
    enter();
  };
  const listeners = SIGNALS.map(([signal, number]) => {
    const listener = (): void => {
      leave();
      process.exit(128 + number);
    };
    process.once(signal, listener);
    return [signal, number, listener] as const;
  });
  process.once('exit', leave);
  process.on('SIGCONT', back);
  const suspend = (): void => {
    give();
    process.stdin.setRawMode?.(false);
    // The whole job, with npm if that is what started it; the shell gets the terminal.
    process.kill(0, 'SIGTSTP');
    // Where there is no shell to go to, the signal does nothing.
    setImmediate(back);
  };
  return { leave, suspend };
}
