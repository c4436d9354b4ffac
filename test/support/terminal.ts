import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import xterm from '@xterm/headless';

const helper = fileURLToPath(new URL('run-in-pty.py', import.meta.url));

/** Why there are no pseudo-terminals here; undefined when there are. */
export const noTerminal: string | undefined = reasonAgainst();

function reasonAgainst(): string | undefined {
  const { error, status } = spawnSync('python3', ['-c', 'import fcntl, pty, termios']);
  return error || status !== 0 ? 'python3 with its pty module is not on this machine' : undefined;
}

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** A program that runs in a real pseudo-terminal, and what a person at it would see. */
export interface Terminal {
  /** All that the program wrote, as it wrote it. */
  written(): string;
  /** The lines on the screen, without blanks at their ends. */
  screen(): readonly string[];
  /** Whether the alternate screen is shown, as full-screen programs do. */
  isAlternate(): boolean;
  isCursorShown(): boolean;
  /** Types keys as a keyboard sends them. */
  type(keys: string): void;
  resize(size: Size): void;
  signal(number: number): void;
  /**
   * Waits until what is on the screen is as asked, be it for a single frame, and gives that screen; fails
   * with the last one when it does not come.
   */
  until(isSo: (text: string) => boolean): Promise<string>;
  /** Waits until the screen shows a text. */
  shows(text: string): Promise<string>;
  /** Waits for the end: the exit code, or the negative number of the signal. */
  exit(): Promise<number>;
  kill(): void;
}

const PATIENCE_MS = 60_000;

/** Starts a command in a pseudo-terminal of a size. The environment is the given one and a little more. */
export function openTerminal(
  command: readonly string[],
  { columns, rows }: Size,
  environment: Readonly<Record<string, string>> = {},
): Terminal {
  const wanted = { TERM: 'xterm-256color', LANG: 'en_US.UTF-8', ...environment };
  const assignments = Object.entries(wanted).map(([name, value]) => `${name}=${value}`);
  const unwanted = ['CI', 'NO_COLOR', 'FORCE_COLOR', 'LC_ALL', 'LC_MESSAGES'].flatMap((name) => ['-u', name]);
  const program = ['env', ...unwanted, ...assignments, ...command];
  const child = spawn('python3', [helper, String(columns), String(rows), ...program], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  // A terminal that does not tell its size is taken for one of 80 by 24.
  const screen = new xterm.Terminal({ cols: columns || 80, rows: rows || 24, allowProposedApi: true });
  const watchers = new Set<() => void>();
  const output = follow(child, screen, () => {
    for (const look of watchers) look();
  });
  const order = (message: object): void => {
    child.stdin?.write(`${JSON.stringify(message)}\n`);
  };
  const text = (): string => linesOf(screen).join('\n');
  const until = (isSo: (text: string) => boolean): Promise<string> =>
    new Promise((resolve, reject) => {
      const giveUp = setTimeout(() => {
        watchers.delete(look);
        reject(new Error(`it does not come:\n${text()}`));
      }, PATIENCE_MS);
      const look = (): void => {
        const shown = text();
        if (!isSo(shown)) return;
        watchers.delete(look);
        clearTimeout(giveUp);
        resolve(shown);
      };
      watchers.add(look);
      look();
    });
  return {
    written: () => output.text,
    screen: () => linesOf(screen),
    isAlternate: () => screen.buffer.active.type === 'alternate',
    isCursorShown: () => output.text.lastIndexOf('\u001b[?25h') > output.text.lastIndexOf('\u001b[?25l'),
    type: (keys) => order({ write: keys }),
    resize: (size) => {
      screen.resize(size.columns, size.rows);
      order({ resize: [size.columns, size.rows] });
    },
    signal: (number) => order({ signal: number }),
    until,
    shows: (wanted) => until((shown) => shown.includes(wanted)),
    exit: () => output.exit,
    kill: () => child.kill('SIGKILL'),
  };
}

interface Output {
  text: string;
  readonly exit: Promise<number>;
}

/** What the player writes after each frame. */
const END_OF_FRAME = '\u001b[?2026l';

/**
 * Brings to the screen what the helper tells, and calls `changed` after each frame: several may arrive at
 * once where the machine is busy.
 */
function follow({ stdout }: ChildProcess, screen: xterm.Terminal, changed: () => void): Output {
  if (!stdout) throw new Error('the helper has no output');
  let finish: (code: number) => void = () => {};
  const exit = new Promise<number>((resolve) => {
    finish = resolve;
  });
  const output: Output = { text: '', exit };
  const decoder = new TextDecoder();
  createInterface({ input: stdout }).on('line', (line) => {
    const told = JSON.parse(line) as { readonly data?: string; readonly exit?: number };
    if (told.exit !== undefined) {
      const code = told.exit;
      // Once all that was written before has come to the screen.
      screen.write('', () => {
        finish(code);
        changed();
      });
      return;
    }
    const data = decoder.decode(Buffer.from(told.data ?? '', 'base64'), { stream: true });
    output.text += data;
    const frames = data.split(END_OF_FRAME);
    for (const frame of frames.slice(0, -1)) screen.write(frame + END_OF_FRAME, changed);
    screen.write(frames.at(-1) ?? '', changed);
  });
  return output;
}

function linesOf({ buffer: { active }, rows }: xterm.Terminal): readonly string[] {
  return Array.from(
    { length: rows },
    (_, row) => active.getLine(active.baseY + row)?.translateToString(true) ?? '',
  );
}
