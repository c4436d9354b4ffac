import type { Localized } from '../../../cluster/contract/story-event.ts';
import { isObject } from '../../../cluster/objects/json.ts';
import { nearMiss } from '../../../cluster/objects/shape/near-miss.ts';
import { parseGoDuration } from '../../../kernel/time/go-duration.ts';
import type { DiagnosticCode } from '../diagnostic.ts';
import { memberOf, type Origin, originOf, type Written } from './origin.ts';

/** What a parameter can be: it stays what it is where it is a whole value. */
export type Scalar = string | number | boolean;

export const PARAMETER_TYPES = ['string', 'integer', 'number', 'boolean', 'duration'] as const;
export type ParameterType = (typeof PARAMETER_TYPES)[number];

/** What a scenario, or a fragment, is told by whoever plays or includes it. */
export interface Parameter {
  readonly name: string;
  /** Absent: whatever its enum has. */
  readonly type?: ParameterType;
  readonly default?: Scalar;
  readonly enum?: readonly Scalar[];
  readonly description?: Localized;
}

/** Declared parameters; whatever is not well-formed is left to the check of the document's shape. */
export function parametersOf(document: unknown): readonly Parameter[] {
  const declared = isObject(document) ? document['parameters'] : undefined;
  if (!isObject(declared)) return [];
  return Object.entries(declared).map(([name, written]) => {
    if (isScalar(written)) return { name, type: typeOf(written), default: written };
    const { type, default: otherwise, enum: allowed, description } = isObject(written) ? written : {};
    const values = Array.isArray(allowed) ? allowed.filter(isScalar) : [];
    const declared = PARAMETER_TYPES.find((each) => each === type);
    const own = declared ?? (isScalar(otherwise) ? typeOf(otherwise) : 'string');
    return {
      name,
      ...((declared || values.length === 0) && { type: own }),
      ...(isScalar(otherwise) && { default: otherwise }),
      ...(values.length > 0 && { enum: values }),
      ...localizedIn(description),
    };
  });
}

function localizedIn(text: unknown): { readonly description?: Localized } {
  if (typeof text === 'string') return { description: { en: text } };
  const isTexts = isObject(text) && Object.values(text).every((each) => typeof each === 'string');
  return isTexts ? { description: text as Localized } : {};
}

export function isScalar(value: unknown): value is Scalar {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** What a parameter is whose type nobody says. */
export function typeOf(value: Scalar): ParameterType {
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'boolean';
  return Number.isInteger(value) ? 'integer' : 'number';
}

/** Something that is wrong with a parameter. */
export interface ParameterProblem {
  readonly code: DiagnosticCode;
  readonly at: Origin;
  readonly aim?: 'key';
  readonly message: string;
  readonly hint?: string;
}

export interface Giving {
  readonly parameters: readonly Parameter[];
  /** The document that declares them. */
  readonly document: Written;
  /** What was written for it where it is included, or in a case of the matrix. */
  readonly given: ReadonlyMap<string, Written>;
  /** What was typed on the command line: text, to be read as the parameter's type says. */
  readonly typed: Readonly<Record<string, string>>;
  /** Where it is included; absent for the scenario itself. */
  readonly included?: Origin;
}

/** The value of each parameter; of what is wrong with any, `problem` is told. */
export function valuesOf(
  { parameters, document, given, typed, included }: Giving,
  problem: (problem: ParameterProblem) => void,
): ReadonlyMap<string, Scalar> {
  const names = parameters.map(({ name }) => name);
  const declaredAt = memberOf(document, 'parameters')?.origin;
  const unknown = (name: string, at: Origin): void => {
    const near = nearMiss(name, names);
    const known = names.length === 0 ? 'there are none' : `there are ${names.join(', ')}`;
    problem({
      code: 'unknown-parameter',
      at,
      aim: 'key',
      message: `there is no parameter "${name}"`,
      hint: near === undefined ? `${known}; they are declared under "parameters"` : `did you mean "${near}"?`,
    });
  };
  for (const [name, { origin }] of given) if (!names.includes(name)) unknown(name, origin);
  for (const name of Object.keys(typed))
    if (!names.includes(name)) unknown(name, declaredAt ?? document.origin);
  const values = new Map<string, Scalar>();
  for (const parameter of parameters) {
    const { name } = parameter;
    const at = given.get(name)?.origin ?? (declaredAt ? originOf(declaredAt, name) : document.origin);
    const text = Object.hasOwn(typed, name) ? typed[name] : undefined;
    const value =
      text === undefined ? (given.get(name)?.value ?? parameter.default) : readAs(parameter, text);
    if (value === undefined) {
      problem({ code: 'unset-parameter', ...unsetAt(at, included), ...unsetWords(parameter, included) });
      continue;
    }
    const wrong = mismatch(parameter, value);
    if (wrong === undefined) values.set(name, value as Scalar);
    else problem({ code: wrong.code, at, message: wrong.message, ...(wrong.hint && { hint: wrong.hint }) });
  }
  return values;
}

function unsetAt(declared: Origin, included: Origin | undefined): Pick<ParameterProblem, 'at' | 'aim'> {
  return included ? { at: included } : { at: declared, aim: 'key' };
}

function unsetWords({ name, type, enum: allowed }: Parameter, included: Origin | undefined) {
  const value = allowed ? allowed.join('|') : (type ?? 'value').toUpperCase();
  return {
    message: `the parameter "${name}" has no value`,
    hint: included
      ? `write with: { ${name}: ${value} }, or give it a default where it is declared`
      : `type --set ${name}=${value}, or give it a default`,
  };
}

/** A text from the command line as a value; what is none stays a text, and is refused as one. */
function readAs({ type, enum: allowed }: Parameter, text: string): Scalar {
  const listed = allowed?.find((each) => String(each) === text);
  if (listed !== undefined) return listed;
  if (type === 'boolean' && /^(?:true|false)$/.test(text)) return text === 'true';
  const isNumber = (type === 'integer' || type === 'number') && /^-?\d+(?:\.\d+)?$/.test(text);
  return isNumber ? Number(text) : text;
}

interface Mismatch {
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly hint?: string;
}

const NAMES: Readonly<Record<ParameterType, string>> = {
  string: 'a text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  duration: 'a duration such as 35s',
};

function mismatch({ name, type, enum: allowed }: Parameter, value: unknown): Mismatch | undefined {
  if (type && !isOf(type, value)) {
    const isQuotable = type === 'string' && (typeof value === 'number' || typeof value === 'boolean');
    return {
      code: 'wrong-type',
      message: `the parameter "${name}" is ${NAMES[type]}, and ${JSON.stringify(value)} is none`,
      ...(isQuotable && { hint: `put it in quotes: "${String(value)}"` }),
    };
  }
  if (!allowed || allowed.includes(value as Scalar)) return undefined;
  const near = nearMiss(String(value), allowed.map(String));
  return {
    code: 'wrong-value',
    message: `the parameter "${name}" is one of ${allowed.join(', ')}, and not ${JSON.stringify(value)}`,
    ...(near !== undefined && { hint: `did you mean "${near}"?` }),
  };
}

function isOf(type: ParameterType, value: unknown): boolean {
  switch (type) {
    case 'string':
      return typeof value === 'string';
    case 'integer':
      return Number.isInteger(value);
    case 'number':
      return typeof value === 'number';
    case 'boolean':
      return typeof value === 'boolean';
    case 'duration':
      return typeof value === 'string' && (parseGoDuration(value) ?? -1) >= 0;
  }
}
