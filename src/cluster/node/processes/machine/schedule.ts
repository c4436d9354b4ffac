import type { ProcessState, ShellTask, Task, TaskWait } from '../process-state.ts';
import { runShell } from '../shell/run-shell.ts';
import { currentLine } from '../shell/shell.ts';
import { isFull, readable } from './descriptors.ts';
import { dropUnheld, isHeld } from './held-descriptors.ts';
import { isOverBudget, type Machine, print, STEP_BUDGET } from './machine.ts';
import { listeningPorts, runProgram } from './run-program.ts';
import { runTool } from './run-tool.ts';

/** Lets all tasks run, in order of their pids and round after round, until none can go on without waiting. */
export function schedule(machine: Machine): void {
  const looked = new Map<number, number>();
  for (let ran = true; ran; ) {
    ran = false;
    for (const pid of Object.keys(machine.state.tasks)) {
      const task = machine.state.tasks[pid];
      if (!task || !canRun(machine, task, looked)) continue;
      ran = true;
      delete task.wait;
      run(machine, task);
      if (isOverBudget(machine)) {
        stopOverBudget(machine, task);
        return;
      }
    }
  }
  settle(machine);
}

function run(machine: Machine, task: Task): void {
  if (task.kind === 'shell') runShell(machine, task);
  else if (task.kind === 'tool') runTool(machine, task);
  else runProgram(machine, task);
}

function canRun(machine: Machine, task: Task, looked: Map<number, number>): boolean {
  if (task.stopped) return false;
  const { wait } = task;
  if (!wait) return true;
  const changes = machine.files.changes();
  if (wait.files && looked.get(task.pid) !== changes) {
    // What changed is the task's to find out: once each time that the process is advanced, and whenever
    // another of its tasks has written since.
    looked.set(task.pid, changes);
    return true;
  }
  return isOver(machine, task, wait);
}

function isOver(machine: Machine, task: Task, wait: TaskWait): boolean {
  if (wait.until !== undefined && machine.now >= wait.until) return true;
  if (wait.answer !== undefined && task.kind === 'tool' && task.answer) return true;
  if (wait.children?.some((pid) => task.children?.[pid] !== null)) return true;
  if (wait.readable !== undefined) {
    const { text, ended } = readable(machine, wait.readable);
    if (text !== '' || ended) return true;
  }
  if (wait.drained === undefined) return false;
  return !isFull(machine, wait.drained) || !isHeld(machine.state, `${wait.drained.slice(0, -1)}r`);
}

/** Forgets what nothing refers to any more, and tells which ports have been opened and closed. */
function settle(machine: Machine): void {
  const { state } = machine;
  dropUnheld(state);
  dropScripts(state);
  const before = state.ports ?? [];
  const open = [...new Set(listeningPorts(machine).map(({ port }) => port))].toSorted((a, b) => a - b);
  for (const port of open) if (!before.includes(port)) machine.effects.push({ type: 'PortOpened', port });
  for (const port of before) if (!open.includes(port)) machine.effects.push({ type: 'PortClosed', port });
  if (open.length > 0) state.ports = open;
  else delete state.ports;
}

function dropScripts(state: ProcessState): void {
  const used = new Set<string>();
  for (const pid in state.tasks) {
    const task = state.tasks[pid];
    if (task?.kind !== 'shell') continue;
    for (const frame of task.frames) if ('script' in frame) used.add(frame.script);
    for (const name in task.functions) used.add(task.functions[name]?.script ?? '');
  }
  for (const script in state.scripts) if (!used.has(script)) delete state.scripts[script];
}

/**
 * A script that goes on without ever waiting would spin for ever, as it would on a real node, where time
 * passes meanwhile. Here it does not, so the whole is stopped as if by SIGXCPU.
 */
function stopOverBudget(machine: Machine, task: Task): void {
  const { state } = machine;
  const where = task.kind === 'shell' ? placeOf(machine, task) : `in ${task.argv.join(' ').slice(0, 60)}`;
  print(machine, 'stderr', `kubereel: stopped after ${STEP_BUDGET} steps without time passing, ${where}\n`);
  state.exit = { code: 152, signal: 'XCPU', reason: 'StepBudgetExceeded' };
  state.tasks = {};
  state.steps = { at: machine.now, count: 0 };
  settle(machine);
}

function placeOf(machine: Machine, task: ShellTask): string {
  const frame = task.frames.findLast((one) => 'script' in one);
  const { scripts } = machine.state;
  const script = frame && 'script' in frame ? frame.script : Object.keys(scripts)[0];
  const text = scripts[script ?? ''] ?? '';
  const line = currentLine({ machine, task });
  const shown = (text.split('\n')[line] ?? '').trim();
  return `in line ${line + 1} of the script of ${task.name}: ${shown.length > 60 ? `${shown.slice(0, 60)}…` : shown}`;
}
