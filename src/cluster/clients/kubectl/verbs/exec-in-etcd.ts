import { etcdToolIn } from '../../etcd/in-image.ts';
import { KubectlExit } from '../failure.ts';
import { DONE, type Invocation, type Steps } from '../invocation.ts';

/** A program of etcd's image that runs beside an etcd: what it remembers, and on which machine. */
export interface InEtcd {
  readonly inEtcd: string;
  readonly command: readonly string[];
  readonly memory: unknown;
}

/** Whether a command is one of etcd's tools, or a line in which one is called. */
export function isEtcdTool(command: readonly string[]): boolean {
  return etcdToolIn(command) !== undefined;
}

export function* goOnInEtcd({ call }: Invocation, { inEtcd, command, memory }: InEtcd): Steps {
  const called = etcdToolIn(command);
  if (!called) return DONE;
  const { program, args, environment } = called;
  const outcome = yield* program.run({ ...call, machine: inEtcd, args, memory, environment });
  if ('pause' in outcome) {
    const kept: InEtcd = { inEtcd, command, memory: outcome.pause.memory };
    return { pause: { ...outcome.pause, memory: kept } };
  }
  if (outcome.exitCode === 0) return outcome.written ? { exitCode: 0, written: outcome.written } : DONE;
  throw new KubectlExit(`command terminated with exit code ${outcome.exitCode}`, outcome.exitCode);
}
