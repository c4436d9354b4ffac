import { inVersion, type Since } from '../../../objects/versions.ts';
import { parseBool } from '../../flags/flag-values.ts';
import { fail } from '../failure.ts';
import type { Invocation } from '../invocation.ts';
import { logWarning } from './log-warning.ts';

/** Who only pretends: nobody, kubectl, or the API server. */
export type DryRun = 'none' | 'client' | 'server';

/**
 * Reads --dry-run (kubectl: helpers.go GetDryRunStrategy); its older forms still work, with a word of
 * warning.
 */
export function readDryRun(invocation: Invocation): DryRun {
  const text = invocation.flags.text('dry-run');
  if (text === 'none' || text === 'client' || text === 'server') return text;
  if (text === 'unchanged') {
    warn(invocation, NO_VALUE_LINE, '--dry-run is deprecated and can be replaced with --dry-run=client.');
    return 'client';
  }
  const old = parseBool(text);
  if (old === undefined) fail(`Invalid dry-run value (${text}). Must be "none", "server", or "client".`);
  const strategy = old ? 'client' : 'none';
  const replacement = `can be replaced with --dry-run=${strategy}.`;
  warn(invocation, BOOLEAN_LINE, `--dry-run=${text} is deprecated (boolean value) and ${replacement}`);
  return strategy;
}

/** The line of helpers.go that warns, which is part of the warning. */
const NO_VALUE_LINE: Since<number> = [
  [0, 692],
  [30, 703],
];
const BOOLEAN_LINE: Since<number> = [
  [0, 706],
  [30, 717],
];

function warn(invocation: Invocation, line: Since<number>, message: string): void {
  logWarning(invocation, `helpers.go:${inVersion(line, invocation.version)}`, message);
}
