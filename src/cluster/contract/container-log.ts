import type { ContainerRow, LogRow } from './machine-rows.ts';
import type { RowReader } from './reader.ts';

interface Wanted {
  readonly namespace: string;
  readonly pod: string;
  readonly uid: string;
  readonly container: string;
  /** The instance before the newest, as `kubectl logs --previous` asks for. */
  readonly previous?: boolean;
}

/** The newest instance of a container of a pod, or the one before; undefined where the runtime has none. */
export function containerInstance(rows: RowReader, wanted: Wanted): ContainerRow | undefined {
  const { namespace, pod, uid, container, previous = false } = wanted;
  const instances = rows
    .rowsBy('containers', 'pod', `${namespace}/${pod}/${uid}`)
    .filter(({ name, startedAt, exit }) => name === container && (startedAt ?? exit?.at) !== undefined)
    .sort((a, b) => b.attempt - a.attempt);
  return instances[previous ? 1 : 0];
}

/** What an instance of a container has written, by its ID: pieces in the order of writing, not always whole lines. */
export function containerLog(rows: RowReader, containerId: string): readonly LogRow[] {
  return rows.rowsBy('logs', 'container', containerId);
}
