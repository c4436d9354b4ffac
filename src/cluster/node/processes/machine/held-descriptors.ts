import type { Descriptor, Frame, ProcessState, Task } from '../process-state.ts';

/** Whether any task has a descriptor open, or will have it again when a redirection is over. */
export function isHeld(state: ProcessState, descriptor: Descriptor): boolean {
  for (const pid in state.tasks) {
    const task = state.tasks[pid];
    if (task && holds(task, descriptor)) return true;
  }
  return false;
}

function holds(task: Task, descriptor: Descriptor): boolean {
  for (const fd in task.fds) if (task.fds[fd] === descriptor) return true;
  if (task.kind !== 'shell') return false;
  return task.frames.some((frame) => lentBy(frame).includes(descriptor));
}

function lentBy(frame: Frame): readonly Descriptor[] {
  if (frame.op === 'restore') return Object.values(frame.fds ?? {});
  if (frame.op === 'capture') return [`p${frame.pipe}r`];
  return [];
}

/** Forgets pipes and open files to which no descriptor leads any more. */
export function dropUnheld(state: ProcessState): void {
  const held = new Set<Descriptor>();
  for (const pid in state.tasks) {
    const task = state.tasks[pid];
    if (!task) continue;
    for (const fd in task.fds) held.add(task.fds[fd] ?? '');
    if (task.kind === 'shell')
      for (const frame of task.frames) for (const lent of lentBy(frame)) held.add(lent);
  }
  for (const id in state.opens) if (!held.has(`f${id}`)) delete state.opens[id];
  for (const id in state.pipes) {
    if (id !== 'in' && !held.has(`p${id}r`) && !held.has(`p${id}w`)) delete state.pipes[id];
  }
}
