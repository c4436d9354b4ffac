import type { ListedProcess } from './process-host.ts';
import type { ProcessState } from './process-state.ts';

/** The processes of a state as `ps` shows them. */
export function listProcesses(state: ProcessState): ListedProcess[] {
  return Object.values(state.tasks).map(({ pid, parent, argv, startedAt }) => ({
    pid,
    parent: pid === state.root ? 0 : parent,
    command: argv.join(' '),
    startedAt,
  }));
}
