import { type Millis, SECOND } from '../../../kernel/time/millis.ts';
import { parseRfc3339 } from '../../../kernel/time/rfc3339.ts';
import { readOptions } from '../pipes/read-options.ts';
import type { Call, Outcome, Program } from '../program.ts';
import { type JournalEntry, journalOf } from './journal.ts';
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

/** `journalctl -u kubelet`: all of it, however it was asked for in pages; or what comes, with -f. */
export const journalctl: Program = {
  type: 'program',
  name: 'journalctl',
  isOfMachine: true,
  *run(call) {
    yield* [];
    const { given, values, unknown } = readOptions(call.args, OPTIONS);
    if (unknown !== undefined) {
      call.write('stderr', `journalctl: unrecognized option '${unknown}'\n`);
      return { exitCode: 1 };
    }
    const asked = values.flatMap(([letter, value]) => (letter === 'u' ? [value] : []));
    const wanted: Wanted = {
      units: asked.length > 0 ? asked : unitNames,
      isAll: !given.has('p') || LOW_PRIORITIES.has(given.get('p') ?? ''),
      from: timeOf(call, given.get('S')) ?? Number.NEGATIVE_INFINITY,
      until: timeOf(call, given.get('U')) ?? Number.POSITIVE_INFINITY,
      isBare: given.get('o') === 'cat',
    };
    if (given.has('f')) return follow(call, wanted, given.get('n'));
    const entries = entriesOf(call, wanted);
    const count = given.get('n');
    const kept = count === undefined || count === 'all' ? entries : lastOf(entries, Number(count));
    const shown = given.has('r') ? [...kept].reverse() : kept;
    if (shown.length === 0) call.write('stdout', '-- No entries --\n');
    show(call, wanted, shown);
    return { exitCode: 0 };
  },
};

interface Wanted {
  readonly units: readonly string[];
  /** Not only errors. */
  readonly isAll: boolean;
  readonly from: Millis;
  readonly until: Millis;
  /** Messages alone. */
  readonly isBare: boolean;
}

function entriesOf(call: Call, { units, isAll, from, until }: Wanted): readonly JournalEntry[] {
  return units
    .flatMap((unit) => journalOf(call, call.machine ?? '', unitCalled(unit)?.name ?? ''))
    .filter(({ at, isError }) => (isAll || isError) && at >= from && at <= until)
    .sort((a, b) => a.at - b.at);
}

function lastOf(entries: readonly JournalEntry[], count: number): readonly JournalEntry[] {
  return count === 0 ? [] : entries.slice(-count);
}

function show(call: Call, { isBare }: Wanted, entries: readonly JournalEntry[]): void {
  for (const { text } of entries) call.write('stdout', `${isBare ? text.replace(/^.*?\]: /, '') : text}\n`);
}

/** So many lines are shown before what comes (journalctl(1), --follow). */
const BEFORE = 10;
const LOOKS_EVERY_MS = SECOND;
/** What stands in the way now is said again so often. */
const REPEATED_MS = 10 * SECOND;

/** What has been shown: up to when, and since when what lasts has not been repeated. */
interface Following {
  readonly shownTo: Millis;
  readonly repeatedAt: Millis;
}

function follow(call: Call, wanted: Wanted, count: string | undefined): Outcome {
  const { now } = call;
  const memory = call.memory as Following | undefined;
  const entries = entriesOf(call, wanted);
  const repeats = !memory || now - memory.repeatedAt >= REPEATED_MS;
  const fresh = memory
    ? entries.filter(({ at }) => at > memory.shownTo && (at < now || repeats))
    : lastOf(entries, count === undefined ? BEFORE : count === 'all' ? entries.length : Number(count));
  show(call, wanted, fresh);
  const next: Following = { shownTo: now, repeatedAt: repeats ? now : memory.repeatedAt };
  return { pause: { memory: { ...next }, wakeAt: now + LOOKS_EVERY_MS } };
}

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
