import type { Millis } from '../../../kernel/time/millis.ts';
import { memoryAt, memoryTimes, type ProgramContext } from '../images/program-behaviour.ts';
import type { ProgramDefinition } from '../images/program-definition.ts';
import { definitionOf } from './machine/definition-of.ts';
import type { ProcessHost } from './process-host.ts';
import type { ProcessState, ProgramTask, Task } from './process-state.ts';

/** What a process takes of its machine while it waits. */
export interface Usage {
  /** Processors kept busy. */
  readonly cpus: number;
  readonly memoryBytes: number;
}

export function usageOf(process: ProcessState, host: ProcessHost, now: Millis): Usage {
  let cpus = 0;
  for (const pid in process.tasks) {
    const task = process.tasks[pid];
    if (task && !task.stopped) cpus += task.wait?.cpus ?? 0;
  }
  return { cpus, memoryBytes: memoryOf(process, host, now) };
}

/** When it first takes more than so many bytes if it is left alone, not before `now`; undefined: never. */
export function memoryExceedsAt(
  process: ProcessState,
  host: ProcessHost,
  { bytes, now }: { readonly bytes: number; readonly now: Millis },
): Millis | undefined {
  const total = (at: Millis): number => memoryOf(process, host, at);
  return firstAbove(bytes, { total, bends: bendsAfter(process, host, now), now });
}

interface Course {
  readonly total: (at: Millis) => number;
  /** Between these times the total is a straight line; ascending. */
  readonly bends: readonly Millis[];
  readonly now: Millis;
}

/** When something first is above a number of bytes, not before `now`; undefined: never. */
export function firstAbove(bytes: number, { total, bends, now }: Course): Millis | undefined {
  if (total(now) > bytes) return now;
  let from = now;
  for (const to of [...bends, Number.POSITIVE_INFINITY]) {
    const last = to === Number.POSITIVE_INFINITY ? from + 1000 : to;
    const perMs = (total(last) - total(from)) / (last - from);
    const reached =
      perMs > 0 ? from + Math.floor((bytes - total(from)) / perMs) + 1 : Number.POSITIVE_INFINITY;
    if (reached <= to && reached !== Number.POSITIVE_INFINITY) return reached;
    from = to;
  }
  return undefined;
}

/** Of a shell or a small tool. */
const SMALL_BYTES = 400 << 10;

function memoryOf(process: ProcessState, host: ProcessHost, now: Millis): number {
  let bytes = 0;
  for (const pid in process.tasks) {
    const task = process.tasks[pid];
    if (task) bytes += memoryOfTask(process, host, task, now);
  }
  return bytes;
}

function memoryOfTask(process: ProcessState, host: ProcessHost, task: Task, now: Millis): number {
  if (task.kind !== 'program') {
    const { growing } = task.wait ?? {};
    return SMALL_BYTES + (growing ? Math.max(0, now - growing.since) * (growing.bytesPerSecond / 1000) : 0);
  }
  const { definition, context } = programOf(process, host, task);
  return memoryAt(definition, context, now - task.startedAt);
}

function programOf(
  process: ProcessState,
  host: ProcessHost,
  task: ProgramTask,
): { readonly definition: ProgramDefinition; readonly context: ProgramContext } {
  return { definition: definitionOf(host.image, task), context: contextIn(process, host, task) };
}

/** What a program of a process goes by. */
export function contextIn(
  { env }: ProcessState,
  { hostname, declaredPorts = [] }: ProcessHost,
  { argv }: ProgramTask,
): ProgramContext {
  return { argv, env, hostname, declaredPorts };
}

/** The most that it will take if it is left alone; infinite where it grows on. */
export function peakMemory(process: ProcessState, host: ProcessHost): number {
  let bytes = 0;
  for (const task of Object.values(process.tasks)) {
    if (task.kind === 'program') {
      const { definition, context } = programOf(process, host, task);
      const ends = [0, ...memoryTimes(definition)].map((time) => memoryAt(definition, context, time));
      bytes += Math.max(...ends);
    } else bytes += task.wait?.growing ? Number.POSITIVE_INFINITY : SMALL_BYTES;
  }
  return bytes;
}

export function bendsAfter(process: ProcessState, host: ProcessHost, now: Millis): Millis[] {
  const times = Object.values(process.tasks).flatMap((task) =>
    task.kind === 'program'
      ? memoryTimes(programOf(process, host, task).definition).map((time) => task.startedAt + time)
      : [],
  );
  return [...new Set(times)].filter((time) => time > now).toSorted((a, b) => a - b);
}
