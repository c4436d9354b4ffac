import type { Channels } from './channels.ts';
import type { Seen } from './waiting-shell.ts';

/** Hands on what was typed: whole lines, and that no more will come. */
export type Give = (text: string, ended: boolean) => void;

/** What a terminal does between a person and a program: it shows what is typed, and hands lines on. */
export interface Terminal {
  /** Keys that were pressed. */
  type(keys: string): void;
  /** Where the program stands now. */
  look(seen: Seen): void;
}

const [ESCAPE, DELETE] = [0x1b, 0x7f].map((code) => String.fromCharCode(code));
/** Arrows and the like: what moves a cursor is no part of a line. */
const MOVES = new RegExp(`${ESCAPE}(?:\\[[0-9;]*[A-Za-z~]|O[A-Z])`, 'g');

interface Typing {
  line: string;
  /** What it asks for the next line with; absent while it does not. */
  prompt?: string;
}

type Press = (typing: Typing, show: (text: string) => void, give: Give) => void;

const enter: Press = (typing, show, give) => {
  show('\r\n');
  const { line } = typing;
  delete typing.prompt;
  typing.line = '';
  give(`${line}\n`, false);
};

const erase: Press = (typing, show) => {
  if (typing.line !== '') show('\b \b');
  typing.line = typing.line.slice(0, -1);
};

const interrupt: Press = (typing, show) => {
  show(`^C\r\n${typing.prompt ?? ''}`);
  typing.line = '';
};

const end: Press = ({ line }, _show, give) => {
  if (line === '') give('', true);
};

const KEYS: ReadonlyMap<string, Press> = new Map([
  ['\r', enter],
  ['\n', enter],
  ['\b', erase],
  [DELETE ?? '', erase],
  ['\u0003', interrupt],
  ['\u0004', end],
]);

/**
 * A shell shows what is typed when it asks for it, and until then it is kept; others are shown it at once.
 */
export function terminal(channels: Pick<Channels, 'stdout'>, give: Give): Terminal {
  const typing: Typing = { line: '' };
  const show = (text: string): void => channels.stdout(text);
  let seen: Seen = { isShell: false };
  let isKnown = false;
  let kept = '';
  const goOn = (): void => {
    while (kept !== '' && isKnown && (!seen.isShell || typing.prompt !== undefined)) {
      const [key = ''] = kept;
      kept = kept.slice(key.length);
      const press = KEYS.get(key);
      if (press) press(typing, show, give);
      else if (key >= ' ') {
        typing.line += key;
        show(key);
      }
    }
  };
  return {
    look(now) {
      seen = now;
      isKnown = true;
      if (seen.prompt !== undefined && typing.prompt === undefined) {
        typing.prompt = seen.prompt;
        show(seen.prompt);
      }
      goOn();
    },
    type(keys) {
      kept += keys.replace(MOVES, '');
      goOn();
    },
  };
}
