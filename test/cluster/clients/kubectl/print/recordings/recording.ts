import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { KubeObject } from '../../../../../../src/cluster/objects/kube-object.ts';

const root = fileURLToPath(new URL('../../../../../../../shared/groundtruth', import.meta.url));

/** Whether the recordings of real clusters lie beside the project. */
export const hasRecordings = existsSync(root);

/** One scenario played on a real cluster, as its watches saw it and as its commands printed it. */
export interface Recording {
  readonly name: string;
  readonly version: { readonly minor: number; readonly patch: number };
  readonly namespace: string;
  /** Milliseconds since 1970-01-01 at its beginning; all other times are milliseconds since then. */
  readonly startMs: number;
  readonly commands: readonly RecordedCommand[];
  readonly changes: readonly RecordedChange[];
  /** When the store was saved, and when what had been saved was put in its place. */
  readonly restore?: { readonly savedMs: number; readonly restoredMs: number };
  /** When the last command before the end was done, and when the recording ended. */
  readonly lastMs: number;
  readonly endMs: number;
  /** What `final.txt` holds, by command. It was written in between. */
  readonly final: ReadonlyMap<string, string>;
}

export interface RecordedCommand {
  readonly line: string;
  readonly beginMs: number;
  readonly endMs: number;
  readonly output: string;
}

export interface RecordedChange {
  readonly atMs: number;
  readonly type: string;
  readonly object: KubeObject;
}

/** `v1.36/a1-rolling-update-solo`, … */
export function recordingNames(): string[] {
  return ['v1.36', 'v1.20'].flatMap((version) =>
    readdirSync(`${root}/${version}`, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => `${version}/${name}`)
      .sort(),
  );
}

export function readRecording(name: string): Recording {
  const read = (file: string) => readFileSync(`${root}/${name}/${file}`, 'utf8');
  const { ns, start_ms: startMs } = JSON.parse(read('meta.json')) as { ns: string; start_ms: number };
  const changes = read('trace.ndjson')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { t_ms: number; type: string; object: KubeObject })
    .map(({ t_ms: atMs, type, object }) => ({ atMs, type, object }));
  const text = read('commands.txt');
  const commands = readCommands(text);
  const savedMs = commands.find(({ line }) => / snapshot save /.test(line))?.endMs;
  const restoredMs = /^\[t\+(\d+\.\d+)\] # etcd started on restored/m.exec(text)?.[1];
  const endMs = Math.round(Number(/^\[t\+(\d+\.\d+)\] END/m.exec(text)?.[1] ?? 0) * 1000);
  const isRestored = savedMs !== undefined && restoredMs !== undefined;
  return {
    name,
    version: name.startsWith('v1.36/') ? { minor: 36, patch: 2 } : { minor: 20, patch: 2 },
    namespace: ns,
    startMs,
    commands,
    changes,
    lastMs: Math.max(0, ...commands.map((command) => command.endMs).filter((atMs) => atMs <= endMs)),
    endMs,
    ...(isRestored ? { restore: { savedMs, restoredMs: Number(restoredMs) * 1000 } } : {}),
    final: readFinal(read('final.txt')),
  };
}

const STAMP = /^\[t\+(\d+\.\d+)\] (.*)$/;

function readCommands(text: string): RecordedCommand[] {
  const commands: RecordedCommand[] = [];
  let open: { line: string; beginMs: number; output: string[] } | undefined;
  for (const line of text.split('\n')) {
    const [, seconds, rest = ''] = STAMP.exec(line) ?? [];
    const atMs = Math.round(Number(seconds) * 1000);
    if (seconds !== undefined && rest.startsWith('$ ')) {
      open = { line: rest.slice(2), beginMs: atMs, output: [] };
    } else if (open && seconds !== undefined && /^\(exit \d+\)$/.test(rest)) {
      commands.push({ ...open, endMs: atMs, output: open.output.map((one) => `${one}\n`).join('') });
      open = undefined;
    } else {
      open?.output.push(line);
    }
  }
  return commands;
}

function readFinal(text: string): Map<string, string> {
  const sections = text.split(/^\$ /m).slice(1);
  return new Map(
    sections.map((section) => {
      const lineEnd = section.indexOf('\n');
      return [section.slice(0, lineEnd), section.slice(lineEnd + 1)];
    }),
  );
}
