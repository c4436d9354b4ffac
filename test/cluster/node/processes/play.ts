import type { FileNode } from '../../../../src/cluster/node/images/file-node.ts';
import type { ImageBehaviour } from '../../../../src/cluster/node/images/image-definition.ts';
import {
  type Advanced,
  advance,
  deliverAnswer,
  sendSignal,
} from '../../../../src/cluster/node/processes/advance.ts';
import { applyFileEffects } from '../../../../src/cluster/node/processes/apply-file-effects.ts';
import type {
  NetworkAnswer,
  NetworkRequest,
} from '../../../../src/cluster/node/processes/network-request.ts';
import type { Effect, ProcessHost } from '../../../../src/cluster/node/processes/process-host.ts';
import type { Exit, ProcessState } from '../../../../src/cluster/node/processes/process-state.ts';
import type { SignalName } from '../../../../src/cluster/node/processes/signals.ts';
import { startProcess } from '../../../../src/cluster/node/processes/start-process.ts';

/** 2026-01-01T00:00:00Z */
export const EPOCH_MS = 1_767_225_600_000;

export const busyboxImage: ImageBehaviour = {
  reference: 'busybox:1.36',
  name: 'docker.io/library/busybox:1.36',
  sizeBytes: 2_200_000,
  entrypoint: [],
  cmd: ['sh'],
  env: {},
  uid: 0,
  workingDir: '/',
  userland: 'busybox',
  commands: [],
  programs: {},
  files: {},
};

export interface Play {
  readonly argv: readonly string[];
  readonly image?: ImageBehaviour;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Texts of files that are there at the start, or whole nodes. */
  readonly files?: Readonly<Record<string, string | FileNode>>;
  readonly host?: Partial<ProcessHost>;
  readonly pid?: number;
  /** Signals by the time at which they come. */
  readonly signals?: readonly (readonly [atMs: number, signal: SignalName])[];
  readonly answer?: (
    request: NetworkRequest,
  ) => { readonly afterMs: number; readonly answer: NetworkAnswer } | undefined;
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
  readonly failed?: string;
  readonly state?: ProcessState;
  readonly advances: number;
}

/** Plays a process over virtual time, jumping from one moment at which it has something to do to the next. */
export function play(script: string | Play): Played {
  const given: Play = typeof script === 'string' ? { argv: ['sh', '-c', script] } : script;
  const stage = stageOf(given);
  const started = startProcess({
    argv: given.argv,
    env: given.env ?? {},
    cwd: given.cwd ?? '/',
    host: stage.host(),
    now: 0,
    ...(given.pid !== undefined && { pid: given.pid }),
  });
  if ('failed' in started) return { ...stage.played(), failed: started.failed };
  return stage.run(started);
}

const fileOf = (file: string | FileNode): FileNode =>
  typeof file === 'string' ? { kind: 'file', mode: 0o644, modifiedAt: 0, content: file } : file;

function stageOf(given: Play) {
  let files: Readonly<Record<string, FileNode>> = Object.fromEntries(
    Object.entries(given.files ?? {}).map(([path, file]) => [path, fileOf(file)]),
  );
  const effects: Effect[] = [];
  const transcript: string[] = [];
  const answers: { at: number; request: string; answer: NetworkAnswer }[] = [];
  const signals = [...(given.signals ?? [])];
  const printed = { stdout: '', stderr: '' };
  let advances = 0;
  const host = (): ProcessHost => ({
    image: given.image ?? busyboxImage,
    epochMs: EPOCH_MS,
    hostname: 'web-0',
    draw: (counter) => ((counter + 1) * 0.618_033_988) % 1,
    ...given.host,
    files,
  });
  const take = (advanced: Advanced, now: number): void => {
    advances += 1;
    files = applyFileEffects(files, advanced.effects);
    for (const effect of advanced.effects) {
      effects.push(effect);
      if (effect.type === 'Printed') {
        printed[effect.stream] += effect.text;
        transcript.push(
          `${(now / 1000).toFixed(1)} ${effect.stream === 'stdout' ? 'out' : 'err'} ${effect.text.trimEnd()}`,
        );
      }
      const reply = effect.type === 'RequestSent' ? given.answer?.(effect.request) : undefined;
      if (effect.type === 'RequestSent' && reply)
        answers.push({ at: now + reply.afterMs, request: effect.id, answer: reply.answer });
    }
  };
  const played = (exit?: Exit, endedAt?: number, state?: ProcessState): Played => ({
    ...printed,
    transcript,
    files,
    effects,
    advances,
    ...(exit && { exit }),
    ...(endedAt !== undefined && { endedAt }),
    ...(state && { state }),
  });
  const run = (started: ProcessState): Played => {
    const store = given.store ?? ((state) => state);
    let process = store(started);
    let now = 0;
    for (let advanced = advance(process, host(), now); ; ) {
      take(advanced, now);
      process = store(advanced.process);
      const { exited, until } = advanced.wait;
      if (exited && Object.keys(process.tasks).length === 0) return played(exited, now, process);
      const moments = [until, signals[0]?.[0], ...answers.map(({ at }) => at)].filter(
        (at) => at !== undefined,
      );
      const next = Math.min(...moments);
      if (moments.length === 0 || next > (given.untilMs ?? 3_600_000))
        return played(exited, exited && now, process);
      now = next;
      const signal = signals[0]?.[0] === now ? signals.shift() : undefined;
      const answer = answers.findIndex(({ at }) => at === now);
      if (signal) advanced = sendSignal(process, signal[1], { host: host(), now });
      else if (answer >= 0) {
        const [found] = answers.splice(answer, 1);
        advanced = found
          ? deliverAnswer(process, found, { host: host(), now })
          : advance(process, host(), now);
      } else advanced = advance(process, host(), now);
    }
  };
  return { host, played, run };
}
