/** What parsing a quantity leaves in Go's structure: its digits, its scale, and its text if that is kept. */
export function dumpQuantity(text: string): string {
  if (text === '0') return written({ value: 0n, scale: 0, kept: text, format: 'DecimalSI' });
  const [, sign = '', whole = '', fraction = '', suffix = ''] =
    /^([+-]?)(\d*)(?:\.(\d*))?(.*)$/.exec(text) ?? [];
  const number: Digits = { isNegative: sign === '-', whole: whole.replace(/^0+(?=\d)/, ''), fraction };
  const unit = unitOf(suffix);
  return fastForm(number, unit, text) ?? decimalForm(number, unit);
}

interface Digits {
  readonly isNegative: boolean;
  readonly whole: string;
  readonly fraction: string;
}

/** Powers of two for the binary notation, of ten for the others. */
interface Unit {
  readonly exponent: number;
  readonly format: 'BinarySI' | 'DecimalSI' | 'DecimalExponent';
}

const BINARY = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const DECIMAL = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];
const INT64_DIGITS = 18;
const NANO = -9;

function unitOf(suffix: string): Unit {
  const binary = BINARY.indexOf(suffix);
  if (binary >= 0) return { exponent: 10 * (binary + 1), format: 'BinarySI' };
  const decimal = DECIMAL.indexOf(suffix);
  if (decimal >= 0) return { exponent: 3 * decimal + NANO, format: 'DecimalSI' };
  return { exponent: Number(suffix.slice(1)), format: 'DecimalExponent' };
}

/**
 * As a whole number of 64 bits, if the digits surely fit one; its text is kept where it is the canonical one
 * beyond doubt (api/resource/quantity.go ParseQuantity).
 */
function fastForm(number: Digits, { exponent, format }: Unit, text: string): string | undefined {
  const { isNegative, whole, fraction } = number;
  const isBinary = format === 'BinarySI';
  const room = isBinary
    ? 15 - whole.length - Math.trunc((exponent * 3) / 10) - 1
    : INT64_DIGITS - whole.length - fraction.length;
  const scale = (isBinary ? 0 : exponent) - fraction.length;
  if (room < 0 || scale < NANO || (isBinary && fraction !== '')) return undefined;
  const digits = whole + fraction;
  const value = BigInt(digits) << BigInt(isBinary ? exponent : 0);
  const isKept = isBinary
    ? BigInt(digits) % 8n !== 0n
    : scale % 3 === 0 && !digits.endsWith('000') && !digits.startsWith('0');
  return written({ value: isNegative ? -value : value, scale, kept: isKept ? text : '', format });
}

/** As a decimal of any length, which has been rounded up to billionths. */
function decimalForm({ isNegative, whole, fraction }: Digits, { exponent, format }: Unit): string {
  const isBinary = format === 'BinarySI';
  let scaled = BigInt(whole + fraction) << BigInt(isBinary ? exponent : 0);
  const shift = -NANO - fraction.length + (isBinary ? 0 : exponent);
  if (shift >= 0) scaled *= 10n ** BigInt(shift);
  else scaled = (scaled + 10n ** BigInt(-shift) - 1n) / 10n ** BigInt(-shift);
  const isSmall = isBinary && scaled > 0n && scaled < 10n ** BigInt(-NANO);
  const words: bigint[] = [];
  for (let rest = scaled; rest > 0n; rest >>= 64n) words.push(rest & ((1n << 64n) - 1n));
  const unscaled = `{neg:(bool)${isNegative && scaled > 0n} abs:(big.nat)[${words.join(' ')}]}`;
  return quantity({
    integer: '{value:(int64)0 scale:(resource.Scale)0}',
    decimal: `(*inf.Dec){unscaled:(big.Int)${unscaled} scale:(inf.Scale)${-NANO}}`,
    kept: '',
    format: isSmall ? 'DecimalSI' : format,
  });
}

interface WholeNumber {
  readonly value: bigint;
  readonly scale: number;
  readonly kept: string;
  readonly format: string;
}

function written({ value, scale, kept, format }: WholeNumber): string {
  const integer = `{value:(int64)${value} scale:(resource.Scale)${scale}}`;
  return quantity({ integer, decimal: '(*inf.Dec)<nil>', kept, format });
}

interface Parts {
  readonly integer: string;
  readonly decimal: string;
  readonly kept: string;
  readonly format: string;
}

function quantity({ integer, decimal, kept, format }: Parts): string {
  const parts = [
    `i:(resource.int64Amount)${integer}`,
    `d:(resource.infDecAmount){Dec:${decimal}}`,
    `s:(string)${kept}`,
    `Format:(resource.Format)${format}`,
  ];
  return `{${parts.join(' ')}}`;
}
