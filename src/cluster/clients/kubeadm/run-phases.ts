import { drawWhole } from '../../../kernel/chance/draw.ts';
import type { Millis } from '../../../kernel/time/millis.ts';
import type { Doing } from '../../contract/doing.ts';
import type { KubeVersion } from '../../objects/versions.ts';
import { packageVersion } from '../../world/installs.ts';
import type { Call, Ended, LeftFile, Outcome, Watched } from '../program.ts';
import type { Flags } from './flags.ts';

/** A kubeadm that runs on a machine, in one of its phases. */
export interface Run {
  readonly call: Call;
  readonly node: string;
  readonly flags: Flags;
  /** Its own. */
  readonly version: KubeVersion;
  /** When the phase began. */
  readonly since: Millis;
  /** What phases leave to later ones. */
  readonly notes: Record<string, string>;
  /** The first look at the phase: what it says, it says once. */
  readonly isFirst: boolean;
  /** Files to be written when this look ends. */
  readonly written: LeftFile[];
  say(line: string): void;
}

/** A phase is over, or waits, or everything is: with an error that is said, or a code. */
export type PhaseEnd =
  | 'done'
  | { readonly until?: Millis; readonly watches?: readonly Watched[] }
  | { readonly error: string; readonly exitCode?: number };

export type Phase = (run: Run) => Doing<PhaseEnd>;

interface Memory {
  readonly phase: number;
  readonly since: Millis;
  readonly isOpen: boolean;
  readonly notes: Readonly<Record<string, string>>;
}

/** Goes through the phases of a command, as far as it gets at this look. */
export function* runPhases(call: Call, flags: Flags, phases: readonly Phase[]): Doing<Outcome> {
  const { now, write, machine: node = '', view } = call;
  let memory = (call.memory as Memory | undefined) ?? { phase: 0, since: now, isOpen: false, notes: {} };
  const written: LeftFile[] = [];
  for (let phase = phases[memory.phase]; phase; phase = phases[memory.phase]) {
    const notes = { ...memory.notes };
    const version = packageVersion(view.rows, view.settings, { node, name: 'kubeadm' });
    const { since, isOpen } = memory;
    const say = (line: string): void => write('stdout', `${line}\n`);
    const end = yield* phase({ call, node, flags, version, since, notes, isFirst: !isOpen, written, say });
    if (end === 'done') {
      memory = { phase: memory.phase + 1, since: now, isOpen: false, notes };
      continue;
    }
    if ('error' in end) return { ...failed(call, end.error, end.exitCode), written: inFolders(written) };
    for (const left of written) yield* leftOn(call, left);
    const { until, watches } = end;
    return {
      pause: {
        memory: { ...memory, isOpen: true, notes },
        ...(until === undefined ? {} : { wakeAt: until }),
        ...(watches === undefined ? {} : { watches }),
      },
    };
  }
  return { exitCode: 0, written: inFolders(written) };
}

/** kubeadm makes the folders that it writes into. */
function inFolders(written: readonly LeftFile[]): readonly LeftFile[] {
  return written.map((left) => ({ ...left, makesFolders: true }));
}

/** A file that has to be there before the command goes on. */
function* leftOn({ machine = '', now }: Call, { path, text, kind, mode = 0o644 }: LeftFile): Doing<void> {
  const fileSystem = `host/${machine}`;
  const place = { type: 'FileWritten' as const, node: machine, fileSystem, path, modifiedAt: now };
  if (kind === 'removed') yield { ...place, kind, mode: 0 };
  else if (kind === 'directory') yield { ...place, kind, mode };
  else yield { ...place, kind: 'file', content: text, mode };
}

/** kubeadm: util/error.go. */
export function failed({ write }: Call, error: string, exitCode = 1): Ended {
  write('stderr', `${error}\nTo see the stack trace of this error execute with --v=5 or higher\n`);
  return { exitCode };
}

/** Lets the time pass that something takes. */
export function taking([low, high]: readonly [Millis, Millis], what: string): Phase {
  return function* ({ call, since }) {
    yield* [];
    const { view, now } = call;
    const until = since + drawWhole(view.chance, low, high, 'kubeadm', what, call.command, call.instance);
    return now >= until ? 'done' : { until };
  };
}
