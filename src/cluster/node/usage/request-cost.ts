import { chooseAnswer, listenerOn } from '../images/program-behaviour.ts';
import { definitionOf } from '../processes/machine/definition-of.ts';
import type { ProcessHost } from '../processes/process-host.ts';
import type { ProcessState, ProgramTask } from '../processes/process-state.ts';
import { contextIn } from '../processes/usage-of.ts';

/** What is asked of a program that listens. */
export interface Asked {
  readonly port: number;
  readonly method: string;
  readonly path: string;
}

/** Milliseconds of one processor that the answer to a request takes, of whatever listens there. */
export function requestCost(
  process: ProcessState,
  host: ProcessHost,
  { asked, now }: { readonly asked: Asked; readonly now: number },
): number {
  for (const task of Object.values(process.tasks)) {
    if (task.kind !== 'program') continue;
    const cost = costAt(process, host, { task, asked, now });
    if (cost !== undefined) return cost;
  }
  return 0;
}

interface Listening {
  readonly task: ProgramTask;
  readonly asked: Asked;
  readonly now: number;
}

function costAt(
  process: ProcessState,
  host: ProcessHost,
  { task, asked: { port, method, path }, now }: Listening,
): number | undefined {
  const program = definitionOf(host.image, task);
  const sinceMs = now - task.startedAt;
  const listener = listenerOn(program, contextIn(process, host, task), { port, sinceMs });
  if (!listener) return undefined;
  const { cpuMs } = chooseAnswer(listener, { method, path }, { sinceMs, request: 1 });
  return cpuMs ?? program.cpuPerRequestMs ?? 0;
}
