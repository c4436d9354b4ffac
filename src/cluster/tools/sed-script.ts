import { posixRegex } from './posix-regex.ts';

export type SedAddress = number | '$' | RegExp;

interface SedBase {
  readonly first?: SedAddress;
  readonly last?: SedAddress;
  readonly negated?: true;
}

export type SedCommand = SedBase &
  (
    | {
        readonly kind: 's';
        readonly pattern: RegExp;
        readonly replacement: string;
        readonly global: boolean;
        readonly nth: number;
        readonly print: boolean;
      }
    | { readonly kind: 'y'; readonly from: readonly string[]; readonly to: readonly string[] }
    | { readonly kind: 'a' | 'i' | 'c'; readonly text: string }
    | { readonly kind: 'd' | 'p' | 'q' | '=' }
  );

/** The commands of a sed script; a text names what is not simulated of it, or is no sed at all. */
export function parseSed(script: string, extended: boolean): readonly SedCommand[] | string {
  const commands: SedCommand[] = [];
  let rest = script;
  for (;;) {
    rest = rest.replace(/^[\s;]+/, '').replace(/^#[^\n]*/, '');
    if (rest === '') return commands;
    if (/^\s/.test(rest)) continue;
    const addresses = readAddresses(rest, extended);
    if (typeof addresses === 'string') return addresses;
    const command = readCommand(addresses.rest, extended);
    if (typeof command === 'string') return command;
    commands.push({ ...addresses.base, ...command.command });
    rest = command.rest;
  }
}

function readAddresses(text: string, extended: boolean): { base: SedBase; rest: string } | string {
  const first = readAddress(text, extended);
  if (typeof first === 'string') return first;
  let base: SedBase = first ? { first: first.address } : {};
  let rest = first?.rest ?? text;
  if (first && rest.startsWith(',')) {
    const last = readAddress(rest.slice(1), extended);
    if (typeof last === 'string' || !last) return `'${text}'`;
    base = { ...base, last: last.address };
    rest = last.rest;
  }
  rest = rest.replace(/^\s+/, '');
  if (!rest.startsWith('!')) return { base, rest };
  return { base: { ...base, negated: true }, rest: rest.slice(1).replace(/^\s+/, '') };
}

function readAddress(
  text: string,
  extended: boolean,
): { address: SedAddress; rest: string } | string | undefined {
  const number = /^\d+/.exec(text)?.[0];
  if (number !== undefined) return { address: Number(number), rest: text.slice(number.length) };
  if (text.startsWith('$')) return { address: '$', rest: text.slice(1) };
  if (!text.startsWith('/')) return undefined;
  const found = readDelimited(text.slice(1), '/');
  const address = found && posixRegex(found.text, { extended });
  return found && address ? { address, rest: found.rest } : `'${text}'`;
}

function readDelimited(text: string, delimiter: string): { text: string; rest: string } | undefined {
  let result = '';
  let inSet = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] ?? '';
    if (char === '\\' && at + 1 < text.length) {
      const next = text[at + 1] ?? '';
      result += next === delimiter ? next : `\\${next}`;
      at += 1;
      continue;
    }
    if (char === '[' && !inSet) inSet = true;
    else if (char === ']' && inSet) inSet = false;
    if (char === delimiter && !inSet) return { text: result, rest: text.slice(at + 1) };
    result += char;
  }
  // An unmatched bracket in a replacement is a bracket.
  const end = text.indexOf(delimiter);
  return inSet && end >= 0 ? { text: text.slice(0, end), rest: text.slice(end + 1) } : undefined;
}

type Bare = SedCommand extends infer Command
  ? Command extends SedBase
    ? Omit<Command, keyof SedBase>
    : never
  : never;

function readCommand(text: string, extended: boolean): { command: Bare; rest: string } | string {
  const kind = text[0] ?? '';
  const rest = text.slice(1);
  switch (kind) {
    case 'd':
    case 'p':
    case 'q':
    case '=':
      return /^[ \t]*([;\n}#]|$)/.test(rest) ? { command: { kind }, rest } : `'${text}'`;
    case 'a':
    case 'i':
    case 'c': {
      const line = /^[ \t]*\\?\n?[ \t]*((?:[^\n\\]|\\[\s\S])*)/.exec(rest);
      return {
        command: { kind, text: (line?.[1] ?? '').replace(/\\([\s\S])/g, '$1') },
        rest: rest.slice(line?.[0].length ?? 0),
      };
    }
    case 'y': {
      const from = readDelimited(rest.slice(1), rest[0] ?? '/');
      const to = from && readDelimited(from.rest, rest[0] ?? '/');
      return from && to
        ? { command: { kind, from: [...from.text], to: [...to.text] }, rest: to.rest }
        : `'${text}'`;
    }
    case 's':
      return readSubstitution(text, extended);
    default:
      return `'${text.split('\n')[0] ?? ''}'`;
  }
}

function readSubstitution(text: string, extended: boolean): { command: Bare; rest: string } | string {
  const delimiter = text[1] ?? '/';
  const pattern = readDelimited(text.slice(2), delimiter);
  const replacement = pattern && readDelimited(pattern.rest, delimiter);
  const flags = /^[gpIi0-9]*/.exec(replacement?.rest ?? '')?.[0] ?? '';
  const regex = pattern && posixRegex(pattern.text, { extended, ignoreCase: /i/i.test(flags), global: true });
  const rest = replacement?.rest.slice(flags.length) ?? '';
  if (!pattern || !replacement || !regex || !/^[ \t]*([;\n}#]|$)/.test(rest)) return `'${text}'`;
  const nth = Number(/\d+/.exec(flags)?.[0] ?? 1);
  return {
    command: {
      kind: 's',
      pattern: regex,
      replacement: replacement.text,
      global: flags.includes('g'),
      nth,
      print: flags.includes('p'),
    },
    rest,
  };
}
