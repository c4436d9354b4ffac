import type { Millis } from '../../../kernel/time/millis.ts';
import type { View } from '../../contract/component.ts';
import type { ContainerRow, ExecRow } from '../../contract/machine-rows.ts';
import type { Doing } from '../doing.ts';
import type { ProcessState } from '../processes/process-state.ts';
import { waitOf } from '../processes/wait-of.ts';
import { fileSystemsOf } from './places.ts';
import { processChange } from './process-change.ts';
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
      if (exec.id !== change.by) yield* wake(exec, change.now);
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
  const { until, files } = waitOf(state);
  // Where it would have gone on at that time whatever the files are, nothing needs to be thought of again.
  if (!files && until === process.until) return;
  const { node, pod, id: container } = row;
  yield { type: 'ProcessAdvanced', node, pod, container, ...processChange(process.state, state), until: now };
}

function* wake({ id, node, pod, state, exitCode }: ExecRow, now: Millis): Doing<void> {
  if (state === undefined || exitCode !== undefined || !waitOf(state as ProcessState).files) return;
  yield { type: 'ExecAdvanced', node, pod, exec: id, until: now };
}
