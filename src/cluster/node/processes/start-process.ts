import type { Millis } from '../../../kernel/time/millis.ts';
import { DEFAULT_PATH, findCommand } from './machine/find-command.ts';
import { openMachine } from './machine/open-machine.ts';
import { spawn } from './machine/spawn.ts';
import type { ProcessHost } from './process-host.ts';
import type { ProcessState } from './process-state.ts';

export interface StartRequest {
  /** The command and its arguments, `$0` first. */
  readonly argv: readonly string[];
  /** All of the environment: the image's and the container's. */
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly host: ProcessHost;
  readonly now: Millis;
  /**
   * 1 for the container's own; an exec's first pid is free to choose, its children get the numbers after it.
   */
  readonly pid?: number;
  /**
   * `kubectl exec -i`, or `stdin: true`: its input comes by `deliverInput`, if ever. Otherwise it is empty.
   */
  readonly hasInput?: boolean;
}

/**
 * It could not be started at all, in the words of runc: `exec: "foo": executable file not found in $PATH`.
 */
export interface StartFailure {
  readonly failed: string;
  /** 127 where there is no such file, else 126. */
  readonly code: 126 | 127;
}

/** A process that has not run yet: `advance` lets it. */
export function startProcess(request: StartRequest): ProcessState | StartFailure {
  const { argv, env, cwd, host, now, pid = 1, hasInput = false } = request;
  const empty: ProcessState = {
    root: pid,
    isPid1: pid === 1,
    env: { PATH: DEFAULT_PATH, HOSTNAME: host.hostname, HOME: '/root', ...env },
    tasks: {},
    scripts: {},
    pipes: hasInput ? { in: { text: '', outside: true } } : {},
    opens: {},
    nextPid: pid,
    nextId: 1,
    draws: 0,
    steps: { at: now, count: 0 },
  };
  const machine = openMachine(empty, host, now);
  const command = argv[0] ?? '';
  const fds = { '0': hasInput ? 'in' : 'null', '1': 'out', '2': 'err' };
  const made = spawn(machine, { argv, parent: 0, cwd, fds, env: {} });
  if (!('code' in made)) return machine.state;
  const found = findCommand(machine, command, { cwd, path: empty.env['PATH'] ?? DEFAULT_PATH });
  const why = found.kind === 'failure' ? found.why : made.why;
  return { failed: failureText(command, why), code: why === 'notFound' || why === 'missing' ? 127 : 126 };
}

function failureText(command: string, why: 'notFound' | 'missing' | 'denied' | 'directory'): string {
  switch (why) {
    case 'notFound':
      return `exec: "${command}": executable file not found in $PATH`;
    case 'missing':
      return `exec: "${command}": stat ${command}: no such file or directory`;
    case 'directory':
      return `exec: "${command}": is a directory`;
    case 'denied':
      return `exec: "${command}": permission denied`;
  }
}
