import { encodeGoJson, quoteGo } from '../go-json.ts';

/**
 * The kinds of field errors, by the reason that a status cause gives, with the words that a message begins
 * with.
 */
const TYPE_WORDS = {
  FieldValueRequired: 'Required value',
  FieldValueInvalid: 'Invalid value',
  FieldValueNotSupported: 'Unsupported value',
  FieldValueDuplicate: 'Duplicate value',
  FieldValueForbidden: 'Forbidden',
  FieldValueNotFound: 'Not found',
  FieldValueTooLong: 'Too long',
  FieldValueTooMany: 'Too many',
  FieldValueTooFew: 'Too few',
} as const;

export type FieldErrorType = keyof typeof TYPE_WORDS;

/** One reason why an object is refused (apimachinery: util/validation/field/errors.go). */
export interface FieldError {
  readonly type: FieldErrorType;
  /** `spec.containers[0].image`. */
  readonly field: string;
  /** What stood there; absent where Kubernetes does not print it. */
  readonly badValue?: unknown;
  /** Empty when the type says it all. */
  readonly detail: string;
}

export type FieldErrors = readonly FieldError[];

export function required(field: string, detail = ''): FieldError {
  return { type: 'FieldValueRequired', field, detail };
}

export function invalid(field: string, badValue: unknown, detail: string): FieldError {
  return { type: 'FieldValueInvalid', field, badValue, detail };
}

export function notSupported(field: string, badValue: unknown, supported: readonly string[]): FieldError {
  const detail = supported.length === 0 ? '' : `supported values: ${supported.map(quoteGo).join(', ')}`;
  return { type: 'FieldValueNotSupported', field, badValue, detail };
}

export function duplicate(field: string, badValue: unknown): FieldError {
  return { type: 'FieldValueDuplicate', field, badValue, detail: '' };
}

export function forbidden(field: string, detail: string): FieldError {
  return { type: 'FieldValueForbidden', field, detail };
}

export function notFound(field: string, badValue: unknown): FieldError {
  return { type: 'FieldValueNotFound', field, badValue, detail: '' };
}

export function tooLong(field: string, maxBytes: number): FieldError {
  const unit = maxBytes === 1 ? 'byte' : 'bytes';
  return { type: 'FieldValueTooLong', field, detail: `may not be more than ${maxBytes} ${unit}` };
}

export function tooMany(field: string, actual: number, max: number): FieldError {
  const detail = `must have at most ${max} ${max === 1 ? 'item' : 'items'}`;
  return { type: 'FieldValueTooMany', field, badValue: actual, detail };
}

/** One `Invalid value` for each thing that a syntax check found. */
export function invalidFor(field: string, badValue: unknown, problems: readonly string[]): FieldErrors {
  return problems.map((problem) => invalid(field, badValue, problem));
}

/**
 * `Required value`, `Invalid value: "x": must be …`: an error without its field, as status causes have it.
 */
function fieldErrorBody({ type, badValue, detail }: FieldError): string {
  const value = badValue === undefined ? '' : `: ${printValue(badValue)}`;
  return `${TYPE_WORDS[type]}${value}${detail === '' ? '' : `: ${detail}`}`;
}

/** `spec.containers[0].image: Required value`. */
export function formatFieldError(error: FieldError): string {
  return `${error.field}: ${fieldErrorBody(error)}`;
}

/** The message of the API server's 422: `Pod "web" is invalid: …`, several errors in brackets, none twice. */
export function invalidMessage(kind: string, name: string, errors: FieldErrors): string {
  const messages = [...new Set(errors.map(formatFieldError))];
  const subject = `${kind} ${quoteGo(name)} is invalid`;
  if (messages.length === 0) return subject;
  return `${subject}: ${messages.length === 1 ? messages[0] : `[${messages.join(', ')}]`}`;
}

export interface StatusCause {
  readonly reason?: string;
  readonly message: string;
  readonly field?: string;
}

export function statusCauses(errors: FieldErrors): readonly StatusCause[] {
  return errors.map((error) => ({ reason: error.type, message: fieldErrorBody(error), field: error.field }));
}

/**
 * What kubectl prints for a 422 (kubectl: cmd/util/helpers.go). One cause stands on the first line, several
 * on lines of their own; after the colon there is a space even at the end of a line.
 */
export function describeInvalidForKubectl(
  kind: string,
  name: string,
  causes: readonly StatusCause[],
): string {
  const lines = [...new Set(causes.map(({ field, message }) => `${field}: ${message}`))];
  const subject = `The ${kind} ${quoteGo(name)} is invalid`;
  if (lines.length === 0) return subject;
  if (lines.length === 1) return `${subject}: ${lines[0]}`;
  return [`${subject}: `, ...lines.map((line) => `* ${line}`)].join('\n');
}

/** Strings are quoted, everything else is JSON. */
function printValue(value: unknown): string {
  return typeof value === 'string' ? quoteGo(value) : encodeGoJson(value);
}
