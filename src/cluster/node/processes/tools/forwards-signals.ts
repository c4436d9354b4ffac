import type { ToolTask } from '../process-state.ts';
import type { SignalName } from '../signals.ts';

/**
 * The child to which a tool hands signals on: an init for containers to its program, `timeout` what ends it.
 */
export function forwardsSignals(task: ToolTask, signal: SignalName): number | undefined {
  const { memory } = task;
  if (typeof memory !== 'object' || memory === null || Array.isArray(memory)) return undefined;
  const child = memory['child'];
  if (typeof child !== 'number') return undefined;
  if (task.tool === 'tini' || task.tool === 'dumb-init') return signal === 'CHLD' ? undefined : child;
  return undefined;
}
