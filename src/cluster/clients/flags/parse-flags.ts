import { parseGoDuration } from '../../../kernel/time/go-duration.ts';
import { quoteGo } from '../../objects/go-json.ts';
import { UNKNOWN_TEXT } from '../program.ts';
import type { Flag } from './flag.ts';
import { parseBool } from './flag-values.ts';

/** A command line taken apart, as pflag does it. */
export interface ParsedFlags {
  /** By name, each value as typed. */
  readonly typed: ReadonlyMap<string, readonly string[]>;
  readonly args: readonly string[];
  /** How many of the arguments stand before `--`; absent without one. */
  readonly dashAt?: number;
  /** Where each flag stands among the words, for what is to be said about it. */
  readonly places: ReadonlyMap<string, number>;
}

export interface FlagProblem {
  readonly kind: 'unknown' | 'bad';
  /** pflag's words. */
  readonly message: string;
  /** The word, from 0, that it is about. */
  readonly index: number;
  /** What was taken for the name of a flag. */
  readonly name: string;
}

export type FlagParse = { readonly parsed: ParsedFlags } | { readonly problem: FlagProblem };

/** Takes flags and arguments apart; they may be mixed until `--`. */
export function parseFlags(
  words: readonly string[],
  flags: readonly Flag[],
  { nameOf = kubernetesName }: Dialect = {},
): FlagParse {
  const reading: Reading = { flags, words, nameOf, typed: new Map(), args: [], places: new Map() };
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    if (word === '--') {
      const dashAt = reading.args.length;
      const args = [...reading.args, ...words.slice(index + 1)];
      return { parsed: { typed: reading.typed, args, dashAt, places: reading.places } };
    }
    if (!word.startsWith('-') || word === '-') {
      reading.args.push(word);
      continue;
    }
    const read = word.startsWith('--') ? readLong(reading, index) : readShort(reading, index);
    if (typeof read !== 'number') return { problem: read };
    index += read;
  }
  const { typed, args, places } = reading;
  return { parsed: { typed, args, places } };
}

interface Dialect {
  /** What a name stands for as it was typed (pflag: SetNormalizeFunc). */
  readonly nameOf?: (typed: string) => string;
}

/** `--all_namespaces` is known too (component-base: WordSepNormalizeFunc). */
function kubernetesName(typed: string): string {
  return typed.replaceAll('_', '-');
}

interface Reading extends Required<Dialect> {
  readonly flags: readonly Flag[];
  readonly words: readonly string[];
  readonly typed: Map<string, readonly string[]>;
  readonly args: string[];
  readonly places: Map<string, number>;
}

/** Returns how many words it took besides its own. */
function readLong(reading: Reading, index: number): number | FlagProblem {
  const word = reading.words[index] ?? '';
  const equals = word.indexOf('=');
  const name = reading.nameOf(word.slice(2, equals < 0 ? undefined : equals));
  if (name === '' || name.startsWith('-')) {
    return { kind: 'unknown', message: `bad flag syntax: ${word}`, index, name };
  }
  const flag = reading.flags.find((candidate) => candidate.name === name);
  if (flag === undefined) return { kind: 'unknown', message: `unknown flag: --${name}`, index, name };
  if (equals >= 0)
    return take(reading, flag, { value: word.slice(equals + 1), index, taken: 0, shown: `--${name}` });
  if (flag.bare !== undefined)
    return take(reading, flag, { value: flag.bare, index, taken: 0, shown: `--${name}` });
  const value = reading.words[index + 1];
  if (value !== undefined) return take(reading, flag, { value, index, taken: 1, shown: `--${name}` });
  return { kind: 'bad', message: `flag needs an argument: --${name}`, index, name };
}

/** `-it`, `-n5`, `-n=5`, `-n 5`. */
function readShort(reading: Reading, index: number): number | FlagProblem {
  const word = reading.words[index] ?? '';
  for (let place = 1; place < word.length; place++) {
    const letter = word[place] ?? '';
    const flag = reading.flags.find(({ short }) => short === letter);
    const shown = `in ${word.slice(place === 1 ? 0 : place).replace(/^(?!-)/, '-')}`;
    if (flag === undefined) {
      return {
        kind: 'unknown',
        message: `unknown shorthand flag: '${letter}' ${shown}`,
        index,
        name: letter,
      };
    }
    const rest = word.slice(place + 1);
    const named = `-${letter}, --${flag.name}`;
    if (rest.startsWith('='))
      return take(reading, flag, { value: rest.slice(1), index, taken: 0, shown: named });
    if (flag.bare !== undefined) {
      const problem = take(reading, flag, { value: flag.bare, index, taken: 0, shown: named });
      if (typeof problem !== 'number') return problem;
      continue;
    }
    if (rest !== '') return take(reading, flag, { value: rest, index, taken: 0, shown: named });
    const value = reading.words[index + 1];
    if (value !== undefined) return take(reading, flag, { value, index, taken: 1, shown: named });
    return { kind: 'bad', message: `flag needs an argument: '${letter}' ${shown}`, index, name: flag.name };
  }
  return 0;
}

interface Taking {
  readonly value: string;
  readonly index: number;
  readonly taken: number;
  /** As pflag calls the flag in a complaint about its value. */
  readonly shown: string;
}

function take(reading: Reading, flag: Flag, { value, index, taken, shown }: Taking): number | FlagProblem {
  const complaint = value.includes(UNKNOWN_TEXT) ? undefined : valueProblem(flag, value);
  if (complaint !== undefined) {
    const named = flag.short === undefined ? shown : `-${flag.short}, --${flag.name}`;
    const message = `invalid argument ${quoteGo(value)} for ${quoteGo(named)} flag: ${complaint}`;
    return { kind: 'bad', message, index: index + taken, name: flag.name };
  }
  reading.typed.set(flag.name, [...(reading.typed.get(flag.name) ?? []), value]);
  reading.places.set(flag.name, index);
  return taken;
}

/** Why a text is no value of the flag, in the words of Go's strconv and time. */
function valueProblem({ kind }: Flag, value: string): string | undefined {
  switch (kind) {
    case 'bool':
      return parseBool(value) === undefined
        ? `strconv.ParseBool: parsing ${quoteGo(value)}: invalid syntax`
        : undefined;
    case 'int':
      return /^[+-]?(?:0|[1-9]\d*|0[xX][0-9a-fA-F]+|0[oO]?[0-7]+)$/.test(value)
        ? undefined
        : `strconv.ParseInt: parsing ${quoteGo(value)}: invalid syntax`;
    case 'uint':
      return /^(?:0|[1-9]\d*|0[xX][0-9a-fA-F]+|0[oO]?[0-7]+)$/.test(value)
        ? undefined
        : `strconv.ParseUint: parsing ${quoteGo(value)}: invalid syntax`;
    case 'duration':
      return parseGoDuration(value) === undefined ? durationProblem(value) : undefined;
    default:
      return undefined;
  }
}

/** Go's time.ParseDuration: a number without a unit, or with one that it does not know. */
function durationProblem(value: string): string {
  const number = /^[+-]?(?:\d+\.?\d*|\.\d+)/.exec(value)?.[0];
  if (number === undefined) return `time: invalid duration ${quoteGo(value)}`;
  const unit = /^[^\d.]+/.exec(value.slice(number.length))?.[0];
  if (unit === undefined) return `time: missing unit in duration ${quoteGo(value)}`;
  return `time: unknown unit ${quoteGo(unit)} in duration ${quoteGo(value)}`;
}
