import { drawHex } from '../../../kernel/chance/draw.ts';
import { inVersion, type Since } from '../../objects/versions.ts';
import type { PodContext } from '../pod-worker/pod-context.ts';

/** containerd 2 no longer says of errors that they are of no known kind. */
const ERROR_END: Since<string> = [
  [20, ': unknown'],
  [33, ''],
];

interface FailedExec {
  readonly exec: string;
  readonly container: string;
  /** `exec: "foo": executable file not found in $PATH` */
  readonly failure: string;
}

/** Why a program could not be started in a container, as the kubelet hears it from containerd. */
export function execError(
  { view, version, now }: PodContext,
  { exec, container, failure }: FailedExec,
): string {
  if (!failure.startsWith('exec: ')) {
    const task = `no running task found: task ${container} not found`;
    return `rpc error: code = NotFound desc = failed to exec in container: failed to load task: ${task}`;
  }
  const id = drawHex(view.chance, 64, 'exec', exec, now);
  const start = `failed to exec in container: failed to start exec "${id}": OCI runtime exec failed: exec failed`;
  const end = inVersion(ERROR_END, version);
  return `rpc error: code = Unknown desc = ${start}: unable to start container process: ${failure}${end}`;
}
