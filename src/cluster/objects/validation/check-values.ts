import { parseIp, parseNetwork } from '../ip-network.ts';
import { compareText } from '../json.ts';
import { type FieldErrors, invalid, invalidFor, notSupported, required } from './field-error.ts';

/** Checks of single values that many fields share (kubernetes: apis/core/validation/validation.go). */

/** A value out of a list; the list is shown in its own order. */
export function checkOneOf(
  field: string,
  value: string | undefined,
  supported: readonly string[],
): FieldErrors {
  if (value === undefined || value === '') return [required(field)];
  return checkOneOfIfGiven(field, value, supported);
}

export function checkOneOfIfGiven(
  field: string,
  value: string | undefined,
  supported: readonly string[],
): FieldErrors {
  if (value === undefined || supported.includes(value)) return [];
  return [notSupported(field, value, supported)];
}

/** As Go's `sets.List` shows a set. */
export function sortedList(...values: readonly string[]): readonly string[] {
  return [...values].sort(compareText);
}

export function checkNotNegative(field: string, value: number | undefined): FieldErrors {
  return (value ?? 0) < 0 ? [invalid(field, value, 'must be greater than or equal to 0')] : [];
}

export function checkPositive(field: string, value: number): FieldErrors {
  return value <= 0 ? [invalid(field, value, 'must be greater than zero')] : [];
}

/** A value that must be there and must have a syntax. */
export function checkNamed(
  field: string,
  value: string | undefined,
  problems: (value: string) => readonly string[],
): FieldErrors {
  return value === undefined || value === '' ? [required(field)] : invalidFor(field, value, problems(value));
}

/** A value that may be left out, but must have a syntax. */
export function checkNamedIfGiven(
  field: string,
  value: string | undefined,
  problems: (value: string) => readonly string[],
): FieldErrors {
  return value === undefined || value === '' ? [] : invalidFor(field, value, problems(value));
}

/** Permission bits of a file. */
export function checkFileMode(field: string, mode: number | undefined): FieldErrors {
  if (mode === undefined || (mode >= 0 && mode <= 0o777)) return [];
  return [invalid(field, mode, 'must be a number between 0 and 0777 (octal), both inclusive')];
}

/** A path that stays below where it begins. */
export function checkDescendingPath(field: string, path: string): FieldErrors {
  const absolute = path.startsWith('/') ? [invalid(field, path, 'must be a relative path')] : [];
  return [...absolute, ...checkNoBacksteps(field, path)];
}

/** The same, and not one of the names that the kubelet keeps for itself in volumes. */
export function checkVolumePath(field: string, path: string): FieldErrors {
  const isReserved = path.startsWith('..') && path !== '..' && !path.startsWith('../');
  const reserved = isReserved ? [invalid(field, path, "must not start with '..'")] : [];
  return [...checkDescendingPath(field, path), ...reserved];
}

export function checkNoBacksteps(field: string, path: string): FieldErrors {
  return path.split('/').includes('..') ? [invalid(field, path, "must not contain '..'")] : [];
}

export function checkIpAddress(field: string, value: string): FieldErrors {
  if (parseIp(value)) return [];
  if (/^\d+(\.\d+){3}$/.test(value) && parseIp(value.replace(/\b0+(?=\d)/g, ''))) {
    return [invalid(field, value, 'must not have leading 0s')];
  }
  return [invalid(field, value, 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)')];
}

export function checkCidr(field: string, value: string): FieldErrors {
  if (parseNetwork(value)) return [];
  return [invalid(field, value, 'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)')];
}
