import { isObject, type Json, type JsonObject } from '../../cluster/objects/json.ts';
import { isOperators } from './operators.ts';
import { showValue } from './show-value.ts';

/** What operators say of a value, in words: `> 1`, `to contain "x"`, `to be absent`. */
export function showOperators(operators: JsonObject): string {
  return Object.entries(operators)
    .map(([operator, operand]) => showOperator(operator, operand))
    .join(' and ');
}

export function showOperator(operator: string, operand: Json): string {
  switch (operator) {
    case 'absent':
      return operand === true ? 'to be absent' : 'to be there';
    case 'contains':
      return `to contain ${listOf(operand).map(showValue).join(' and ')}`;
    case 'lacks':
      return `not to contain ${listOf(operand).map(showValue).join(' or ')}`;
    case 'matches':
      return `to match ${slashed(String(operand))}`;
    case 'count':
      return `a count of ${showWanted(operand)}`;
    case 'not':
      return `not ${isOperators(operand, undefined) ? showOperators(operand) : showValue(operand)}`;
    case 'oneOf':
      return `one of ${listOf(operand).map(showValue).join(', ')}`;
    case 'equals':
      return showValue(operand);
    case 'between':
      return `between ${listOf(operand).map(shortValue).join(' and ')}`;
    case 'lines':
      return `a number of lines ${isObject(operand) ? showWanted(operand) : `of ${showValue(operand)}`}`;
    case 'order':
      return `to have in this order ${listOf(operand).map(showValue).join(', ')}`;
    case 'grown': {
      const { since = '', by = null } = isObject(operand) ? (operand as JsonObject) : {};
      return `to be more than ${shortValue(since)} by ${showWanted(by)}`;
    }
    default:
      return `${SIGNS[operator]} ${showValue(operand)}`;
  }
}

/** What is wanted of a value, bare or by operators. */
export function showWanted(wanted: Json): string {
  return isObject(wanted) ? showOperators(wanted as JsonObject) : showValue(wanted);
}

export function listOf(operand: Json): readonly Json[] {
  return Array.isArray(operand) ? operand : [operand];
}

const SIGNS: Readonly<Record<string, string>> = { gt: '>', gte: '>=', lt: '<', lte: '<=' };

function shortValue(value: Json): string {
  return typeof value === 'string' ? value : showValue(value);
}

function slashed(pattern: string): string {
  return /^\/.+\/[a-z]*$/s.test(pattern) ? pattern : `/${pattern}/`;
}
