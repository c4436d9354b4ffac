import { derived } from './derived.ts';
import { compareText, sortedKeys } from './json.ts';
import type { LabelSelector } from './kubernetes.ts';
import { formatFieldError, invalid } from './validation/field-error.ts';
import { labelValueProblems, qualifiedNameProblems } from './validation/name-syntax.ts';

/** One condition on an object's labels (apimachinery: labels/selector.go). */
export interface LabelRequirement {
  readonly key: string;
  readonly operator: LabelOperator;
  /** Sorted and without repetition; one for `=` and `!=`, none for `exists` and `!`. */
  readonly values: readonly string[];
}

export type LabelOperator = '=' | '==' | '!=' | 'in' | 'notin' | 'exists' | '!' | '>' | '<';

/** All requirements must hold; without any, everything is selected. */
export type LabelRequirements = readonly LabelRequirement[];

export type Labels = Readonly<Record<string, string>>;

export type ParsedSelector<Requirement> =
  | { readonly ok: true; readonly requirements: readonly Requirement[] }
  | { readonly ok: false; readonly problem: string };

/** Reads what `kubectl -l` takes: `app=web,tier in (front,back),!canary,env!=dev`. */
export function parseLabelSelector(text: string): ParsedSelector<LabelRequirement> {
  const tokens = tokenize(text);
  const requirements: LabelRequirement[] = [];
  for (;;) {
    if (tokens.peek() === END) break;
    if (!isWord(tokens.peek()) && tokens.peek() !== '!') {
      return problem(`found '${tokens.peek()}', expected: !, identifier, or 'end of string'`);
    }
    const requirement = readRequirement(tokens);
    if (typeof requirement === 'string') return problem(`unable to parse requirement: ${requirement}`);
    requirements.push(requirement);
    const separator = tokens.take();
    if (separator === END) break;
    if (separator !== ',') return problem(`found '${separator}', expected: ',' or 'end of string'`);
    if (!isWord(tokens.peek()) && tokens.peek() !== '!') {
      return problem(`found '${tokens.peek()}', expected: identifier after ','`);
    }
  }
  return { ok: true, requirements: requirements.sort((a, b) => compareText(a.key, b.key)) };
}

/** Whether labels fulfil all requirements. */
export function matchesLabels(requirements: LabelRequirements, labels: Labels | undefined): boolean {
  for (const requirement of requirements) {
    if (!matchesRequirement(requirement, labels ?? NO_LABELS)) return false;
  }
  return true;
}

const NO_LABELS: Labels = {};

/**
 * The requirements of a `matchLabels`/`matchExpressions` selector; undefined for none at all, which selects
 * nothing.
 */
export function requirementsOf(selector: LabelSelector | undefined): LabelRequirements | undefined {
  return selector && requirementsOfSelector(selector);
}

const requirementsOfSelector = derived((selector: LabelSelector): LabelRequirements => {
  const fromExpressions = (selector.matchExpressions ?? []).map(({ key, operator, values = [] }) => ({
    key,
    operator: EXPRESSION_OPERATORS[operator] ?? 'in',
    values: [...values],
  }));
  return [...requirementsOfLabels(selector.matchLabels ?? {}), ...fromExpressions].sort((a, b) =>
    compareText(a.key, b.key),
  );
});

/** The requirements that a plain map of labels means, as Services and ReplicationControllers have it. */
export const requirementsOfLabels = derived(
  (labels: Labels): LabelRequirements =>
    sortedKeys(labels).map((key) => ({ key, operator: '=', values: [labels[key] ?? ''] })),
);

/**
 * Whether a `matchLabels`/`matchExpressions` selector selects the labels; a missing selector selects nothing.
 */
export function selects(selector: LabelSelector | undefined, labels: Labels | undefined): boolean {
  const requirements = requirementsOf(selector);
  return requirements !== undefined && matchesLabels(requirements, labels);
}

/** As kubectl prints it: `app=web,tier in (back,front),!canary`. */
export function formatLabelSelector(requirements: LabelRequirements): string {
  return requirements.map(formatRequirement).join(',');
}

const EXPRESSION_OPERATORS: Readonly<Record<string, LabelOperator>> = {
  In: 'in',
  NotIn: 'notin',
  Exists: 'exists',
  DoesNotExist: '!',
};

function matchesRequirement({ key, operator, values }: LabelRequirement, labels: Labels): boolean {
  const found = labels[key];
  // What every object has from its prototype is no text.
  const value = typeof found === 'string' ? found : undefined;
  switch (operator) {
    case 'exists':
      return value !== undefined;
    case '!':
      return value === undefined;
    case '=':
    case '==':
      return value !== undefined && value === values[0];
    case 'in':
      return value !== undefined && values.includes(value);
    case '!=':
    case 'notin':
      return value === undefined || !values.includes(value);
    case '>':
    case '<':
      return value !== undefined && matchesOrder(operator, value, values[0] ?? '');
  }
}

