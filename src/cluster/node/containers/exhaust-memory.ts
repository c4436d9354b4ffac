import type { Millis } from '../../../kernel/time/millis.ts';
import type { View } from '../../contract/component.ts';
import type { Doing } from '../../contract/doing.ts';
import type { ContainerRow } from '../../contract/machine-rows.ts';
import { inVersion, type Since } from '../../objects/versions.ts';
import { type Advanced, sendSignal } from '../processes/advance.ts';
import type { ProcessHost } from '../processes/process-host.ts';
import type { ProcessState } from '../processes/process-state.ts';
import { memoryExceedsAt, usageOf } from '../processes/usage-of.ts';
import type { Running } from './running.ts';

/**
 * Whether a container's processes are ended together (memory.oom.group). Kubelet 1.28:
 * kuberuntime_container_linux.go; recorded in 1.36.
 */
const ENDS_TOGETHER: Since<boolean> = [
  [20, false],
  [28, true],
];

/** The kernel ends a container that takes more memory than it may have. */
export function* endWhatTakesTooMuch(view: View, running: Running, now: Millis): Doing<void> {
  const { state, host, process, row } = running;
  if (process.signals.length > 0 || !takesTooMuch(state, host, now)) return;
  const { node, pod, id: container } = row;
  const pid = largestTask(state, host, now);
  const isOne = pid !== state.root && !endsTogether(view);
  yield { type: 'MemoryExhausted', node, pod, container, ...(isOne && pid !== undefined && { pid }) };
}

/** The same for a program that was started inside: the whole container ends with it, or the program alone. */
export function* endGreedyExec(
  view: View,
  row: ContainerRow,
  { state, host, now }: { readonly state: ProcessState; readonly host: ProcessHost; readonly now: Millis },
): Doing<Advanced | undefined> {
  if (!takesTooMuch(state, host, now)) return undefined;
  const { node, pod, id: container } = row;
  if (endsTogether(view)) yield { type: 'MemoryExhausted', node, pod, container };
  const pid = endsTogether(view) ? state.root : (largestTask(state, host, now) ?? state.root);
  return sendSignal(state, 'KILL', { host, now, pid });
}

function takesTooMuch(state: ProcessState, host: ProcessHost, now: Millis): boolean {
  const bytes = host.limits?.memoryBytes;
  return bytes !== undefined && memoryExceedsAt(state, host, { bytes, now }) === now;
}

function endsTogether({ settings }: View): boolean {
  return inVersion(ENDS_TOGETHER, settings.version);
}

function largestTask(process: ProcessState, host: ProcessHost, now: Millis): number | undefined {
  let largest: { readonly pid: number; readonly bytes: number } | undefined;
  for (const task of Object.values(process.tasks)) {
    const { memoryBytes: bytes } = usageOf({ ...process, tasks: { [task.pid]: task } }, host, now);
    if (!largest || bytes > largest.bytes) largest = { pid: task.pid, bytes };
  }
  return largest?.pid;
}
