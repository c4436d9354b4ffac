import type { Millis } from '../../../kernel/time/millis.ts';
import { EVERY_PROCESS } from '../../contract/machine-rows.ts';
import type { NetworkAnswer } from '../../contract/network-request.ts';
import type { Machine } from './machine/machine.ts';
import { openMachine } from './machine/open-machine.ts';
import { schedule } from './machine/schedule.ts';
import { signalTask } from './machine/signal-task.ts';
import type { Effect, ProcessHost } from './process-host.ts';
import type { ProcessState } from './process-state.ts';
import type { SignalName } from './signals.ts';
import { type Wait, waitOf } from './wait-of.ts';

/** What came of letting a process run on. */
export interface Advanced {
  readonly process: ProcessState;
  /** In order. */
  readonly effects: readonly Effect[];
  readonly wait: Wait;
}

/** Lets a process run until all of it waits or it has ended. Nothing but waiting takes virtual time. */
export function advance(process: ProcessState, host: ProcessHost, now: Millis): Advanced {
  return runOn(openMachine(process, host, now));
}

/** A signal from outside of the container: to its first process, to the one with that pid, or to all. */
export function sendSignal(
  process: ProcessState,
  signal: SignalName,
  {
    host,
    now,
    pid = process.root,
  }: { readonly host: ProcessHost; readonly now: Millis; readonly pid?: number },
): Advanced {
  const machine = openMachine(process, host, now);
  const pids = pid === EVERY_PROCESS ? Object.keys(machine.state.tasks) : [pid];
  for (const each of pids) {
    const task = machine.state.tasks[each];
    if (task) signalTask(machine, task, signal, 'outside');
  }
  return runOn(machine);
}

/** The answer to a request that the process has sent; one that it no longer waits for is dropped. */
export function deliverAnswer(
  process: ProcessState,
  answer: { readonly request: string; readonly answer: NetworkAnswer },
  { host, now }: { readonly host: ProcessHost; readonly now: Millis },
): Advanced {
  const machine = openMachine(process, host, now);
  for (const pid in machine.state.tasks) {
    const task = machine.state.tasks[pid];
    if (task?.kind === 'tool' && task.wait?.answer === answer.request) task.answer = answer.answer;
  }
  return runOn(machine);
}

/** Text for the standard input of a process that was started with one. */
export function deliverInput(
  process: ProcessState,
  input: { readonly text: string; readonly ended: boolean },
  { host, now }: { readonly host: ProcessHost; readonly now: Millis },
): Advanced {
  const machine = openMachine(process, host, now);
  const pipe = machine.state.pipes['in'];
  if (pipe) {
    pipe.text += input.text;
    if (input.ended) delete pipe.outside;
  }
  return runOn(machine);
}

/** Lets all of it run until it waits, and tells what came of it. */
export function runOn(machine: Machine): Advanced {
  schedule(machine);
  return { process: machine.state, effects: machine.effects, wait: waitOf(machine.state) };
}
