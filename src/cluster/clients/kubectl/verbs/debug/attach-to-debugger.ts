import type { Pod } from '../../../../objects/kubernetes.ts';
import type { Outcome } from '../../../program.ts';
import { failWith } from '../../failure.ts';
import { DONE, type Invocation } from '../../invocation.ts';
import { readLog } from '../../pods/container-log.ts';
import { containerKey, statusOfContainer } from '../../pods/pod-containers.ts';

/** A pod with the container that debugs; empty where there is none to attach to. */
export interface Debugged {
  readonly pod: string;
  readonly namespace: string;
  readonly container: string;
}

export interface AttachMemory extends Debugged {
  readonly stage: 'starting' | 'attached';
  /** The key of the container's row, and how many lines of its log have been printed. */
  readonly source?: string;
  readonly taken?: number;
}

/**
 * Waits until the container runs, and prints what it prints until it ends (kubectl: debug.go
 * handleAttachPod).
 */
export function attachToDebugger(invocation: Invocation, memory: AttachMemory): Outcome {
  if (memory.stage === 'attached') return follow(invocation, memory);
  const { view, flags, err, version } = invocation;
  const { pod: name, namespace } = memory;
  const pod = view.objects.get<Pod>('pods', namespace, name);
  if (pod === undefined)
    failWith([{ status: { code: 404, reason: 'NotFound', message: `pods "${name}" not found` } }]);
  const status = pod && statusOfContainer(pod, memory.container);
  const { running, terminated } = status?.state ?? {};
  if (!running && !terminated) return { pause: { memory, watches: [{ resource: 'pods', namespace, name }] } };
  if (running && !flags.bool('quiet')) {
    if (version.minor >= 34)
      err(
        'All commands and output from this session will be recorded in container logs, including credentials and ' +
          'sensitive information passed through the command prompt.\n',
      );
    if (flags.bool('stdin') && flags.bool('tty'))
      err("If you don't see a command prompt, try pressing enter.\n");
  }
  const source = containerKey(terminated?.containerID ?? status?.containerID ?? '');
  return follow(invocation, { ...memory, stage: 'attached', source, taken: 0 });
}

function follow({ view: { rows }, out }: Invocation, memory: AttachMemory): Outcome {
  const { source = '', taken = 0 } = memory;
  const lines = readLog(rows, source);
  for (const { text } of lines.slice(taken)) out(`${text}\n`);
  const row = rows.row('containers', source);
  if (row === undefined || row.exit !== undefined) return DONE;
  const awaits = [
    { type: 'log', container: source, seen: rows.rowsBy('logs', 'container', source).length },
  ] as const;
  return { pause: { memory: { ...memory, taken: lines.length }, awaits } };
}
