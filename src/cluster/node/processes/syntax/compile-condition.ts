import type { TestCommand, TestExpression, Word as UnbashWord } from 'unbash';
import { compileWord } from './compile-word.ts';
import { addNode, type Compiling } from './compiling.ts';
import type { Condition, Word } from './program.ts';

/** `[[ … ]]`: the words are expanded without splitting, then the tree over them decides. */
export function compileCondition(compiling: Compiling, command: TestCommand): number {
  const words: Word[] = [];
  const add = (word: UnbashWord): number => words.push(compileWord(compiling, word)) - 1;
  const test = conditionOf(command.expression, add);
  return addNode(compiling, { kind: 'condition', words, test, line: compiling.lineAt(command.pos) });
}

function conditionOf(expression: TestExpression, add: (word: UnbashWord) => number): Condition {
  switch (expression.type) {
    case 'TestUnary':
      return { kind: 'unary', operator: expression.operator, word: add(expression.operand) };
    case 'TestBinary':
      return {
        kind: 'binary',
        operator: expression.operator,
        left: add(expression.left),
        right: add(expression.right),
      };
    case 'TestLogical':
      return {
        kind: expression.operator === '&&' ? 'all' : 'any',
        of: expression.operands.map((operand) => conditionOf(operand, add)),
      };
    case 'TestNot': {
      const inner = conditionOf(expression.operand, add);
      return expression.negations.length % 2 === 1 ? { kind: 'not', of: inner } : inner;
    }
    case 'TestGroup':
      return conditionOf(expression.expression, add);
  }
}
