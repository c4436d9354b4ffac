import type { Frame, ShellTask } from '../process-state.ts';

/** Whether the command under way stands where its failure is being tested, so that `set -e` lets it pass. */
export function isTested(task: ShellTask): boolean {
  return task.tested === true || task.frames.some(tests);
}

function tests(frame: Frame): boolean {
  switch (frame.op) {
    case 'negation':
    // The last command of `a && b` takes the place of the frame, so where there is one, more follows.
    case 'andOr':
      return true;
    case 'if':
    case 'loop':
      return frame.testing;
    default:
      return false;
  }
}
