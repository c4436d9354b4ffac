/**
 * Amounts of resources, exact to the nano, as Kubernetes counts them (apimachinery:
 * api/resource/quantity.go). In objects a quantity is its text (`100m`, `64Mi`); an `Amount` lives only while
 * something is computed.
 */
export interface Amount {
  /** Billionths of one unit: of a core, of a byte, of a pod. */
  readonly nano: bigint;
  /** The notation in which a result is written. */
  readonly format: QuantityFormat;
}

/** `12M` · `12Mi` · `12e6`. */
export type QuantityFormat = 'DecimalSI' | 'BinarySI' | 'DecimalExponent';

export const ZERO: Amount = { nano: 0n, format: 'DecimalSI' };

const NANO = 1_000_000_000n;
const MILLI = 1_000_000n;
const INT64_MAX = 2n ** 63n - 1n;

const DECIMAL_SUFFIXES: readonly (readonly [suffix: string, exponent: number])[] = [
  ['n', -9],
  ['u', -6],
  ['m', -3],
  ['', 0],
  ['k', 3],
  ['M', 6],
  ['G', 9],
  ['T', 12],
  ['P', 15],
  ['E', 18],
];
const BINARY_SUFFIXES: readonly string[] = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

const WRONG_FORMAT =
  "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
const WRONG_SUFFIX = "unable to parse quantity's suffix";

interface Parsed extends Amount {
  /** The text itself where Kubernetes keeps it as it was written. */
  readonly kept?: string;
}

type Outcome = { readonly amount: Parsed } | { readonly problem: string };

// A scheduler asks for the same few texts again and again. A memory of pure results cannot change what is
// computed.
const remembered = new Map<string, Outcome>();
const REMEMBERED_MAX = 4096;

/** The amount that a text or a JSON number stands for; undefined if it is not a quantity. */
export function parseQuantity(text: string | number): Amount | undefined {
  const outcome = read(String(text));
  return 'amount' in outcome ? outcome.amount : undefined;
}

/** Kubernetes' own words for what is wrong with a quantity; undefined if nothing is. */
export function quantityProblem(text: string | number): string | undefined {
  const outcome = read(String(text));
  return 'problem' in outcome ? outcome.problem : undefined;
}

/**
 * The text under which the API server stores a quantity: `1000m` → `1`, `1.5Gi` → `1536Mi`; undefined if
 * malformed.
 */
export function canonicalQuantity(text: string | number): string | undefined {
  const outcome = read(String(text));
  return 'amount' in outcome ? (outcome.amount.kept ?? formatQuantity(outcome.amount)) : undefined;
}

/**
 * Of limits and requests the API server keeps no more than thousandths, rounded up (core/v1: defaults.go).
 */
export function roundUpToMilli(text: string | number): string | undefined {
  const amount = parseQuantity(text);
  if (amount === undefined) return undefined;
  if (amount.nano % MILLI === 0n) return canonicalQuantity(text);
  return formatQuantity({ ...amount, nano: divideAwayFromZero(amount.nano, MILLI) * MILLI });
}

/** Canonical form: no fraction, the largest suffix that loses nothing. */
export function formatQuantity({ nano, format }: Amount): string {
  if (nano === 0n) return '0';
  const isSmall = nano > -1024n * NANO && nano < 1024n * NANO;
  if (format === 'BinarySI' && !isSmall && nano % NANO === 0n) return formatBinary(nano / NANO);
  return formatDecimal(nano, format);
}

/** Negative, zero or positive, as of sorting; a malformed text counts as nothing. */
export function compareQuantities(a: string | number, b: string | number): number {
  return compareAmounts(parseQuantity(a) ?? ZERO, parseQuantity(b) ?? ZERO);
}

export function compareAmounts(a: Amount, b: Amount): number {
  return a.nano < b.nano ? -1 : a.nano > b.nano ? 1 : 0;
}

/** The sum; nothing takes the notation of what is added to it. */
export function addAmounts(a: Amount, b: Amount): Amount {
  return { nano: a.nano + b.nano, format: a.nano === 0n ? b.format : a.format };
}

export function subtractAmounts(a: Amount, b: Amount): Amount {
  return { nano: a.nano - b.nano, format: a.nano === 0n ? b.format : a.format };
}

/** Whole units, rounded up: bytes, pods. Zero for a malformed text. */
export function wholeValue(text: string | number): number {
  return Number(divideAwayFromZero((parseQuantity(text) ?? ZERO).nano, NANO));
}

/** Thousandths, rounded up: millicores. Zero for a malformed text. */
export function milliValue(text: string | number): number {
  return Number(divideAwayFromZero((parseQuantity(text) ?? ZERO).nano, MILLI));
}

/** The amount of so many thousandths, such as millicores. */
export function amountOfMilli(milli: number, format: QuantityFormat = 'DecimalSI'): Amount {
  return { nano: BigInt(milli) * MILLI, format };
}

