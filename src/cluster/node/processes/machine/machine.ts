import type { Millis } from '../../../../kernel/time/millis.ts';
import type { FileView } from '../files/file-view.ts';
import type { Effect, ProcessHost } from '../process-host.ts';
import type { ProcessState, ShellTask } from '../process-state.ts';
import type { Dialect } from '../syntax/program.ts';

/**
 * What one call of `advance` works on: its own copy of the state, which it may change, and what came of it.
 */
export interface Machine {
  readonly state: ProcessState;
  readonly host: ProcessHost;
  readonly now: Millis;
  readonly files: FileView;
  readonly effects: Effect[];
}

/** Steps that may be taken without virtual time passing; then it is taken to run for ever. */
export const STEP_BUDGET = 100_000;

/** A new process is more work than a step; with many of them around, everything is more work. */
export const STEPS_OF_A_START = 10;

/** Counts work that costs no virtual time, so that a script that never waits is noticed. */
export function spend(machine: Machine, steps: number): void {
  const spent = machine.state.steps;
  if (spent.at === machine.now) spent.count += steps;
  else machine.state.steps = { at: machine.now, count: steps };
}

export const isOverBudget = (machine: Machine): boolean =>
  machine.state.steps.at === machine.now && machine.state.steps.count > STEP_BUDGET;

export function newId(machine: Machine): number {
  const id = machine.state.nextId;
  machine.state.nextId += 1;
  return id;
}

export function newPid(machine: Machine): number {
  const pid = machine.state.nextPid;
  machine.state.nextPid += 1;
  return pid;
}

export const dialectOf = (task: ShellTask): Dialect => (task.bash ? 'bash' : task.dash ? 'dash' : 'ash');

export function print(machine: Machine, stream: 'stdout' | 'stderr', text: string, toPid1 = false): void {
  if (text === '') return;
  const last = machine.effects.at(-1);
  const isSame = last?.type === 'Printed' && last.stream === stream && (last.toPid1 === true) === toPid1;
  const before = isSame ? last.text : '';
  if (isSame) machine.effects.pop();
  machine.effects.push({ type: 'Printed', stream, text: before + text, ...(toPid1 && { toPid1 }) });
}

/** Says once that something is not simulated. */
export function notice(machine: Machine, message: string): void {
  const isKnown = machine.effects.some(
    (effect) => effect.type === 'NoticeGiven' && effect.message === message,
  );
  if (!isKnown) machine.effects.push({ type: 'NoticeGiven', message });
}
