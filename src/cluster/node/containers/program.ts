import type { Millis } from '../../../kernel/time/millis.ts';
import type { Effect, ProcessHost } from '../processes/process-host.ts';

export interface ProgramSpec {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly workingDir?: string;
  readonly isPid1: boolean;
}

export interface Advanced {
  readonly state: unknown;
  readonly effects: readonly Effect[];
  readonly until?: Millis;
  readonly exit?: { readonly code: number; readonly reason?: string };
}

interface State {
  readonly todo: readonly string[];
  readonly until?: Millis;
  readonly isPid1: boolean;
}

/** Begins a program; a failure is what the runtime says of it. Until the shell is there: commands one after another. */
export function beginProgram(
  _host: ProcessHost,
  spec: ProgramSpec,
  _now: Millis,
): { state: unknown } | { failure: string } {
  const [first = '', flag, script = ''] = spec.argv;
  if (first === '/nosuchbinary') {
    const what =
      'failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed';
    return {
      failure: `${what}: unable to start container process: exec: "${first}": stat ${first}: no such file or directory`,
    };
  }
  const isShell = /^(\/bin\/)?sh$/.test(first) && flag === '-c';
  const todo = isShell ? script.split(';').map((command) => command.trim()) : [spec.argv.join(' ')];
  return { state: { todo, isPid1: spec.isPid1 } satisfies State };
}

export function advanceProgram(host: ProcessHost, before: unknown, now: Millis): Advanced {
  let { todo, until, isPid1 } = before as State;
  const effects: Effect[] = [];
  let code = 0;
  for (;;) {
    if (until !== undefined && until > now)
      return { state: { todo, until, isPid1 } satisfies State, effects, until };
    until = undefined;
    const [command, ...rest] = todo;
    if (command === undefined) return { state: { todo, isPid1 } satisfies State, effects, exit: { code } };
    todo = rest;
    const [name, ...args] = command.split(/\s+/);
    const path = args.at(-1) ?? '';
    code = 0;
    if (name === 'sleep') until = now + Number(args[0]) * 1000;
    else if (name === 'exit')
      return { state: { todo: [], isPid1 } satisfies State, effects, exit: { code: Number(args[0] ?? 0) } };
    else if (name === 'touch') {
      effects.push({
        type: 'FileWritten',
        path,
        node: { kind: 'file', content: '', mode: 0o644, modifiedAt: now },
      });
    } else if (name === 'rm') effects.push({ type: 'FileRemoved', path });
    else if (name === 'cat') {
      const file = host.files[path];
      if (file?.kind === 'file')
        effects.push({ type: 'Printed', stream: 'stdout', text: file.content ?? '' });
      else {
        effects.push({
          type: 'Printed',
          stream: 'stderr',
          text: `cat: can't open '${path}': No such file or directory\n`,
        });
        code = 1;
      }
    }
  }
}

export function signalProgram(host: ProcessHost, before: unknown, signal: string, now: Millis): Advanced {
  const { isPid1 } = before as State;
  if (signal === 'KILL') return { state: before, effects: [], exit: { code: 137 } };
  if (isPid1) return advanceProgram(host, before, now);
  return { state: before, effects: [], exit: { code: 143 } };
}
