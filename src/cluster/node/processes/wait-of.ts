import type { Millis } from '../../../kernel/time/millis.ts';
import type { Exit, ProcessState } from './process-state.ts';

/** What a process waits for. Where nothing is named it waits for ever, or until a signal comes. */
export interface Wait {
  /** The first process has ended. What an exec has left in the background may still wait for the rest. */
  readonly exited?: Exit;
  /** It must be advanced at this time. */
  readonly until?: Millis;
  /** Requests without which it does not go on. */
  readonly answers?: readonly string[];
  /** It must be advanced when one of these files has changed. */
  readonly files?: readonly string[];
  /** It reads its standard input. */
  readonly input?: true;
}

/** Follows from the state alone. */
export function waitOf(process: ProcessState): Wait {
  let until: Millis | undefined;
  const answers: string[] = [];
  const files: string[] = [];
  let input = false;
  for (const pid in process.tasks) {
    const task = process.tasks[pid];
    if (!task || task.stopped) continue;
    const { wait } = task;
    if (wait?.until !== undefined && (until === undefined || wait.until < until)) until = wait.until;
    if (wait?.answer !== undefined) answers.push(wait.answer);
    if (wait?.files) files.push(...wait.files);
    if (wait?.readable === 'in') input = true;
  }
  return {
    ...(process.exit && { exited: process.exit }),
    ...(until !== undefined && { until }),
    ...(answers.length > 0 && { answers }),
    ...(files.length > 0 && { files }),
    ...(input && { input }),
  };
}
