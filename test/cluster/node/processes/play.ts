import type { NetworkAnswer, NetworkRequest } from '../../../../src/cluster/contract/network-request.ts';
import type { FileNode } from '../../../../src/cluster/node/images/file-node.ts';
import { imageBehaviour } from '../../../../src/cluster/node/images/image-behaviour.ts';
import type { ImageBehaviour } from '../../../../src/cluster/node/images/image-definition.ts';
import {
  type Advanced,
  advance,
  deliverAnswer,
  deliverInput,
  sendSignal,
} from '../../../../src/cluster/node/processes/advance.ts';
import {
  answerConnection,
  type Connection,
} from '../../../../src/cluster/node/processes/answer-connection.ts';
import { applyFileEffects } from '../../../../src/cluster/node/processes/apply-file-effects.ts';
import type { Effect, ProcessHost } from '../../../../src/cluster/node/processes/process-host.ts';
import type { Exit, ProcessState } from '../../../../src/cluster/node/processes/process-state.ts';
import type { SignalName } from '../../../../src/cluster/node/processes/signals.ts';
import { startProcess } from '../../../../src/cluster/node/processes/start-process.ts';

/** 2026-01-01T00:00:00Z */
export const EPOCH_MS = 1_767_225_600_000;

export const imageOf = (reference: string): ImageBehaviour => imageBehaviour(reference, {});

/** Something that happens to the process at a time. */
export type Happening =
  | { readonly atMs: number; readonly signal: SignalName }
  | { readonly atMs: number; readonly input: string; readonly ended: boolean }
  | { readonly atMs: number; readonly connection: Connection }
  | { readonly atMs: number; readonly answer: NetworkAnswer; readonly request: string }
  | { readonly atMs: number; readonly writes: Readonly<Record<string, string>> };

export interface Play {
  readonly argv: readonly string[];
  /** Default: busybox. */
  readonly image?: ImageBehaviour;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Texts of files that are there at the start, or whole nodes. */
  readonly files?: Readonly<Record<string, string | FileNode>>;
  readonly host?: Partial<ProcessHost>;
  readonly pid?: number;
  readonly hasInput?: boolean;
  readonly happens?: readonly Happening[];
  /** What comes back to a request, and after how long. */
  readonly answer?: (request: NetworkRequest) => { readonly afterMs: number; readonly answer: NetworkAnswer };
  /** Where the play ends if the process does not. */
  readonly untilMs?: number;
  /** Called with every state that is to be stored. */
  readonly store?: (state: ProcessState) => ProcessState;
}

export interface Played {
  readonly stdout: string;
  readonly stderr: string;
  /** `0.0 out text`: what was printed, when, in seconds. */
  readonly transcript: readonly string[];
  readonly exit?: Exit;
  readonly endedAt?: number;
  readonly files: Readonly<Record<string, FileNode>>;
  readonly effects: readonly Effect[];
  /** Answers to incoming connections, in order. */
  readonly answers: readonly NetworkAnswer[];
  readonly failed?: string;
  readonly state?: ProcessState;
  readonly advances: number;
}

const DEFAULT_UNTIL_MS = 3_600_000;

/** Plays a process over virtual time, jumping from one moment at which it has something to do to the next. */
export function play(script: string | Play): Played {
  const given: Play = typeof script === 'string' ? { argv: ['sh', '-c', script] } : script;
  const stage = new Map<'files', Readonly<Record<string, FileNode>>>([['files', filesOf(given.files ?? {})]]);
  const host = (): ProcessHost => hostOf(given, stage.get('files') ?? {});
  const { argv, env = {}, cwd = '/', pid = 1, hasInput = false } = given;
  const started = startProcess({ argv, env, cwd, host: host(), now: 0, pid, hasInput });
  const record = newRecord();
  if ('failed' in started) return { ...finished(record, host().files), failed: started.failed };
  const store = given.store ?? ((state) => state);
  const waiting = [...(given.happens ?? [])];
  let process = store(started);
  let now = 0;
  for (let advanced = advance(process, host(), now); ; ) {
    stage.set('files', applyFileEffects(host().files, advanced.effects));
    waiting.push(...take(record, given, advanced, now));
    process = store(advanced.process);
    const { exited, until } = advanced.wait;
    const isOver = exited !== undefined && Object.keys(process.tasks).length === 0;
    const next = Math.min(until ?? Number.POSITIVE_INFINITY, ...waiting.map(({ atMs }) => atMs));
    if (isOver || next > (given.untilMs ?? DEFAULT_UNTIL_MS)) {
      const end = exited ? { exit: exited, endedAt: now } : {};
      return { ...finished(record, host().files), ...end, state: process };
    }
    now = next;
    const index = waiting.findIndex(({ atMs }) => atMs === now);
    const happening = index >= 0 ? waiting.splice(index, 1)[0] : undefined;
    if (happening && 'writes' in happening)
      stage.set('files', { ...host().files, ...filesOf(happening.writes) });
    advanced = happen(record, process, happening, { host: host(), now });
  }
}

const filesOf = (files: Readonly<Record<string, string | FileNode>>): Readonly<Record<string, FileNode>> =>
  Object.fromEntries(
    Object.entries(files).map(([path, file]) => [
      path,
      typeof file === 'string' ? { kind: 'file', mode: 0o644, modifiedAt: 0, content: file } : file,
    ]),
  );

const hostOf = (given: Play, files: Readonly<Record<string, FileNode>>): ProcessHost => ({
  image: given.image ?? imageOf('busybox:1.36'),
  epochMs: EPOCH_MS,
  hostname: 'web-0',
  ip: '10.0.0.5',
  draw: (counter) => ((counter + 1) * 0.618_033_988) % 1,
  ...given.host,
  files,
});

interface Recorded {
  stdout: string;
  stderr: string;
  advances: number;
  readonly transcript: string[];
  readonly effects: Effect[];
  readonly answers: NetworkAnswer[];
}

const newRecord = (): Recorded => ({
  stdout: '',
  stderr: '',
  advances: 0,
  transcript: [],
  effects: [],
  answers: [],
});

const finished = (record: Recorded, files: Readonly<Record<string, FileNode>>): Played => ({
  ...record,
  files,
});

/** Notes what a process did; the answers to what it asked are still to happen. */
function take(record: Recorded, given: Play, advanced: Advanced, now: number): Happening[] {
  record.advances += 1;
  return advanced.effects.flatMap((effect): Happening[] => {
    record.effects.push(effect);
    if (effect.type === 'Printed') {
      record[effect.stream] += effect.text;
      const stream = effect.stream === 'stdout' ? 'out' : 'err';
      record.transcript.push(`${(now / 1000).toFixed(1)} ${stream} ${effect.text.trimEnd()}`);
    }
    const reply = effect.type === 'RequestSent' ? given.answer?.(effect.request) : undefined;
    if (effect.type !== 'RequestSent' || !reply) return [];
    return [{ atMs: now + reply.afterMs, request: effect.id, answer: reply.answer }];
  });
}

function happen(
  record: Recorded,
  process: ProcessState,
  happening: Happening | undefined,
  where: { readonly host: ProcessHost; readonly now: number },
): Advanced {
  if (!happening || 'writes' in happening) return advance(process, where.host, where.now);
  if ('signal' in happening) return sendSignal(process, happening.signal, where);
  if ('request' in happening) return deliverAnswer(process, happening, where);
  if ('input' in happening)
    return deliverInput(process, { text: happening.input, ended: happening.ended }, where);
  const answered = answerConnection(process, happening.connection, where);
  record.answers.push(answered.answer);
  return answered;
}
