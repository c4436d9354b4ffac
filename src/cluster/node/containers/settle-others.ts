import type { Millis } from '../../../kernel/time/millis.ts';
import type { View } from '../../contract/component.ts';
import type { Doing } from '../../contract/doing.ts';
import type { ContainerRow, ExecRow } from '../../contract/machine-rows.ts';
import type { ProcessState } from '../processes/process-state.ts';
import { waitOf } from '../processes/wait-of.ts';
import { hostOf } from './host-of.ts';
import { fileSystemsOf } from './places.ts';
import { processChange } from './process-change.ts';
import { processAt } from './run-ahead.ts';
import { runningIn } from './running.ts';

interface FileChange {
  readonly pod: string;
  readonly fileSystems: readonly string[];
  readonly now: Millis;
  /** Who changes the files: the ID of a container for its own process, or of an exec. */
  readonly by?: string;
}

/**
 * Before files change, the processes of the pod that see them are written down where they are: what they do
 * from now on may be something else, and those that wait for a file are to look.
 */
export function* settleOthers(view: View, change: FileChange): Doing<void> {
  for (const row of view.rows.rowsBy('containers', 'pod', change.pod)) {
    if (row.startedAt === undefined || row.exit || !sees(view, row, change)) continue;
    if (row.id !== change.by) yield* settle(view, row, change.now);
    for (const exec of view.rows.rowsBy('execs', 'container', row.id)) {
      if (exec.id !== change.by) yield* settleExec(view, { exec, row, now: change.now });
    }
  }
}

function sees(view: View, row: ContainerRow, { fileSystems }: FileChange): boolean {
  const own = fileSystemsOf(view, row);
  return fileSystems.some((fileSystem) => own.includes(fileSystem));
}

function* settle(view: View, row: ContainerRow, now: Millis): Doing<void> {
  const running = runningIn(view, row.id, now);
  if (!running) return;
  const { process, state } = running;
  if (!isAffected(state, process.until)) return;
  const { node, pod, id: container } = row;
  yield { type: 'ProcessAdvanced', node, pod, container, ...processChange(process.state, state), until: now };
}

interface ExecPlace {
  readonly exec: ExecRow;
  readonly row: ContainerRow;
  readonly now: Millis;
}

function* settleExec(view: View, { exec, row, now }: ExecPlace): Doing<void> {
  const host = hostOf(view, row, { id: exec.id, now });
  if (exec.state === undefined || exec.exitCode !== undefined || !host) return;
  const state = processAt(exec.state as ProcessState, host, now);
  if (!isAffected(state, exec.until)) return;
  const { id, node, pod } = exec;
  yield { type: 'ExecAdvanced', node, pod, exec: id, ...processChange(exec.state, state), until: now };
}

/** Where it would have gone on at that time whatever the files are, nothing needs to be thought of again. */
function isAffected(state: ProcessState, planned: Millis | undefined): boolean {
  const { until, files } = waitOf(state);
  return files !== undefined || until !== planned;
}
