import { checkNotNegative } from '../check-values.ts';
import { type FieldErrors, invalid } from '../field-error.ts';

type Share = number | string | undefined;

const PERCENT = /^[0-9]+%$/;

/** A number that is not negative, or a percentage (apis/apps/validation: ValidatePositiveIntOrPercent). */
export function checkShare(field: string, share: Share): FieldErrors {
  if (typeof share !== 'string') return checkNotNegative(field, share);
  const rule =
    "a valid percent string must be a numeric string followed by an ending '%' " +
    "(e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')";
  return PERCENT.test(share) ? [] : [invalid(field, share, rule)];
}

export function checkAtMostAll(field: string, share: Share): FieldErrors {
  const isMore = typeof share === 'string' && PERCENT.test(share) && shareNumber(share) > 100;
  return isMore ? [invalid(field, share, 'must not be greater than 100%')] : [];
}

/** The number before the percent sign, whatever it is a share of. */
export function shareNumber(share: Share): number {
  return typeof share === 'string' ? Number(/^\d+/.exec(share)?.[0] ?? 0) : (share ?? 0);
}
