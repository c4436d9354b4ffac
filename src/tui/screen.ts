import { EventEmitter } from 'node:events';
import { writeSync } from 'node:fs';

const ENTER = '\u001b[?1049h\u001b[?25l\u001b[2J';
const LEAVE = '\u001b[0m\u001b[?25h\u001b[?1049l';
/** Terminals that know it show what comes in between at once (DEC mode 2026); others pass over it. */
const BEGIN_FRAME = '\u001b[?2026h';
const END_FRAME = '\u001b[?2026l';

/**
 * The alternate screen, to which Ink gives whole frames and which writes only the lines that changed, each at its
 * own place. Ink's own incremental mode counts lines from where it takes the cursor to be, and is off by one as
 * soon as a frame ends with a newline (6.8.0); places can't drift, and nothing can scroll.
 */
export interface Screen {
  /** What to give to Ink as its stdout, with `debug: true`. */
  readonly stream: NodeJS.WriteStream;
  /** Brings back the screen that was there before. */
  leave(): void;
}

export function openScreen(terminal: NodeJS.WriteStream): Screen {
  let shown: readonly string[] = [];
  const paint = (frame: string): boolean => {
    const lines = frame.replace(/\n$/, '').split('\n');
    const height = Math.max(lines.length, shown.length);
    let changes = '';
    for (let row = 0; row < height; row++) {
      if (lines[row] !== shown[row]) changes += `\u001b[${row + 1};1H\u001b[2K${lines[row] ?? ''}`;
    }
    shown = lines;
    return changes === '' || terminal.write(BEGIN_FRAME + changes + END_FRAME);
  };
  const events = new EventEmitter();
  const resized = (): void => {
    shown = [];
    terminal.write('\u001b[2J');
    events.emit('resize');
  };
  const leave = leaving(terminal, resized);
  terminal.write(ENTER);
  terminal.on('resize', resized);
  const stream = Object.defineProperties(events, {
    isTTY: { value: true },
    columns: { get: () => terminal.columns || 80 },
    rows: { get: () => terminal.rows || 24 },
    write: { value: paint },
  });
  return { stream: stream as unknown as NodeJS.WriteStream, leave };
}

/** Leaves once, however the program ends. */
function leaving(terminal: NodeJS.WriteStream, resized: () => void): () => void {
  let inside = true;
  const leave = (): void => {
    if (!inside) return;
    inside = false;
    terminal.off('resize', resized);
    // Synchronous: the process may be on its way out.
    writeSync(1, LEAVE);
  };
  process.once('exit', leave);
  for (const [signal, number] of [
    ['SIGTERM', 15],
    ['SIGHUP', 1],
  ] as const) {
    process.once(signal, () => {
      leave();
      process.exit(128 + number);
    });
  }
  return leave;
}
