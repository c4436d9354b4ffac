import { InvalidArgumentError } from 'commander';
import { parseGoDuration } from '../kernel/time/go-duration.ts';
import type { Millis } from '../kernel/time/millis.ts';
import { pointerOf } from '../replay/field-path.ts';
import { type Instant, parsePlace } from '../replay/place.ts';
import type { Shard } from '../suite/select-cases.ts';
import type { WrongWords } from '../words/words.ts';

/** How what is typed behind an option is read; what can't be is refused in the reader's language. */
export interface OptionTypes {
  seed(text: string): string;
  duration(text: string): Millis;
  /** More than none. */
  span(text: string): Millis;
  instant(text: string): Instant;
  language(text: string): string;
  count(text: string): number;
  steps(text: string): readonly [first: number, last: number];
  field(text: string): string;
  pattern(text: string): RegExp;
  shard(text: string): Shard;
  /** An option that may be given again and again. */
  list(text: string, before: readonly string[] | undefined): readonly string[];
  /** `name=value`, which may be given again and again. */
  values(text: string, before: Values | undefined): Values;
}

export type Values = Readonly<Record<string, string>>;

export function optionTypes(wrong: WrongWords): OptionTypes {
  const taken = <Value>(value: Value | undefined, problem: string): Value => {
    if (value === undefined) throw new InvalidArgumentError(problem);
    return value;
  };
  return {
    seed: (text) => taken(/^\d{1,15}$/.test(text) ? text : undefined, wrong.seed),
    duration: (text) => taken(durationOf(text), wrong.duration),
    span: (text) => taken(durationOf(text) || undefined, wrong.forTime),
    instant: (text) => taken(parsePlace(text), wrong.instant),
    language: (text) => taken(languageOf(text), wrong.language),
    count: (text) => taken(/^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined, wrong.wholeNumber),
    steps: (text) => taken(stepsOf(text), wrong.steps),
    field: (text) => taken(pointerOf(text) === undefined ? undefined : text, wrong.field),
    pattern: (text) => patternOf(text, wrong),
    shard: (text) => taken(shardOf(text), wrong.shard),
    list: (text, before = []) => [...before, text],
    values: (text, before = {}) => ({ ...before, ...taken(pairOf(text), wrong.value) }),
  };
}

function pairOf(text: string): Values | undefined {
  const [, name, value = ''] = /^([a-z][\w-]*)=(.*)$/is.exec(text) ?? [];
  return name === undefined ? undefined : { [name]: value };
}

function durationOf(text: string): Millis | undefined {
  const ms = parseGoDuration(text);
  return ms === undefined || ms < 0 ? undefined : ms;
}

function stepsOf(text: string): readonly [number, number] | undefined {
  const [, first, last = first] = /^([1-9]\d{0,5})(?:-([1-9]\d{0,5}))?$/.exec(text) ?? [];
  return first === undefined || Number(last) < Number(first) ? undefined : [Number(first), Number(last)];
}

function shardOf(text: string): Shard | undefined {
  const [, part, of] = /^([1-9]\d{0,5})\/([1-9]\d{0,5})$/.exec(text) ?? [];
  if (part === undefined || Number(part) > Number(of)) return undefined;
  return { part: Number(part), of: Number(of) };
}

function patternOf(text: string, wrong: WrongWords): RegExp {
  try {
    return new RegExp(text);
  } catch (error) {
    throw new InvalidArgumentError(wrong.pattern(error instanceof Error ? error.message : text));
  }
}

function languageOf(text: string): string | undefined {
  const tag = text.toLowerCase().replace('_', '-');
  return /^[a-z]{2,3}(-[a-z0-9]+)*$/.test(tag) ? tag : undefined;
}

/** The language that a command line asks for, or that of the host; what is no language is refused later. */
export function languageIn(argv: readonly string[], environment: NodeJS.ProcessEnv): string {
  const end = argv.indexOf('--');
  const own = end < 0 ? argv : argv.slice(0, end);
  const place = own.findLastIndex((word) => word === '--lang' || word.startsWith('--lang='));
  const word = own[place] ?? '';
  const asked = word === '--lang' ? own[place + 1] : word.slice('--lang='.length);
  return languageOf(asked ?? '') ?? hostLanguage(environment);
}

/** `ko_KR.UTF-8` is ko; what no scenario speaks (`C`, `POSIX`) is told in English. */
function hostLanguage({ LC_ALL, LC_MESSAGES, LANG }: NodeJS.ProcessEnv): string {
  return /^[a-z]{2,3}(?![a-z])/.exec(LC_ALL || LC_MESSAGES || LANG || '')?.[0] ?? 'en';
}
