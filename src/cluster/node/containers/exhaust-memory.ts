import type { Millis } from '../../../kernel/time/millis.ts';
import type { View } from '../../contract/component.ts';
import { inVersion, type Since } from '../../objects/versions.ts';
import type { Doing } from '../doing.ts';
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
  const bytes = host.limits?.memoryBytes;
  if (bytes === undefined || process.signals.length > 0) return;
  if (memoryExceedsAt(state, host, { bytes, now }) !== now) return;
  const { node, pod, id: container } = row;
  const pid = largestTask(state, host, now);
  const isOne = pid !== state.root && !inVersion(ENDS_TOGETHER, view.settings.version);
  yield { type: 'MemoryExhausted', node, pod, container, ...(isOne && pid !== undefined && { pid }) };
}

function largestTask(process: ProcessState, host: ProcessHost, now: Millis): number | undefined {
  let largest: { readonly pid: number; readonly bytes: number } | undefined;
  for (const task of Object.values(process.tasks)) {
    const { memoryBytes: bytes } = usageOf({ ...process, tasks: { [task.pid]: task } }, host, now);
    if (!largest || bytes > largest.bytes) largest = { pid: task.pid, bytes };
  }
  return largest?.pid;
}
