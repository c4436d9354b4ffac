import { bareCall } from '../command-line/bare-call.ts';
import { bashFor } from '../machines/ssh.ts';
import { grep } from '../pipes/grep.ts';
import { cat, head, tail, wc } from '../pipes/line-tools.ts';
import { sed } from '../pipes/sed.ts';
import { echo } from '../pipes/small-tools.ts';
import { sort } from '../pipes/sort.ts';
import type { Program, ProgramTable } from '../program.ts';
import { etcdctl, etcdutl } from './etcdctl.ts';

const INSIDE: ProgramTable = new Map(
  [etcdctl, etcdutl, cat, echo, grep, head, sed, sort, tail, wc].map((program) => [program.name, program]),
);

const SHELL = bashFor(() => INSIDE, 'sh');
const CALLED: Readonly<Record<string, Program>> = { etcdctl, etcdutl, sh: SHELL, bash: SHELL };

/** A program of etcd's image, called as it is called in its container. */
export interface CalledInImage {
  readonly program: Program;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * One of etcd's own tools, or a line in which one is called; `env A=b` before it is heeded. What it would
 * meet in its container it meets on the machine: certificates and data lie at the same paths, since the pod
 * mounts them from there.
 */
export function etcdToolIn(command: readonly string[]): CalledInImage | undefined {
  const { skipped, environment } = bareCall(command);
  const [name = '', ...args] = command.slice(skipped);
  const program = CALLED[name.replace(/^.*\/bin\//, '')];
  if (program === undefined) return undefined;
  const [flag = '', line = ''] = args;
  const isTool = program !== SHELL || (/^-\w*c$/.test(flag) && /\betcd(ctl|utl)\b/.test(line));
  return isTool ? { program, args, environment } : undefined;
}
