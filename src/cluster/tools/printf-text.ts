import { unescapeText } from './unescape-text.ts';

export interface Printed {
  readonly text: string;
  /** Messages for stderr. */
  readonly problems: readonly string[];
  readonly code: number;
}

const MOST_ROUNDS = 10_000;

/** `printf`: the format is used again as long as arguments are left. */
export function formatPrintf(format: string, args: readonly string[]): Printed {
  const printing: Printing = { args: [...args], problems: [], text: '', used: 0, stopped: false };
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const before = printing.used;
    if (!printOnce(printing, format)) break;
    if (printing.stopped || printing.used >= args.length || printing.used === before) break;
  }
  return { text: printing.text, problems: printing.problems, code: printing.problems.length > 0 ? 1 : 0 };
}

interface Printing {
  readonly args: readonly string[];
  readonly problems: string[];
  text: string;
  used: number;
  stopped: boolean;
}

function printOnce(printing: Printing, format: string): boolean {
  for (let rest = format; rest !== '' && !printing.stopped; ) {
    const plain = /^[^%]+/.exec(rest)?.[0];
    if (plain !== undefined) {
      const { text, stopped } = unescapeText(plain, false);
      printing.text += text;
      printing.stopped = stopped;
      rest = rest.slice(plain.length);
      continue;
    }
    const found = /^%([-+ 0#]*)(\*|\d+)?(?:\.(\*|\d+)?)?(?:hh|h|ll|l|j|z|t|L|q)?([diouxXeEfFgGcsbq%])/.exec(
      rest,
    );
    if (!found) {
      printing.problems.push(`${rest}: invalid format`);
      return false;
    }
    if (found[4] === 'q') {
      printing.problems.push(`${rest}: invalid format`);
      return false;
    }
    rest = rest.slice(found[0].length);
    printing.text += found[4] === '%' ? '%' : convert(printing, found);
  }
  return true;
}

function next(printing: Printing): string | undefined {
  const value = printing.args[printing.used];
  if (value !== undefined) printing.used += 1;
  return value;
}

function convert(printing: Printing, found: RegExpExecArray): string {
  const [whole, flags = '', widthText, precisionText, kind = 's'] = found;
  const width = widthText === '*' ? numberOf(printing, next(printing)) : Number(widthText ?? 0);
  const hasPrecision = whole.includes('.');
  const precision = precisionText === '*' ? numberOf(printing, next(printing)) : Number(precisionText ?? 0);
  const value = next(printing);
  const text = format(printing, { kind, flags, value, ...(hasPrecision && { precision }) });
  return pad(text, {
    flags: flags + (width < 0 ? '-' : ''),
    width: Math.min(Math.abs(width), 1 << 16),
    isNumber: /[diouxXeEfFgG]/.test(kind),
  });
}

interface Conversion {
  readonly kind: string;
  readonly flags: string;
  readonly value: string | undefined;
  readonly precision?: number;
}

function format(printing: Printing, { kind, flags, value, precision }: Conversion): string {
  const cut = (text: string): string => (precision === undefined ? text : text.slice(0, precision));
  switch (kind) {
    case 's':
      return cut(value ?? '');
    case 'c':
      return (value ?? '').slice(0, 1);
    case 'b': {
      const { text, stopped } = unescapeText(value ?? '', true);
      printing.stopped = stopped;
      return cut(text);
    }
    case 'd':
    case 'i':
      return signed(digits(Math.trunc(numberOf(printing, value)), precision), flags);
    case 'o':
    case 'u':
    case 'x':
    case 'X':
      return unsigned(printing, kind, flags, value);
    default:
      return signed(float(kind, numberOf(printing, value, true), precision ?? 6), flags);
  }
}

const signed = (text: string, flags: string): string =>
  text.startsWith('-') ? text : flags.includes('+') ? `+${text}` : flags.includes(' ') ? ` ${text}` : text;

const digits = (value: number, precision = 1): string =>
  `${value < 0 ? '-' : ''}${String(Math.abs(value)).padStart(precision, '0')}`;

function unsigned(printing: Printing, kind: string, flags: string, value: string | undefined): string {
  const whole = BigInt.asUintN(64, BigInt(Math.trunc(numberOf(printing, value))));
  const text = whole.toString(kind === 'o' ? 8 : kind === 'u' ? 10 : 16);
  const prefix = flags.includes('#') && whole !== 0n ? (kind === 'o' ? '0' : kind === 'u' ? '' : '0x') : '';
  return kind === 'X' ? (prefix + text).toUpperCase() : prefix + text;
}

function float(kind: string, value: number, precision: number): string {
  const places = Math.min(precision, 60);
  if (kind === 'f' || kind === 'F') return value.toFixed(places);
  if (kind === 'e' || kind === 'E') {
    const text = value.toExponential(places).replace(/e([-+])(\d)$/, 'e$10$2');
    return kind === 'E' ? text.toUpperCase() : text;
  }
  return general(value, Math.max(1, places));
}

/** `0x10`, `010`, `'A` and plain numbers; what is none counts as 0 and is complained about. */
function numberOf(printing: Printing, text: string | undefined, isFloat = false): number {
  if (text === undefined || text === '') return 0;
  if (/^['"]/.test(text)) return text.codePointAt(1) ?? 0;
  if (/^[-+]?0[xX][0-9a-fA-F]+$/.test(text)) return Number.parseInt(text, 16);
  if (/^[-+]?0[0-7]+$/.test(text)) return Number.parseInt(text, 8);
  if (/^[-+]?\d+$/.test(text) || (isFloat && /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/.test(text)))
    return Number(text);
  printing.problems.push(`invalid number '${text}'`);
  return isFloat ? Number.parseFloat(text) || 0 : Number.parseInt(text, 10) || 0;
}

function pad(
  text: string,
  { flags, width, isNumber }: { flags: string; width: number; isNumber: boolean },
): string {
  if (text.length >= width) return text;
  if (flags.includes('-')) return text.padEnd(width);
  if (!flags.includes('0') || !isNumber) return text.padStart(width);
  const sign = /^[-+ ]/.exec(text)?.[0] ?? '';
  return sign + text.slice(sign.length).padStart(width - sign.length, '0');
}

/** `%g`: the shorter of the two forms, without zeros at the end. */
function general(value: number, digits: number): string {
  if (value === 0) return '0';
  const [mantissa = '', exponent = '0'] = value.toExponential(digits - 1).split('e');
  const power = Number(exponent);
  const trim = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);
  if (power >= -4 && power < digits) return trim(value.toFixed(Math.min(60, digits - 1 - power)));
  return `${trim(mantissa)}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}
