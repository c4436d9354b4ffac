import type { View } from '../../contract/component.ts';
import type { ContainerExit, ProcessRow } from '../../contract/machine-rows.ts';
import { containerSpec } from '../pod-worker/pod-context.ts';
import { hostOf } from './host-of.ts';

const DEFAULT_PATH = '/dev/termination-log';
/** Kubelet: container/runtime.go MaxContainerTerminationMessageLength, and the two limits for log tails. */
const MESSAGE_MAX = 4096;
const LOG_LINES_MAX = 80;
const LOG_MAX = 2048;

/**
 * What a container leaves behind to say why it ended. Kubelet: kuberuntime_container.go
 * getTerminationMessage.
 */
export function terminationMessage(
  view: View,
  { container: id, ending }: ProcessRow,
): Pick<ContainerExit, 'message'> {
  const row = view.rows.row('containers', id);
  const pod = row && view.rows.row('podWorkers', row.pod)?.pod;
  const spec = pod && containerSpec(pod, row.name);
  const host = row && hostOf(view, row);
  if (!spec || !host) return {};
  const written = host.files[spec.terminationMessagePath ?? DEFAULT_PATH]?.content ?? '';
  if (written !== '') return { message: written.slice(0, MESSAGE_MAX) };
  const isToFallBack = spec.terminationMessagePolicy === 'FallbackToLogsOnError' && ending?.code !== 0;
  const tail = isToFallBack ? logTail(view, id) : '';
  return tail === '' ? {} : { message: tail };
}

function logTail({ rows }: View, container: string): string {
  let text = '';
  for (const { text: chunk } of rows.rowsBy('logs', 'container', container)) text += chunk;
  const lines = text.split('\n');
  const hasEnd = lines.at(-1) === '';
  const tail = lines.slice(-(LOG_LINES_MAX + (hasEnd ? 1 : 0))).join('\n');
  return tail.slice(-LOG_MAX);
}
