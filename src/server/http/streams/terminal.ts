import type { Channels } from './channels.ts';

/** Hands on what was typed: whole lines, and that no more will come. */
export type Give = (text: string, ended: boolean) => void;

/** What a terminal does between a person and a program: it shows what is typed, and hands lines on. */
export interface Terminal {
  /** Keys that were pressed. */
  type(keys: string, give: Give): void;
  /** The program waits for a line. */
  prompt(): void;
}

const PROMPT = '# ';
const [ESCAPE, DELETE] = [0x1b, 0x7f].map((code) => String.fromCharCode(code));
/** Arrows and the like: what moves a cursor is no part of a line. */
const MOVES = new RegExp(`${ESCAPE}(?:\\[[0-9;]*[A-Za-z~]|O[A-Z])`, 'g');

interface Typing {
  line: string;
  isPrompted: boolean;
}

type Press = (typing: Typing, show: (text: string) => void, give: Give) => void;

const enter: Press = (typing, show, give) => {
  show('\r\n');
  const { line } = typing;
  typing.isPrompted = false;
  typing.line = '';
  give(`${line}\n`, false);
};

const erase: Press = (typing, show) => {
  if (typing.line !== '') show('\b \b');
  typing.line = typing.line.slice(0, -1);
};

const interrupt: Press = (typing, show) => {
  show(`^C\r\n${PROMPT}`);
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

export function terminal(channels: Pick<Channels, 'stdout'>): Terminal {
  const typing: Typing = { line: '', isPrompted: false };
  return {
    prompt() {
      if (typing.isPrompted) return;
      typing.isPrompted = true;
      channels.stdout(PROMPT);
    },
    type(keys, give) {
      for (const key of keys.replace(MOVES, '')) {
        const press = KEYS.get(key);
        if (press) press(typing, (text) => channels.stdout(text), give);
        else if (key >= ' ') {
          typing.line += key;
          channels.stdout(key);
        }
      }
    },
  };
}
