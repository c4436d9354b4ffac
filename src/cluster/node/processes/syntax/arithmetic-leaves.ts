import type { ArithmeticCommandExpansion, ArithmeticExpression, ArithmeticWord } from 'unbash';

export type ArithmeticLeaf = ArithmeticWord | ArithmeticCommandExpansion;

/**
 * The operands of an arithmetic expression in the order of writing. A shell expands the text between `$((`
 * and
 * `))` as if it were double-quoted and only then reads it as arithmetic, so `$((a $op b))` works: of the
 * parser's tree only the leaves count, to find what is to be expanded in that text.
 */
export function arithmeticLeaves(expression: ArithmeticExpression): ArithmeticLeaf[] {
  switch (expression.type) {
    case 'ArithmeticBinary':
      return [...arithmeticLeaves(expression.left), ...arithmeticLeaves(expression.right)];
    case 'ArithmeticUnary':
      return arithmeticLeaves(expression.operand);
    case 'ArithmeticTernary':
      return [expression.test, expression.consequent, expression.alternate].flatMap(arithmeticLeaves);
    case 'ArithmeticGroup':
      return arithmeticLeaves(expression.expression);
    case 'ArithmeticWord':
    case 'ArithmeticCommandExpansion':
      return [expression];
  }
}
