import type { Miss } from '../matching/match-value.ts';

const MAX_LINES = 12;
const MAX_COLUMNS = 160;

/** The beginning of a text as part of an explanation, indented; how much is left out is said. */
export function quoteText(text: string): string {
  const lines = text.replace(/\n$/, '').split('\n');
  const shown = lines.slice(0, MAX_LINES).map((line) => {
    return `  ${line.length > MAX_COLUMNS ? `${line.slice(0, MAX_COLUMNS)}…` : line}`;
  });
  const left = lines.length - shown.length;
  return [...shown, ...(left > 0 ? [`  … and ${left} more lines`] : [])].join('\n');
}

/** What was found instead of what was wanted of a text: what it is, or what it lacks and the text itself. */
export function foundText(miss: Miss | undefined, text: string, is: 'it is' | 'they are'): string {
  if (text === '') return `${is} empty`;
  // A value is shown in quotes; how many lines there are, and which is not there, are words.
  const isWords = miss !== undefined && !miss.found.startsWith('"');
  return `${isWords ? `found ${miss.found} in` : is}:\n${quoteText(text)}`;
}
