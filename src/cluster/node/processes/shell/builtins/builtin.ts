import { endTask, killedBy } from '../../machine/children.ts';
import { writeTo } from '../../machine/descriptors.ts';
import { complain, printError, type Shell } from '../shell.ts';

export interface BuiltinCall {
  readonly shell: Shell;
  readonly name: string;
  readonly args: readonly string[];
  readonly line: number;
}

export interface Builtin {
  /** POSIX' special builtins: assignments before them stay, and a failing redirection ends the shell. */
  readonly special?: true;
  /** The exit status; undefined when it has put frames on the stack, or ended or replaced the shell. */
  run(call: BuiltinCall): number | undefined;
}

/** Prints on the builtin's standard output; what cannot be written is said, and makes the status 1. */
export function printOut({ shell, name }: BuiltinCall, text: string): number {
  const { machine, task } = shell;
  const descriptor = task.fds['1'];
  if (text === '') return 0;
  const written = descriptor === undefined ? 'bad' : writeTo(machine, descriptor, text);
  switch (written) {
    case 'written':
      return 0;
    case 'broken':
      endTask(machine.state, task.pid, killedBy('PIPE'));
      return 141;
    default:
      complain(shell, `${name}: write error: ${WRITE_ERRORS[written]}`);
      return 1;
  }
}

const WRITE_ERRORS = {
  bad: 'Bad file descriptor',
  full: 'No space left on device',
  readOnly: 'Read-only file system',
} as const;

/** A message in the applet's way, without a line: `sh: bad signal name 'FOO'`. */
export function complainPlain({ shell, name }: BuiltinCall, text: string): void {
  const { task } = shell;
  if (task.bash || task.dash) complain(shell, `${name}: ${text}`);
  else printError(shell, `${task.name}: ${text}\n`);
}
