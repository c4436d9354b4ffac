import type { ProbeKind, ProbeResult, ProbeWorkerRow } from '../../contract/probe-worker-row.ts';
import type { RowReader } from '../../contract/reader.ts';
import type { ContainerStatus } from '../../objects/kubernetes.ts';

/** What the probes of a pod say of its containers. */
export interface PodProbes {
  isStarted(status: ContainerStatus): boolean;
  /** Of a container that has started. */
  isReady(status: ContainerStatus): boolean;
  /** Of a container by its ID; undefined when no such probe has seen it yet. */
  resultOf(kind: ProbeKind, containerId: string): ProbeResult | undefined;
  find(kind: ProbeKind, container: string): ProbeWorkerRow | undefined;
}

export function podProbes(rows: RowReader, pod: string): PodProbes {
  const workers = rows.rowsBy('probeWorkers', 'pod', pod);
  const find = (kind: ProbeKind, container: string): ProbeWorkerRow | undefined =>
    workers.find((worker) => worker.kind === kind && worker.container === container);
  const resultOf = (kind: ProbeKind, containerId: string): ProbeResult | undefined =>
    workers.find((worker) => worker.kind === kind && worker.containerId === containerId)?.result;
  return {
    find,
    resultOf,
    // Kubelet: prober_manager.go isContainerStarted.
    isStarted({ state, containerID, name }) {
      if (!state?.running) return false;
      const result = resultOf('startup', idOf(containerID));
      if (result !== undefined) return result === 'success';
      return find('startup', name) === undefined;
    },
    isReady({ state, containerID, name }) {
      if (!state?.running) return false;
      return resultOf('readiness', idOf(containerID)) === 'success' || find('readiness', name) === undefined;
    },
  };
}

/** `containerd://9f2c…` → `9f2c…` */
export function idOf(containerID = ''): string {
  return containerID.slice(containerID.indexOf('//') + 2);
}
