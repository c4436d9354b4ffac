import type { Millis } from '../../../kernel/time/millis.ts';
import { advance, type Advanced as Ran, sendSignal } from '../processes/advance.ts';
import type { Effect, ProcessHost } from '../processes/process-host.ts';
import type { ProcessState } from '../processes/process-state.ts';
import { signalOf } from '../processes/signals.ts';
import { startProcess } from '../processes/start-process.ts';

export interface ProgramSpec {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly workingDir?: string;
  readonly isPid1: boolean;
}

export interface Advanced {
  readonly state: unknown;
  readonly effects: readonly Effect[];
  readonly until?: Millis;
  readonly exit?: { readonly code: number; readonly reason?: string };
}

const RUNTIME =
  'failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: ' +
  'unable to start container process';

/** Pids of programs that are started beside a container's own: probes, hooks, `kubectl exec`. */
const FIRST_OTHER_PID = 1000;

/** Begins a program; a failure is what the runtime says of it. */
export function beginProgram(
  host: ProcessHost,
  { argv, env, workingDir = '/', isPid1 }: ProgramSpec,
  now: Millis,
): { state: unknown } | { failure: string } {
  const started = startProcess({ argv, env, cwd: workingDir, host, now, pid: isPid1 ? 1 : FIRST_OTHER_PID });
  return 'failed' in started ? { failure: `${RUNTIME}: ${started.failed}` } : { state: started };
}

export function advanceProgram(host: ProcessHost, before: unknown, now: Millis): Advanced {
  return advancedOf(advance(before as ProcessState, host, now));
}

export function signalProgram(host: ProcessHost, before: unknown, signal: string, now: Millis): Advanced {
  const known = signalOf(signal);
  if (!known) return { state: before, effects: [] };
  return advancedOf(sendSignal(before as ProcessState, known, { host, now }));
}

function advancedOf({ process, effects, wait }: Ran): Advanced {
  const { until, exited } = wait;
  return {
    state: process,
    effects,
    ...(until !== undefined && { until }),
    ...(exited && { exit: { code: exited.code, ...(exited.reason && { reason: exited.reason }) } }),
  };
}
