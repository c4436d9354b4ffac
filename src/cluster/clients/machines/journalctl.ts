import { type Millis, SECOND } from '../../../kernel/time/millis.ts';
import { parseRfc3339 } from '../../../kernel/time/rfc3339.ts';
import { readOptions } from '../pipes/read-options.ts';
import type { Call, Program } from '../program.ts';
import { journalOf } from './journal.ts';
import { unitCalled, unitNames } from './units.ts';

const OPTIONS = {
  flags: 'xerkafqN',
  valued: 'unpoSUb',
  long: {
    unit: 'u',
    lines: 'n',
    'no-pager': 'N',
    priority: 'p',
    output: 'o',
    since: 'S',
    until: 'U',
    reverse: 'r',
    catalog: 'x',
    'pager-end': 'e',
    follow: 'f',
    all: 'a',
    quiet: 'q',
    'no-hostname': 'q',
  },
};

/** Levels that `-p` lets through besides those of errors. */
const LOW_PRIORITIES = new Set(['4', '5', '6', '7', 'warning', 'notice', 'info', 'debug']);

/** `journalctl -u kubelet`: all of it, however it was asked for in pages. */
export const journalctl: Program = {
  type: 'program',
  name: 'journalctl',
  isOfMachine: true,
  check(args) {
    const follow = args.find(({ text }) => /^-\w*f\w*$|^--follow$/.test(text) && !/^-u/.test(text));
    if (!follow) return undefined;
    const { offset, length } = follow;
    const hint = 'leave -f away: it shows what there is';
    return { code: 'notSimulated', message: 'journalctl does not follow here', hint, offset, length };
  },
  *run(call) {
    const { given, values, unknown } = readOptions(call.args, OPTIONS);
    if (unknown !== undefined) {
      call.write('stderr', `journalctl: unrecognized option '${unknown}'\n`);
      return { exitCode: 1 };
    }
    const asked = values.flatMap(([letter, value]) => (letter === 'u' ? [value] : []));
    const units = asked.length > 0 ? asked : unitNames;
    const isAll = !given.has('p') || LOW_PRIORITIES.has(given.get('p') ?? '');
    const from = timeOf(call, given.get('S')) ?? Number.NEGATIVE_INFINITY;
    const until = timeOf(call, given.get('U')) ?? Number.POSITIVE_INFINITY;
    const entries = units
      .flatMap((unit) => journalOf(call, call.machine ?? '', unitCalled(unit)?.name ?? ''))
      .filter(({ at, isError }) => (isAll || isError) && at >= from && at <= until)
      .sort((a, b) => a.at - b.at);
    const count = given.get('n');
    const kept = count === undefined || count === 'all' ? entries : entries.slice(-Number(count));
    const shown = given.has('r') ? [...kept].reverse() : kept;
    if (shown.length === 0) call.write('stdout', '-- No entries --\n');
    const isBare = given.get('o') === 'cat';
    for (const { text } of shown) call.write('stdout', `${isBare ? text.replace(/^.*?\]: /, '') : text}\n`);
    return { exitCode: 0 };
  },
};

const UNIT_MS: Readonly<Record<string, Millis>> = {
  s: SECOND,
  m: 60 * SECOND,
  h: 3600 * SECOND,
  d: 86_400 * SECOND,
};

/** `10 min ago`, `-1h`, `today`, `2026-01-01 00:00:05`. */
function timeOf({ now, view }: Call, text: string | undefined): Millis | undefined {
  if (text === undefined) return undefined;
  const span = /^-?(\d+)\s*([smhd])[a-z]*(?:\s+ago)?$/.exec(text);
  if (span) return now - Number(span[1]) * (UNIT_MS[span[2] ?? ''] ?? 0);
  if (text === 'now') return now;
  const { epochMs } = view.settings;
  if (text === 'today')
    return Math.floor((epochMs + now) / (UNIT_MS['d'] ?? 1)) * (UNIT_MS['d'] ?? 1) - epochMs;
  const date = parseRfc3339(`${text.includes(' ') ? text.replace(' ', 'T') : `${text}T00:00:00`}Z`);
  return date === undefined ? undefined : date - epochMs;
}
