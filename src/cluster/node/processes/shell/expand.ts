import type { Expansion } from '../expansion/expansion.ts';
import type { Progress } from '../process-state.ts';
import type { Word } from '../syntax/program.ts';
import { capture } from './capture.ts';
import { exitShell } from './exit-shell.ts';
import { complain, currentLine, type Shell } from './shell.ts';
import { setVariable } from './variables.ts';

/**
 * Expands what comes next of a frame's words. Undefined: a command substitution runs first, or the shell has
 * ended because of what is wrong; the frame is then not to be touched further.
 */
export function expandNext<Value>(
  shell: Shell,
  { script, progress, earlier }: Expanding,
  expand: (expansion: Expansion) => Value,
): Value | undefined {
  const { machine, task } = shell;
  const line = currentLine(shell);
  const { results } = progress;
  const expansion: Expansion = {
    machine,
    task,
    line,
    results,
    used: 0,
    assigned: {},
    ...(earlier && { earlier }),
  };
  const value = expand(expansion);
  if (expansion.needs !== undefined) {
    capture(shell, { script, node: expansion.needs }, { ...earlier, ...expansion.assigned });
    return undefined;
  }
  if (expansion.problem === undefined) {
    for (const name in expansion.assigned)
      setVariable(machine.state, task, name, expansion.assigned[name] ?? '');
    if (progress.results.length > 0) progress.results = [];
    return value;
  }
  complain(shell, expansion.problem);
  exitShell(shell, task.bash ? 1 : 2);
  return undefined;
}

/** A frame of which words are being expanded. */
interface Expanding {
  readonly script: string;
  readonly progress: Progress;
  readonly earlier?: Readonly<Record<string, string>>;
}

/** Expands word after word into `into`; false while one of them waits for a command substitution. */
export function expandWords(
  shell: Shell,
  frame: Expanding,
  words: readonly Word[],
  how: { readonly into: string[]; expand(expansion: Expansion, word: Word): readonly string[] },
): boolean {
  const { progress } = frame;
  for (let word = words[progress.word]; word; word = words[progress.word]) {
    const current = word;
    const fields = expandNext(shell, frame, (expansion) => how.expand(expansion, current));
    if (!fields) return false;
    how.into.push(...fields);
    progress.word += 1;
  }
  progress.word = 0;
  return true;
}