/** The amount of so many whole units, such as bytes. */
export function amountOf(units: number, format: QuantityFormat = 'DecimalSI'): Amount {
  return { nano: BigInt(units) * NANO, format };
}

function read(text: string): Outcome {
  const known = remembered.get(text);
  if (known !== undefined) return known;
  if (remembered.size >= REMEMBERED_MAX) remembered.clear();
  const outcome = readAfresh(text.trim());
  remembered.set(text, outcome);
  return outcome;
}

function readAfresh(text: string): Outcome {
  const found = /^([+-]?)(\d*)(?:\.(\d*))?([eEinumkKMGTP]*[-+]?\d*)$/.exec(text);
  if (text === '' || found === null) return { problem: WRONG_FORMAT };
  const [, sign = '', whole = '', fraction = '', suffix = ''] = found;
  const unit = readSuffix(suffix);
  if (unit === undefined) return { problem: WRONG_SUFFIX };
  const digits = whole.replace(/^0+/, '') + fraction;
  const magnitude = scaleToNano(BigInt(digits || '0'), fraction.length, unit);
  const nano = unit.format === 'BinarySI' && magnitude > INT64_MAX * NANO ? INT64_MAX * NANO : magnitude;
  const isBelowOne = unit.format === 'BinarySI' && nano < NANO && fraction !== '';
  const format = isBelowOne ? 'DecimalSI' : unit.format;
  const kept = isKeptAsWritten(whole, fraction, unit) ? { kept: text } : {};
  return { amount: { nano: sign === '-' ? -nano : nano, format, ...kept } };
}

interface Unit {
  readonly base: 2 | 10;
  readonly exponent: number;
  readonly format: QuantityFormat;
}

function readSuffix(suffix: string): Unit | undefined {
  const decimal = DECIMAL_SUFFIXES.find(([text]) => text === suffix);
  if (decimal !== undefined) return { base: 10, exponent: decimal[1], format: 'DecimalSI' };
  const binary = BINARY_SUFFIXES.indexOf(suffix);
  if (binary > 0) return { base: 2, exponent: binary * 10, format: 'BinarySI' };
  const exponent = /^[eE]([-+]?\d{1,9})$/.exec(suffix)?.[1];
  // Nothing in a cluster is counted in such exponents; a limit keeps a hostile text from filling the memory.
  if (exponent === undefined || Math.abs(Number(exponent)) > 1000) return undefined;
  return { base: 10, exponent: Number(exponent), format: 'DecimalExponent' };
}

/** Whatever is smaller than a billionth counts as one: who asks for something gets something. */
function scaleToNano(digits: bigint, fractionDigits: number, { base, exponent }: Unit): bigint {
  const decimalExponent = 9 - fractionDigits + (base === 10 ? exponent : 0);
  const shifted = base === 2 ? digits << BigInt(exponent) : digits;
  if (decimalExponent >= 0) return shifted * 10n ** BigInt(decimalExponent);
  return divideAwayFromZero(shifted, 10n ** BigInt(-decimalExponent));
}

/** Kubernetes keeps a text that looks canonical to a quick check, and writes anew what does not. */
function isKeptAsWritten(whole: string, fraction: string, { base, exponent }: Unit): boolean {
  const significant = whole.replace(/^0+/, '') || '0';
  const digits = significant + fraction;
  if (base === 2) {
    const isExact = fraction === '' && 15 - digits.length - Math.trunc((exponent * 3) / 10) - 1 >= 0;
    return isExact && (BigInt(digits) & 7n) !== 0n;
  }
  const scale = exponent - fraction.length;
  const isQuick = digits.length <= 18 && scale >= -9;
  return isQuick && scale % 3 === 0 && !digits.endsWith('000') && !digits.startsWith('0');
}

function formatBinary(units: bigint): string {
  let mantissa = units;
  let power = 0;
  while (mantissa % 1024n === 0n && power < BINARY_SUFFIXES.length - 1) {
    mantissa /= 1024n;
    power += 1;
  }
  return `${mantissa}${BINARY_SUFFIXES[power] ?? ''}`;
}

function formatDecimal(nano: bigint, format: QuantityFormat): string {
  let mantissa = nano;
  let exponent = -9;
  while (mantissa % 1000n === 0n && (format === 'DecimalExponent' || exponent < 18)) {
    mantissa /= 1000n;
    exponent += 3;
  }
  if (format === 'DecimalExponent') return exponent === 0 ? `${mantissa}` : `${mantissa}e${exponent}`;
  return `${mantissa}${DECIMAL_SUFFIXES.find(([, power]) => power === exponent)?.[0] ?? ''}`;
}

function divideAwayFromZero(value: bigint, divisor: bigint): bigint {
  const quotient = value / divisor;
  if (value % divisor === 0n) return quotient;
  return value < 0n ? quotient - 1n : quotient + 1n;
}
