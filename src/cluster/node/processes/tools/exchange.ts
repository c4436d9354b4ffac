import type { NetworkAnswer, NetworkRequest } from '../../../contract/network-request.ts';
import { newId } from '../machine/machine.ts';
import type { Json } from '../process-state.ts';
import type { ToolIo, ToolOutcome } from './tool.ts';

/** What a tool remembers of a request under way. */
export interface ExchangeMemory {
  readonly request: string;
  readonly sentAt: number;
  readonly until?: number;
}

/**
 * Sends a request; its answer comes when the tool is run again. `kept` is what the tool remembers besides.
 */
export function send(
  io: ToolIo,
  request: NetworkRequest,
  kept: Readonly<Record<string, Json>> = {},
): ToolOutcome {
  const id = String(newId(io.machine));
  io.machine.effects.push({ type: 'RequestSent', id, request });
  const until = request.timeoutMs !== undefined ? io.now + request.timeoutMs : undefined;
  return {
    wait: { answer: id, ...(until !== undefined && { until }) },
    memory: { ...kept, request: id, sentAt: io.now, ...(until !== undefined && { until }) },
  };
}

/**
 * What became of the request: an answer, `late` when the tool has waited long enough, undefined while it
 * waits.
 */
export function received(io: ToolIo, memory: ExchangeMemory): NetworkAnswer | 'late' | undefined {
  const { answer } = io.task;
  delete io.task.answer;
  if (answer) return answer;
  return memory.until !== undefined && io.now >= memory.until ? 'late' : undefined;
}

export const waitOn = (memory: ExchangeMemory & Readonly<Record<string, Json>>): ToolOutcome => ({
  wait: { answer: memory.request, ...(memory.until !== undefined && { until: memory.until }) },
  memory: { ...memory },
});
