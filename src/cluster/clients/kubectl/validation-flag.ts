import { quoteGo } from '../../objects/go-json.ts';
import { parseBool } from '../flags/flag-values.ts';
import { fail } from './failure.ts';
import type { Invocation } from './invocation.ts';

/**
 * Whether the API server is to refuse fields that it does not know (kubectl: helpers.go
 * GetValidationDirective).
 */
export function isStrict({ flags }: Invocation): boolean {
  const text = flags.text('validate');
  const given = parseBool(text);
  if (given !== undefined) return given;
  if (text === 'strict' || text === 'warn' || text === 'ignore') return text === 'strict';
  return fail(
    `invalid - validate option ${quoteGo(text)}; must be one of: strict (or true), warn, ignore (or false)`,
  );
}
