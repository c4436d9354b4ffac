import type { Millis } from '../../kernel/time/millis.ts';
import { maskText } from './masks.ts';
import type { Naming } from './names.ts';

/** Whether two lines say the same, but for what is of each play and for times that are close. */
export function isLikeLine(a: Spoken, b: Spoken, slackMs: Millis): boolean {
  const [words, others] = [wordsOf(a), wordsOf(b)];
  return (
    isLike(words, others, slackMs) || (isListed(words) && isLike(sorted(words), sorted(others), slackMs))
  );
}

/** Names that were drawn stand in the order of the drawn ones. */
function isListed(words: readonly string[]): boolean {
  return words.filter((word) => /-<\d+>/.test(word)).length > 1;
}

function sorted(words: readonly string[]): readonly string[] {
  return [...words].sort();
}

function isLike(words: readonly string[], others: readonly string[], slackMs: Millis): boolean {
  return (
    words.length === others.length &&
    words.every((word, index) => isLikeWord(word, others[index] ?? '', slackMs))
  );
}

export interface Spoken {
  readonly text: string;
  readonly naming: Naming;
}

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
const DATE = /\b\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d \+0000/g;

/** Of a date as kubectl describes it, since the end of some December: for differences. */
function secondsOf(date: string): number {
  const [, day, month = '', , hour, minute, second] = date.split(/[\s:]+/);
  const days = MONTHS.indexOf(month) * 31 + Number(day);
  return ((days * 24 + Number(hour)) * 60 + Number(minute)) * 60 + Number(second);
}

function wordsOf({ text, naming }: Spoken): readonly string[] {
  return naming(maskText(text))
    .replace(DATE, (date) => `<date:${secondsOf(date)}>`)
    .replace(/\b\d+\.\d+\.\d+\.\d+\b/g, '<ip>')
    .replace(/sha256:<id>|docker\.io\S+@\S+/g, '<image>')
    .split(/\s+/)
    .filter((word) => word !== '');
}

const DURATION = /^(\(?)(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(\)?)$/;

function isLikeWord(a: string, b: string, slackMs: Millis): boolean {
  if (a === b) return true;
  const [first, second] = [millisOf(a), millisOf(b)];
  if (first === undefined || second === undefined) return false;
  // An age of minutes or hours is told in whole ones.
  const grain = Math.max(first, second) >= 600_000 ? 60_000 : 0;
  return Math.abs(first - second) <= slackMs + grain;
}

function millisOf(word: string): Millis | undefined {
  const date = /^<date:(\d+)>$/.exec(word)?.[1];
  if (date !== undefined) return Number(date) * 1000;
  const [whole, , days = 0, hours = 0, minutes = 0, seconds = 0] = DURATION.exec(word) ?? [];
  if (whole === undefined || !/\d/.test(word)) return undefined;
  return (((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
}
