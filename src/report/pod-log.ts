import { logSource, readLog } from '../cluster/clients/kubectl/pods/container-log.ts';
import type { Pod } from '../cluster/objects/kubernetes.ts';
import { rowReader } from '../cluster/world/readers.ts';
import type { Millis } from '../kernel/time/millis.ts';
import type { Timeline } from '../replay/timeline.ts';

/** The log of a container of a pod, as it is at an instant. */
export interface PodLog {
  /** As the pod names them; those that only prepare it come last. */
  readonly containers: readonly string[];
  /** Whose log it is. */
  readonly container: string;
  readonly lines: readonly LoggedLine[];
  /** Why there is none. */
  readonly refusal?: string;
}

export interface LoggedLine {
  readonly at: Millis;
  readonly text: string;
}

export interface LogChoice {
  /** Absent: the pod's first. */
  readonly container?: string | undefined;
  /** Of the container before the present one, which has ended. */
  readonly previous: boolean;
}

/** What a container of a pod has written up to an instant; undefined where there is no such pod. */
export function podLog(
  timeline: Timeline,
  { key, cursor }: { readonly key: string; readonly cursor: number },
  choice: LogChoice,
): PodLog | undefined {
  const { tables } = timeline.worldAt(cursor).store;
  const pod = tables.objects.read(key, cursor) as Pod | undefined;
  if (pod?.kind !== 'Pod') return undefined;
  const containers = [...(pod.spec.containers ?? []), ...(pod.spec.initContainers ?? [])].map(
    ({ name }) => name,
  );
  const container = containers.find((each) => each === choice.container) ?? containers[0] ?? '';
  const source = logSource(pod, container, choice.previous);
  if (!('container' in source)) {
    const refusal = 'refusal' in source ? source.refusal : source.unreachable;
    return { containers, container, lines: [], refusal };
  }
  const lines = readLog(rowReader({ tables, seq: cursor }), source.container);
  return { containers, container, lines };
}
