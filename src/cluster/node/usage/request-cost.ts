import { derived } from '../../objects/derived.ts';
import { chooseAnswer, listenerOn } from '../images/program-behaviour.ts';
import type { ProgramDefinition } from '../images/program-definition.ts';
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
  const programs = Object.values(process.tasks).filter((task) => task.kind === 'program');
  // Most programs answer for nothing, and each probe asks.
  if (!programs.some((task) => takesProcessors(definitionOf(host.image, task)))) return 0;
  for (const task of programs) {
    const cost = costAt(process, host, { task, asked, now });
    if (cost !== undefined) return cost;
  }
  return 0;
}

/** Whether any answer of a program takes a processor's time. */
const takesProcessors = derived(
  ({ cpuPerRequestMs = 0, listens = [] }: ProgramDefinition): boolean =>
    cpuPerRequestMs > 0 || listens.some(({ answers = [] }) => answers.some(({ cpuMs = 0 }) => cpuMs > 0)),
);

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
