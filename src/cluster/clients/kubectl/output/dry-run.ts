import { drawWhole } from '../../../../kernel/chance/draw.ts';
import { civilOf } from '../../../../kernel/time/rfc3339.ts';
import { inVersion, type Since } from '../../../objects/versions.ts';
import { fail } from '../failure.ts';
import { parseBool } from '../flags/flag-values.ts';
import type { Invocation } from '../invocation.ts';

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

/** As klog prints: `W1121 14:29:50.832000    5893 helpers.go:703] …`. */
function warn(
  { view, call, version, epochNow, err }: Invocation,
  line: Since<number>,
  message: string,
): void {
  const { month, day, hour, minute, second, millisecond } = civilOf(epochNow);
  const [date, clock] = [
    [month, day],
    [hour, minute, second],
  ].map((parts) => parts.map((part) => String(part).padStart(2, '0')));
  const micros = `${String(millisecond).padStart(3, '0')}000`;
  const process = drawWhole(view.chance, 1000, 99_999, 'process-id', call.command, call.instance);
  const place = `${String(process).padStart(7)} helpers.go:${inVersion(line, version)}]`;
  err(`W${date?.join('')} ${clock?.join(':')}.${micros} ${place} ${message}\n`);
}
