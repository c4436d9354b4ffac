import { extendedOfBasic } from './basic-expression.ts';

/** A line of a script: where it holds, and what it does there. */
export interface SedCommand {
  readonly from?: SedAddress;
  readonly to?: SedAddress;
  readonly isNegated: boolean;
  readonly action: SedAction;
}

export type SedAddress =
  | { readonly type: 'line'; readonly number: number }
  | { readonly type: 'last' }
  | { readonly type: 'match'; readonly matcher: RegExp };

export type SedAction =
  | { readonly type: 'delete' | 'print' | 'quit' | 'number' }
  | { readonly type: 'append' | 'insert' | 'change'; readonly text: string }
  | {
      readonly type: 'substitute';
      readonly matcher: RegExp;
      readonly replacement: string;
      readonly isGlobal: boolean;
      readonly isPrinted: boolean;
      /** Only this one of the matches, from 1. */
      readonly occurrence: number;
    };

interface Reading {
  readonly text: string;
  readonly isExtended: boolean;
  at: number;
}

/** Reads a script of sed; a text says what of it is not understood. */
export function readSed(text: string, isExtended: boolean): readonly SedCommand[] | string {
  const reading: Reading = { text, isExtended, at: 0 };
  const commands: SedCommand[] = [];
  for (;;) {
    skip(reading, /[\s;]*/y);
    if (reading.at >= text.length) return commands;
    const command = readCommand(reading);
    if (typeof command === 'string') return command;
    commands.push(command);
  }
}

function skip(reading: Reading, pattern: RegExp): string {
  pattern.lastIndex = reading.at;
  const found = pattern.exec(reading.text)?.[0] ?? '';
  reading.at += found.length;
  return found;
}

function readCommand(reading: Reading): SedCommand | string {
  const from = readAddress(reading);
  const to = from !== undefined && skip(reading, /\s*,\s*/y) !== '' ? readAddress(reading) : undefined;
  const isNegated = skip(reading, /\s*!?\s*/y).includes('!');
  const action = readAction(reading);
  if (typeof action === 'string') return action;
  return {
    isNegated,
    action,
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
}

function readAddress(reading: Reading): SedAddress | undefined {
  const number = skip(reading, /\d+/y);
  if (number !== '') return { type: 'line', number: Number(number) };
  if (skip(reading, /\$/y) !== '') return { type: 'last' };
  if (reading.text[reading.at] !== '/') return undefined;
  const pattern = readPart(reading, '/');
  const flags = skip(reading, /I?/y) === 'I' ? 'iu' : 'u';
  return pattern === undefined ? undefined : { type: 'match', matcher: matcherOf(pattern, reading, flags) };
}

function readAction(reading: Reading): SedAction | string {
  const letter = reading.text[reading.at] ?? '';
  reading.at += 1;
  switch (letter) {
    case 'd':
      return { type: 'delete' };
    case 'p':
      return { type: 'print' };
    case 'q':
      return { type: 'quit' };
    case '=':
      return { type: 'number' };
    case 'a':
    case 'i':
    case 'c': {
      const type = letter === 'a' ? 'append' : letter === 'i' ? 'insert' : 'change';
      skip(reading, /\\?\s*/y);
      return { type, text: skip(reading, /[^\n]*/y) };
    }
    case 's':
      return readSubstitution(reading);
    default:
      return `the command ${letter === '' ? 'that is missing' : `\`${letter}\``}`;
  }
}

function readSubstitution(reading: Reading): SedAction | string {
  const delimiter = reading.text[reading.at] ?? '';
  const pattern = readPart(reading, delimiter);
  if (pattern !== undefined) reading.at -= 1;
  const replacement = pattern === undefined ? undefined : readPart(reading, delimiter);
  if (pattern === undefined || replacement === undefined) return 'a substitution without an end';
  const flags = skip(reading, /[gpIi\d]*/y);
  const occurrence = Number(/\d+/.exec(flags)?.[0] ?? 1);
  return {
    type: 'substitute',
    matcher: matcherOf(pattern, reading, /i/i.test(flags) ? 'giu' : 'gu'),
    replacement,
    isGlobal: flags.includes('g'),
    isPrinted: flags.includes('p'),
    occurrence,
  };
}

/** The text between two delimiters, the first of which is next; it ends behind the second. */
function readPart(reading: Reading, delimiter: string): string | undefined {
  let part = '';
  for (let at = reading.at + 1; at < reading.text.length; at++) {
    const character = reading.text[at] ?? '';
    if (character === delimiter) {
      reading.at = at + 1;
      return part;
    }
    if (character === '\\') {
      at += 1;
      const escaped = reading.text[at] ?? '';
      part += escaped === delimiter ? escaped : `\\${escaped}`;
    } else part += character;
  }
  return undefined;
}

function matcherOf(pattern: string, { isExtended }: Reading, flags: string): RegExp {
  const source = isExtended ? pattern : extendedOfBasic(pattern);
  try {
    return new RegExp(source, flags);
  } catch {
    return new RegExp(source.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), flags);
  }
}
