/** One flag of a command, as the tool's own help describes it. */
export interface Flag {
  readonly name: string;
  /** The letter behind one dash. */
  readonly short?: string;
  readonly kind: FlagKind;
  /** As it would be typed; absent: false, nothing, or none. */
  readonly byDefault?: string;
  /** What it means when its value is left out: `--dry-run`. */
  readonly bare?: string;
  /** What the tool says when it is used, and since which minor version. */
  readonly deprecated?: { readonly since: number; readonly text: string };
  /** It exists, and what it would do is not simulated. */
  readonly isRefused?: true;
  /** First minor version that has it, and first that has it no more. */
  readonly since?: number;
  readonly until?: number;
}

/** `list` splits each value at its commas, `array` takes it whole; both may be given again and again. */
export type FlagKind = 'bool' | 'text' | 'int' | 'uint' | 'duration' | 'list' | 'array';

/** `A,all-namespaces` or `force`. */
type Names = string;

export function bool(names: Names, byDefault?: 'true'): Flag {
  return { ...named(names), kind: 'bool', bare: 'true', ...(byDefault === undefined ? {} : { byDefault }) };
}

export function text(names: Names, byDefault?: string): Flag {
  return { ...named(names), kind: 'text', ...(byDefault === undefined ? {} : { byDefault }) };
}

export function int(names: Names, byDefault?: string): Flag {
  return { ...named(names), kind: 'int', ...(byDefault === undefined ? {} : { byDefault }) };
}

export function duration(names: Names, byDefault?: string): Flag {
  return { ...named(names), kind: 'duration', ...(byDefault === undefined ? {} : { byDefault }) };
}

export function list(names: Names): Flag {
  return { ...named(names), kind: 'list' };
}

export function array(names: Names): Flag {
  return { ...named(names), kind: 'array' };
}

/** The flag, with a meaning of its own when it has no value. */
export function orBare(flag: Flag, bare: string): Flag {
  return { ...flag, bare };
}

/** The flags, named as what is not simulated. */
export function refused(...flags: readonly Flag[]): readonly Flag[] {
  return flags.map((flag) => ({ ...flag, isRefused: true }));
}

export function until(minor: number, ...flags: readonly Flag[]): readonly Flag[] {
  return flags.map((flag) => ({ ...flag, until: minor }));
}

export function since(minor: number, ...flags: readonly Flag[]): readonly Flag[] {
  return flags.map((flag) => ({ ...flag, since: minor }));
}

function named(names: Names): Pick<Flag, 'name' | 'short'> {
  const comma = names.indexOf(',');
  return comma < 0 ? { name: names } : { name: names.slice(comma + 1), short: names.slice(0, comma) };
}
