import { etcdctl, etcdutl } from '../../etcd/etcdctl.ts';
import { bashFor } from '../../machines/ssh.ts';
import { grep } from '../../pipes/grep.ts';
import { cat, head, tail, wc } from '../../pipes/line-tools.ts';
import { sed } from '../../pipes/sed.ts';
import { echo } from '../../pipes/small-tools.ts';
import { sort } from '../../pipes/sort.ts';
import type { Program, ProgramTable } from '../../program.ts';
import { KubectlExit } from '../failure.ts';
import { DONE, type Invocation, type Steps } from '../invocation.ts';

/** A program of etcd's image that runs beside an etcd: what it remembers, and on which machine. */
export interface InEtcd {
  readonly inEtcd: string;
  readonly command: readonly string[];
  readonly memory: unknown;
}

const INSIDE: ProgramTable = new Map(
  [etcdctl, etcdutl, cat, echo, grep, head, sed, sort, tail, wc].map((program) => [program.name, program]),
);

const SHELL = bashFor(() => INSIDE, 'sh');
const CALLED: Readonly<Record<string, Program>> = {
  etcdctl,
  etcdutl,
  sh: SHELL,
  bash: SHELL,
  '/bin/sh': SHELL,
  '/usr/local/bin/etcdctl': etcdctl,
};

/** Whether a command is one of etcd's tools, or a line in which one is called. */
export function isEtcdTool([name = '', flag = '', line = '']: readonly string[]): boolean {
  const program = CALLED[name];
  if (program !== SHELL) return program !== undefined;
  return /^-\w*c$/.test(flag) && /\betcd(ctl|utl)\b/.test(line);
}

/**
 * What it would meet in its container it meets on the machine: certificates and data lie at the same paths,
 * since the pod mounts them from there.
 */
export function* goOnInEtcd({ call }: Invocation, { inEtcd, command, memory }: InEtcd): Steps {
  const [name = '', ...args] = command;
  const program = CALLED[name];
  if (!program) return DONE;
  const outcome = yield* program.run({ ...call, machine: inEtcd, args, memory, environment: {} });
  if ('pause' in outcome) {
    const kept: InEtcd = { inEtcd, command, memory: outcome.pause.memory };
    return { pause: { ...outcome.pause, memory: kept } };
  }
  if (outcome.exitCode === 0) return outcome.written ? { exitCode: 0, written: outcome.written } : DONE;
  throw new KubectlExit(`command terminated with exit code ${outcome.exitCode}`, outcome.exitCode);
}