function matchesOrder(operator: '>' | '<', value: string, bound: string): boolean {
  if (!isInteger(value) || !isInteger(bound)) return false;
  return operator === '>' ? BigInt(value) > BigInt(bound) : BigInt(value) < BigInt(bound);
}

function formatRequirement({ key, operator, values }: LabelRequirement): string {
  const list = [...values].sort(compareText).join(',');
  switch (operator) {
    case 'exists':
      return key;
    case '!':
      return `!${key}`;
    case 'in':
    case 'notin':
      return `${key} ${operator} (${list})`;
    default:
      return `${key}${operator}${list}`;
  }
}

const END = '';
const BINARY_OPERATORS = ['in', 'notin', '=', '==', '!=', 'gt', 'lt'];
const SYMBOLS = ['==', '!=', '=', '!', '>', '<', '(', ')', ','];

interface Tokens {
  /** The next token; empty at the end. */
  peek(): string;
  take(): string;
}

function tokenize(text: string): Tokens {
  const tokens = text.match(/==|!=|[=!()<>,]|[^\s=!()<>,]+/g) ?? [];
  let position = 0;
  return {
    peek: () => tokens[position] ?? END,
    take: () => tokens[position++] ?? END,
  };
}

/** Keys and values; `in` and `notin` are words where no operator is due. */
function isWord(token: string): boolean {
  return token !== END && !SYMBOLS.includes(token);
}

/** Answers Kubernetes' words for the problem where it cannot read one. */
function readRequirement(tokens: Tokens): LabelRequirement | string {
  const isNegated = tokens.peek() === '!';
  if (isNegated) tokens.take();
  const key = tokens.take();
  if (!isWord(key)) return `found '${key}', expected: identifier`;
  const keyProblems = qualifiedNameProblems(key);
  if (keyProblems.length > 0) return formatFieldError(invalid('<nil>', key, keyProblems.join('; ')));
  if (tokens.peek() === END || tokens.peek() === ',') {
    return { key, operator: isNegated ? '!' : 'exists', values: [] };
  }
  if (isNegated) return `found '${tokens.peek()}', expected: ${BINARY_OPERATORS.join(', ')}`;
  const operator = tokens.take();
  if (!isBinaryOperator(operator)) return `found '${operator}', expected: ${BINARY_OPERATORS.join(', ')}`;
  const values = operator === 'in' || operator === 'notin' ? readList(tokens) : readValue(tokens);
  return typeof values === 'string' ? values : checked({ key, operator, values });
}

function isBinaryOperator(token: string): token is LabelOperator {
  return ['in', 'notin', '=', '==', '!=', '>', '<'].includes(token);
}

function readValue(tokens: Tokens): readonly string[] | string {
  if (tokens.peek() === END || tokens.peek() === ',') return [''];
  const value = tokens.take();
  return isWord(value) ? [value] : `found '${value}', expected: identifier`;
}

/** `(a,,b)` holds the empty value too. */
function readList(tokens: Tokens): readonly string[] | string {
  const opening = tokens.take();
  if (opening !== '(') return `found '${opening}' expected: '('`;
  const values: string[] = [];
  let current = '';
  for (;;) {
    const token = tokens.take();
    if (token === ')' || token === ',') {
      values.push(current);
      current = '';
      if (token === ')') return [...new Set(values)].sort(compareText);
    } else if (isWord(token) && current === '') {
      current = token;
    } else {
      return `found '${token}', expected: ${current === '' ? "',', or identifier" : "',' or ')'"}`;
    }
  }
}

function checked(requirement: LabelRequirement): LabelRequirement | string {
  const { key, operator, values } = requirement;
  const isOrder = operator === '>' || operator === '<';
  for (const [index, value] of values.entries()) {
    if (isOrder && !isInteger(value)) {
      const detail = "for 'Gt', 'Lt' operators, the value must be an integer";
      return formatFieldError(invalid(`values[${index}]`, value, detail));
    }
    const problems = labelValueProblems(value);
    if (problems.length > 0) {
      return formatFieldError(invalid(`values[${index}][${key}]`, value, problems.join('; ')));
    }
  }
  return requirement;
}

function isInteger(text: string): boolean {
  return /^[+-]?\d{1,18}$/.test(text);
}

function problem(words: string): ParsedSelector<LabelRequirement> {
  return { ok: false, problem: words };
}
