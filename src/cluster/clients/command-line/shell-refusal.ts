import type { CommandProblem, Span } from './command-problem.ts';

/** Ends the reading of a line that asks for more than is simulated; caught where the line is read. */
export class ShellRefusal extends Error {
  readonly problem: CommandProblem;

  constructor(problem: CommandProblem) {
    super(problem.message);
    this.problem = problem;
  }
}

export function refuse(span: Span, what: string, hint?: string): never {
  const message = `${what} is not simulated`;
  throw new ShellRefusal({ code: 'notSimulated', message, ...span, ...(hint === undefined ? {} : { hint }) });
}

export function spanOf({ pos, end }: { readonly pos: number; readonly end: number }): Span {
  return { offset: pos, length: end - pos };
}
