/** Plain scalars as Kubernetes' tools read them (`kubernetes-tags.ts` says what is odd about it). */

export const NULL_WORD = /^(?:~|null|Null|NULL)?$/;
export const TRUE_WORD = /^(?:y|Y|yes|Yes|YES|true|True|TRUE|on|On|ON)$/;
export const FALSE_WORD = /^(?:n|N|no|No|NO|false|False|FALSE|off|Off|OFF)$/;

const INTEGER = /^[-+]?(?:0b[01_]+|0o?[0-7_]+|0x[0-9a-fA-F_]+|[0-9][0-9_]*)$/;
const DECIMAL = /^[-+]?(?:\.[0-9]+|[0-9][0-9_]*(?:\.[0-9_]*)?)(?:[eE][-+]?[0-9]+)?$/;
export const NUMBER_WORD = new RegExp(`${INTEGER.source}|${DECIMAL.source}`);

/** JSON has no such numbers. */
export const NOT_FINITE_WORD = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;

export function readNumber(source: string): number {
  const isNegative = source.startsWith('-');
  const digits = source.replace(/^[-+]/, '').replaceAll('_', '');
  const size = /^0[0-7]+$/.test(digits) ? Number(`0o${digits.slice(1)}`) : Number(digits);
  // Minus zero would be written as `0` and then differ from what is read back.
  return isNegative && size !== 0 ? -size : size;
}
