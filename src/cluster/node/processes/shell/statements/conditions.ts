import { expandArithmetic, expandToPattern, expandToText } from '../../expansion/expand-word.ts';
import { matchesPattern, type PatternPiece, patternOf } from '../../expansion/pattern.ts';
import type { Frame } from '../../process-state.ts';
import type { Condition, ConditionNode } from '../../syntax/program.ts';
import { afterCommand } from '../after-command.ts';
import { evaluateTest } from '../builtins/test-expression.ts';
import { expandNext, expandWords } from '../expand.ts';
import { complain, finish, nodeOf, type Shell } from '../shell.ts';
import { setArray } from '../variables.ts';

type FrameOf<Op extends Frame['op']> = Extract<Frame, { op: Op }>;

/** `[[ … ]]`: words are not split; the right side of `==` is a pattern, that of `=~` an expression. */
export function runCondition(shell: Shell, frame: FrameOf<'condition'>): void {
  const node = nodeOf(shell, frame, 'condition');
  const patterns = new Set(patternWords(node.test));
  const done = expandWords(shell, frame, node.words, {
    into: frame.fields,
    expand: (expansion, word) => {
      if (!patterns.has(frame.progress.word)) return [expandToText(expansion, word)];
      return [escapePattern(expandToPattern(expansion, word))];
    },
  });
  if (!done) return;
  const value = holds(shell, node, node.test, frame.fields);
  if (typeof value === 'string') complain(shell, value);
  finish(shell, typeof value === 'string' ? 2 : value ? 0 : 1);
  afterCommand(shell);
}

const isMatch = (operator: string): boolean =>
  operator === '==' || operator === '=' || operator === '!=' || operator === '=~';

function patternWords(test: Condition): number[] {
  switch (test.kind) {
    case 'binary':
      return isMatch(test.operator) ? [test.right] : [];
    case 'unary':
      return [];
    case 'not':
      return patternWords(test.of);
    default:
      return test.of.flatMap(patternWords);
  }
}

/** As one text, in which a backslash stands before what was quoted. */
const escapePattern = (pieces: readonly PatternPiece[]): string =>
  pieces.map(({ text, quoted }) => (quoted ? text.replace(/[^\w\s]/g, '\\$&') : text)).join('');

function holds(
  shell: Shell,
  node: ConditionNode,
  test: Condition,
  fields: readonly string[],
): boolean | string {
  switch (test.kind) {
    case 'unary':
      return evaluateTest(shell.machine, shell.task, [test.operator, fields[test.word] ?? '']);
    case 'binary':
      return compare(shell, test.operator, fields[test.left] ?? '', fields[test.right] ?? '');
    case 'not': {
      const value = holds(shell, node, test.of, fields);
      return typeof value === 'string' ? value : !value;
    }
    default:
      for (const one of test.of) {
        const value = holds(shell, node, one, fields);
        if (typeof value === 'string' || value === (test.kind === 'any')) return value;
      }
      return test.kind === 'all';
  }
}

function compare(shell: Shell, operator: string, left: string, right: string): boolean | string {
  if (operator === '=~') {
    try {
      const found = new RegExp(right, 'u').exec(left);
      const groups = found ? Object.fromEntries([...found].map((text, index) => [index, text ?? ''])) : {};
      setArray(shell.machine.state, shell.task, 'BASH_REMATCH', groups);
      return found !== null;
    } catch {
      return `bad regex '${right}'`;
    }
  }
  if (!isMatch(operator)) return evaluateTest(shell.machine, shell.task, [left, operator, right]);
  return matchesPattern(patternOf([{ text: right, quoted: false }]), left) === (operator !== '!=');
}

/** `(( … ))`, in bash: true where the value is not 0. */
export function runArithmetic(shell: Shell, frame: FrameOf<'arithmetic'>): void {
  const { word } = nodeOf(shell, frame, 'arithmetic');
  const value = expandNext(shell, frame, (expansion) => expandArithmetic(expansion, word.parts));
  if (value === undefined) return;
  finish(shell, value === 0n ? 1 : 0);
  afterCommand(shell);
}
