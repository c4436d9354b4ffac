import type { Millis } from '../../../kernel/time/millis.ts';
import { type Advanced, advance } from '../processes/advance.ts';
import type { ProcessHost } from '../processes/process-host.ts';
import type { ProcessState } from '../processes/process-state.ts';
import { memoryExceedsAt } from '../processes/usage-of.ts';
import { waitOf } from '../processes/wait-of.ts';

/**
 * How far to look ahead: a loop of a few commands a second that shows nothing is written down every few
 * minutes, so that it never takes long to find out where it is.
 */
const MOVES_MAX = 200;

/** When a process next does something that shows outside of it, if it is left alone; undefined: never. */
export function nextDeedAt(process: ProcessState, host: ProcessHost, now: Millis): Millis | undefined {
  let state = process;
  let until = nextMoveAt(state, host, now);
  for (let moves = 0; until !== undefined && moves < MOVES_MAX; moves += 1) {
    if (until !== waitOf(state).until) return until;
    const advanced = advance(state, host, until);
    if (shows(advanced)) return until;
    state = advanced.process;
    until = nextMoveAt(state, host, until);
  }
  return until;
}

/** When it goes on, or has taken all the memory that it may have. */
export function nextMoveAt(process: ProcessState, host: ProcessHost, now: Millis): Millis | undefined {
  const { until } = waitOf(process);
  const bytes = host.limits?.memoryBytes;
  const fullAt = bytes === undefined ? undefined : memoryExceedsAt(process, host, { bytes, now });
  if (fullAt === undefined || until === undefined) return fullAt ?? until;
  return Math.min(fullAt, until);
}

/** The process just before a time up to which it does nothing that shows. */
export function processAt(process: ProcessState, host: ProcessHost, now: Millis): ProcessState {
  let state = process;
  for (let { until } = waitOf(state); until !== undefined && until < now; { until } = waitOf(state)) {
    state = advance(state, host, until).process;
  }
  return state;
}

/** Whether anybody else could tell that the process has gone on. */
export function shows({ effects, wait }: Advanced): boolean {
  return wait.exited !== undefined || effects.length > 0;
}
