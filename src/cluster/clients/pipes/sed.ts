import { runSedLine, type SedState } from '../../tools/sed-line.ts';
import { parseSed, type SedCommand } from '../../tools/sed-script.ts';
import type { Filter } from '../program.ts';
import type { Options } from './read-options.ts';
import { readOptions } from './read-options.ts';
import { type Input, textFilter } from './text-filter.ts';

const OPTIONS = {
  flags: 'nErsi',
  valued: 'e',
  long: { quiet: 'n', silent: 'n', 'regexp-extended': 'E', expression: 'e', 'in-place': 'i', separate: 's' },
} as const;

/** Its commands `s`, `y`, `d`, `p`, `q`, `=`, `a`, `i` and `c`, with addresses. */
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
  const script = parseSed(scripts.join('\n'), given.has('E') || given.has('r'));
  return typeof script === 'string' ? `the command ${script}` : script;
}

function isLineByLine(script: readonly SedCommand[] | string): boolean {
  if (typeof script === 'string') return false;
  return script.every(({ first, last, kind }) => first !== '$' && last !== '$' && kind !== 'q');
}

function edited(text: string, script: readonly SedCommand[], quiet: boolean): string {
  const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  let state: SedState = { number: 0, open: [] };
  let output = '';
  for (const [index, line] of lines.entries()) {
    const end = line.endsWith('\n') ? '\n' : '';
    const isLast = index === lines.length - 1;
    const next = runSedLine(script, state, {
      text: line.slice(0, line.length - end.length),
      isLast,
      quiet,
      end,
    });
    state = next.state;
    output += next.text;
    if (next.stop) break;
  }
  return output;
}
