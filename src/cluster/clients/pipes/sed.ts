import type { Filter } from '../program.ts';
import type { Options } from './read-options.ts';
import { readOptions } from './read-options.ts';
import { readSed, type SedAction, type SedAddress, type SedCommand } from './read-sed.ts';
import { type Input, joinLines, linesOf, textFilter } from './text-filter.ts';

const OPTIONS = {
  flags: 'nErsi',
  valued: 'e',
  long: { quiet: 'n', silent: 'n', 'regexp-extended': 'E', expression: 'e', 'in-place': 'i', separate: 's' },
} as const;

/** Its commands `s`, `d`, `p`, `q`, `=`, `a`, `i` and `c`, with addresses. */
export const sed: Filter = textFilter({
  name: 'sed',
  options: OPTIONS,
  leading: (options) => (options.given.has('e') ? 0 : 1),
  missing: (path) => `can't read ${path}`,
  missingExit: 2,
  isSteady: (options) => !options.given.has('i') && isLineByLine(scriptOf(options)),
  refusal(options) {
    const script = scriptOf(options);
    return typeof script === 'string' ? script : undefined;
  },
  run(inputs, options) {
    const script = scriptOf(options);
    if (typeof script === 'string') return { stdout: '', stderr: `sed: ${script}\n`, exitCode: 1 };
    const isQuiet = options.given.has('n');
    if (!options.given.has('i')) {
      const text = inputs.map((input) => input.text).join('');
      return { stdout: edited(text, script, isQuiet), exitCode: 0 };
    }
    const written = inputs.map(({ name = '', text }: Input) => ({
      path: name,
      text: edited(text, script, isQuiet),
    }));
    return { stdout: '', exitCode: 0, written };
  },
});

/**
 * What `sed -i` with these arguments makes of a text; undefined where it is no such call, or not understood.
 */
export function editWithSed(args: readonly string[], text: string): string | undefined {
  const options = readOptions(args, OPTIONS);
  const script = scriptOf(options);
  if (options.unknown !== undefined || typeof script === 'string' || !options.given.has('i'))
    return undefined;
  return edited(text, script, options.given.has('n'));
}

function scriptOf({ given, values, operands }: Options): readonly SedCommand[] | string {
  const scripts = given.has('e')
    ? values.filter(([letter]) => letter === 'e').map(([, text]) => text)
    : operands.slice(0, 1);
  return readSed(scripts.join('\n'), given.has('E') || given.has('r'));
}

function isLineByLine(script: readonly SedCommand[] | string): boolean {
  if (typeof script === 'string') return false;
  return script.every(
    ({ from, to, action }) => from?.type !== 'last' && to?.type !== 'last' && action.type !== 'quit',
  );
}

interface Editing {
  readonly script: readonly SedCommand[];
  readonly isQuiet: boolean;
  readonly count: number;
  /** Commands whose range has begun and not ended. */
  readonly open: Set<SedCommand>;
  readonly output: string[];
}

function edited(text: string, script: readonly SedCommand[], isQuiet: boolean): string {
  const lines = linesOf(text);
  const editing: Editing = { script, isQuiet, count: lines.length, open: new Set(), output: [] };
  for (const [index, line] of lines.entries()) if (!editLine(editing, line, index + 1)) break;
  return joinLines(editing.output);
}

/** False when nothing more is to be read. */
function editLine(editing: Editing, line: string, number: number): boolean {
  const { script, isQuiet, output } = editing;
  const behind: string[] = [];
  let text = line;
  let goesOn = true;
  for (const command of script) {
    if (!isMeant(editing, command, text, number)) continue;
    const { action } = command;
    if (action.type === 'delete') return true;
    if (action.type === 'change') {
      output.push(action.text);
      return true;
    }
    if (action.type === 'append') behind.push(action.text);
    else if (action.type === 'insert') output.push(action.text);
    else if (action.type === 'print') output.push(text);
    else if (action.type === 'number') output.push(String(number));
    else if (action.type === 'substitute') {
      const after = substituted(text, action);
      if (action.isPrinted && after !== text) output.push(after);
      text = after;
    } else {
      goesOn = false;
      break;
    }
  }
  if (!isQuiet) output.push(text);
  output.push(...behind);
  return goesOn;
}

function isMeant({ open, count }: Editing, command: SedCommand, line: string, number: number): boolean {
  const { from, to, isNegated } = command;
  const isAt = (address: SedAddress): boolean => {
    if (address.type === 'line') return address.number === number;
    return address.type === 'last' ? number === count : address.matcher.test(line);
  };
  if (from === undefined) return !isNegated;
  if (to === undefined) return isAt(from) !== isNegated;
  const wasOpen = open.has(command);
  const isIn = wasOpen || isAt(from);
  if (wasOpen) {
    if (isAt(to) || (to.type === 'line' && number >= to.number)) open.delete(command);
  } else if (isIn && !(to.type === 'line' && to.number <= number)) open.add(command);
  return isIn !== isNegated;
}

function substituted(line: string, action: Extract<SedAction, { type: 'substitute' }>): string {
  const { matcher, replacement, isGlobal, occurrence } = action;
  let seen = 0;
  matcher.lastIndex = 0;
  return line.replace(matcher, (whole: string, ...more: unknown[]) => {
    seen += 1;
    if (isGlobal ? seen < occurrence : seen !== occurrence) return whole;
    return replacement.replace(/\\(.)|&/g, (part, escaped: string | undefined) => {
      if (part === '&') return whole;
      if (escaped === 'n') return '\n';
      if (escaped === 't') return '\t';
      const group = /\d/.test(escaped ?? '') ? Number(escaped) : undefined;
      if (group === undefined) return escaped ?? '';
      const value = group === 0 ? whole : more[group - 1];
      return typeof value === 'string' ? value : '';
    });
  });
}
