import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { KubeObject } from '../../src/cluster/objects/kube-object.ts';
import type { Millis } from '../../src/kernel/time/millis.ts';

const root = fileURLToPath(new URL('../../../shared/groundtruth', import.meta.url));

/** Whether the recordings of real clusters lie beside the project. */
export const hasRecordings = existsSync(root);

/**
 * One play of a scenario, on a real cluster or on a simulated one: what was typed and printed, and what a
 * watch over everything reported. All times are milliseconds since its beginning.
 */
export interface Play {
  /** `v1.36/b1-liveness-exec`, … */
  readonly name: string;
  /** The minor version of Kubernetes. */
  readonly minor: number;
  readonly namespace: string;
  /** Milliseconds since 1970-01-01 at its beginning. */
  readonly startMs: number;
  /** Of its last command or change, whichever was later. */
  readonly endMs: Millis;
  readonly commands: readonly TypedCommand[];
  /** How long its watches reported. */
  readonly watchedMs: Millis;
  /** In the order of their revisions. */
  readonly changes: readonly WatchedChange[];
}

export interface Recording extends Play {
  /** The manifests that its commands use, by name. */
  readonly files: Readonly<Record<string, string>>;
}

export interface TypedCommand {
  /** Which of the recording's commands it is, from 0. */
  readonly index: number;
  readonly line: string;
  readonly beginMs: Millis;
  readonly endMs: Millis;
  readonly output: string;
  readonly exitCode: number;
}

export interface WatchedChange {
  readonly atMs: Millis;
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly object: KubeObject;
}

/** Their commands show restarts that their traces do not. */
const CUT_SHORT: readonly string[] = ['v1.20/b1-liveness-exec-solo'];

const read = new Map<string, Recording>();

/** A recording by its name (`v1.36/b1-liveness-exec`), read once. */
export function readRecording(name: string): Recording {
  const known = read.get(name);
  if (known) return known;
  const text = (file: string) => readFileSync(`${root}/${name}/${file}`, 'utf8');
  const { ns: namespace, start_ms: startMs } = JSON.parse(text('meta.json'));
  const manifests = readdirSync(`${root}/${name}`).filter((file) => file.endsWith('.yaml'));
  const { commands, endMs } = readCommands(text('commands.txt'));
  const changes = readTrace(text('trace.ndjson'));
  const lastChange = Math.max(...changes.map(({ atMs }) => atMs));
  const watchedMs = Math.max(endMs, lastChange);
  const recording: Recording = {
    name,
    minor: Number(/^v1\.(\d+)\//.exec(name)?.[1]),
    namespace,
    startMs,
    endMs: watchedMs,
    watchedMs: CUT_SHORT.includes(name) ? lastChange : watchedMs,
    commands,
    changes,
    files: Object.fromEntries(manifests.sort().map((file) => [file, text(file)])),
  };
  read.set(name, recording);
  return recording;
}

/** The beginning of a play. */
export function playUntil(ms: Millis, play: Play): Play {
  if (ms >= play.watchedMs) return play;
  return { ...play, watchedMs: ms, changes: play.changes.filter(({ atMs }) => atMs <= ms) };
}

/** Watches of different kinds arrive with different lags: the revision tells the true order. */
export function byRevision(changes: readonly WatchedChange[]): WatchedChange[] {
  const revision = ({ object }: WatchedChange) => Number(object.metadata.resourceVersion);
  return [...changes].sort((a, b) => revision(a) - revision(b));
}

function readTrace(text: string): WatchedChange[] {
  const lines = text.trimEnd().split('\n');
  const changes = lines.map((line): WatchedChange => {
    const { t_ms: atMs, type, object } = JSON.parse(line);
    return { atMs, type, object };
  });
  return byRevision(changes.filter(({ type }) => /^(ADDED|MODIFIED|DELETED)$/.test(type)));
}

const STAMP = /^\[t\+(\d+\.\d+)\] (.*)$/;

/**
 * `[t+s] $ command`, what it printed, `[t+s] (exit n)`; a remark behind the command says that each line of
 * the output bears a stamp of its own.
 */
function readCommands(text: string): { commands: TypedCommand[]; endMs: Millis } {
  const commands: TypedCommand[] = [];
  let endMs = 0;
  let open: { line: string; beginMs: Millis; output: string[] } | undefined;
  for (const line of text.split('\n')) {
    const [, seconds = '', rest = ''] = STAMP.exec(line) ?? [];
    const atMs = Math.round(Number(seconds) * 1000);
    const exitCode = /^\(exit (\d+)\)$/.exec(rest)?.[1];
    if (rest.startsWith('$ ')) {
      open = { line: rest.slice(2).replace(/\s+# .*$/, ''), beginMs: atMs, output: [] };
    } else if (open && exitCode !== undefined) {
      const output = open.output.map((one) => `${one}\n`).join('');
      commands.push({ ...open, index: commands.length, endMs: atMs, output, exitCode: Number(exitCode) });
      open = undefined;
    } else if (open) {
      open.output.push(seconds === '' ? line : rest);
    } else if (rest === 'END') {
      endMs = atMs;
    }
  }
  return { commands, endMs };
}
