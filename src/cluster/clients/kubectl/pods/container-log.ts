import type { Millis } from '../../../../kernel/time/millis.ts';
import type { RowReader } from '../../../contract/reader.ts';
import { quoteGo } from '../../../objects/go-json.ts';
import type { Pod } from '../../../objects/kubernetes.ts';
import { startLines } from '../../../world/program-log.ts';
import { containerKey, statusOfContainer } from './pod-containers.ts';

/** A line that a container wrote, without its end. */
export interface LogLine {
  readonly at: Millis;
  readonly text: string;
}

export type LogSource =
  /** The key of the container's row. */
  | { readonly container: string }
  /** Why there is no log, in the kubelet's words. */
  | { readonly refusal: string }
  /** The API server cannot reach the kubelet. */
  | { readonly unreachable: string };

/** Which container's log is meant (kubelet: validateContainerLogStatus). */
export function logSource(pod: Pod, name: string, previous: boolean): LogSource {
  const { name: podName = '' } = pod.metadata;
  const what = `container ${quoteGo(name)} in pod ${quoteGo(podName)}`;
  const status = statusOfContainer(pod, name);
  if (status === undefined) {
    const refusal = previous ? `previous terminated ${what} not found` : `${what} is not available`;
    return {
      refusal:
        pod.status?.containerStatuses === undefined
          ? `${what} is waiting to start: ContainerCreating`
          : refusal,
    };
  }
  const { state = {}, lastState = {}, containerID = '' } = status;
  const last = lastState.terminated?.containerID ?? '';
  if (previous) {
    return last === ''
      ? { refusal: `previous terminated ${what} not found` }
      : { container: containerKey(last) };
  }
  if (state.running !== undefined) return { container: containerKey(containerID) };
  if (state.terminated !== undefined) {
    const ended = state.terminated.containerID || last;
    return ended === '' ? { refusal: `${what} is terminated` } : { container: containerKey(ended) };
  }
  if (lastState.terminated !== undefined) {
    return last === '' ? { refusal: `${what} is terminated` } : { container: containerKey(last) };
  }
  if (state.waiting === undefined) return { refusal: `${what} is waiting to start - no logs yet` };
  const why = WAITING_WORDS[state.waiting.reason ?? ''] ?? state.waiting.reason ?? '';
  return { refusal: `${what} is waiting to start: ${why}` };
}

const WAITING_WORDS: Readonly<Record<string, string>> = {
  ErrImagePull: "image can't be pulled",
  ImagePullBackOff: 'trying and failing to pull image',
};

/**
 * The lines of a container's log so far, in the order in which they were finished. What has no line end yet
 * waits in the runtime until the container is over.
 */
export function readLog(rows: RowReader, container: string): readonly LogLine[] {
  const unfinished = { stdout: '', stderr: '' };
  const lines: LogLine[] = [...startLines(rows, container)];
  for (const { at, stream, text } of rows.rowsBy('logs', 'container', container)) {
    const pieces = (unfinished[stream] + text).split('\n');
    unfinished[stream] = pieces.pop() ?? '';
    for (const piece of pieces) lines.push({ at, text: piece });
  }
  const exit = rows.row('containers', container)?.exit;
  for (const stream of ['stdout', 'stderr'] as const) {
    if (exit !== undefined && unfinished[stream] !== '')
      lines.push({ at: exit.at, text: unfinished[stream] });
  }
  return lines;
}
