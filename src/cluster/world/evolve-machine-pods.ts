import type { Entry } from '../../kernel/log/entry.ts';
import type { Tables } from '../../kernel/table/store.ts';
import type { Millis } from '../../kernel/time/millis.ts';
import type { Event } from '../contract/event.ts';
import type { MachineEvent } from '../contract/machine-event.ts';
import type { PodWorkerRow } from '../contract/pod-worker-row.ts';
import { extended } from '../objects/json.ts';
import type { KubeObject } from '../objects/kube-object.ts';
import type { Pod } from '../objects/kubernetes.ts';
import { storageKey } from '../objects/storage-key.ts';
import { applyDelta, type ObjectDelta } from './object-delta.ts';
import type { WorldRows } from './world.ts';

type PodEvent = Extract<
  MachineEvent,
  {
    type:
      | 'PodAdmitted'
      | 'PodWorkerMoved'
      | 'PodSyncRequested'
      | 'PodCondemned'
      | 'PodStatusSet'
      | 'PodStatusSent'
      | 'PodForgotten'
      | 'SandboxStarted'
      | 'SandboxStopped'
      | 'SandboxRemoved'
      | 'ProbeWorkerStarted'
      | 'ProbeWorkerMoved'
      | 'ProbeWorkerStopped';
  }
>;

/** What a kubelet keeps of its pods, and what the runtime has of them. */
export function evolvePod(tables: Tables<WorldRows>, event: PodEvent, { at, seq }: Entry<Event>): void {
  switch (event.type) {
    case 'PodAdmitted': {
      const { namespace, name } = event;
      const key = storageKey({ resource: 'pods', namespace, name });
      const pod = tables.objects.read(key, seq) as Pod | undefined;
      if (pod) tables.podWorkers.write(event.pod, workerOf(event, pod, at), seq);
      return;
    }
    case 'PodWorkerMoved': {
      const row = tables.podWorkers.read(event.pod, seq);
      if (row) tables.podWorkers.write(event.pod, after(row, event), seq);
      return;
    }
    case 'PodSyncRequested': {
      const row = tables.podWorkers.read(event.pod, seq);
      if (row && row.pendingSince === undefined)
        tables.podWorkers.write(event.pod, extended(row, { pendingSince: at }), seq);
      return;
    }
    case 'PodCondemned': {
      const row = tables.podWorkers.read(event.pod, seq);
      if (row) tables.podWorkers.write(event.pod, condemned(row, event, at), seq);
      return;
    }
    case 'PodStatusSet':
    case 'PodStatusSent':
      evolveStatus(tables, event, seq);
      return;
    case 'PodForgotten':
      tables.podWorkers.write(event.pod, undefined, seq);
      if (tables.podStatuses.read(event.pod, seq)) tables.podStatuses.write(event.pod, undefined, seq);
      if (tables.podLabels.read(event.pod, seq)) tables.podLabels.write(event.pod, undefined, seq);
      return;
    case 'SandboxStarted':
      startSandbox(tables, event, seq);
      return;
    case 'SandboxStopped': {
      const sandbox = tables.sandboxes.read(event.sandbox, seq);
      if (sandbox) tables.sandboxes.write(event.sandbox, extended(sandbox, { stoppedAt: at }), seq);
      return;
    }
    case 'SandboxRemoved':
      tables.sandboxes.write(event.sandbox, undefined, seq);
      return;
    case 'ProbeWorkerStarted':
      tables.probeWorkers.write(event.worker.key, event.worker, seq);
      return;
    case 'ProbeWorkerMoved': {
      const row = tables.probeWorkers.read(event.probe, seq);
      if (row) tables.probeWorkers.write(event.probe, after(row, event), seq);
      return;
    }
    case 'ProbeWorkerStopped':
      tables.probeWorkers.write(event.probe, undefined, seq);
  }
}

function startSandbox(
  tables: Tables<WorldRows>,
  { type: _, ...sandbox }: Extract<PodEvent, { type: 'SandboxStarted' }>,
  seq: number,
): void {
  tables.sandboxes.write(sandbox.id, sandbox, seq);
  const machine = tables.machines.read(sandbox.node, seq);
  const addressesGiven = (machine?.addressesGiven ?? 0) + 1;
  if (machine && sandbox.ip !== undefined)
    tables.machines.write(sandbox.node, { ...machine, addressesGiven }, seq);
}

function condemned(row: PodWorkerRow, event: Condemnation, at: Millis): PodWorkerRow {
  const { reason, message, graceSeconds } = event;
  return { ...row, verdict: { reason, message }, graceSeconds, pendingSince: row.pendingSince ?? at };
}

type Condemnation = Extract<PodEvent, { type: 'PodCondemned' }>;
type StatusEvent = Extract<PodEvent, { type: 'PodStatusSet' | 'PodStatusSent' }>;

function evolveStatus(tables: Tables<WorldRows>, event: StatusEvent, seq: number): void {
  const { pod, node } = event;
  const row = tables.podStatuses.read(pod, seq);
  if (event.type === 'PodStatusSent') {
    if (row) tables.podStatuses.write(pod, { ...row, sent: row.version }, seq);
    return;
  }
  const before = row ?? { pod, node, status: {}, version: 0, sent: 0, finished: false };
  const status = after(before.status, event);
  const finished = before.finished || event.finished === true;
  tables.podStatuses.write(pod, { ...before, status, version: before.version + 1, finished }, seq);
}

/** A kubelet knows of a pod that is gone what it was last. Before the object's removal is written. */
export function rememberPod(tables: Tables<WorldRows>, key: string, seq: number): void {
  const pod = tables.objects.read(key, seq);
  if (pod?.kind !== 'Pod') return;
  const { namespace, name, uid } = pod.metadata;
  const row = tables.podWorkers.read(`${namespace}/${name}/${uid}`, seq);
  if (row) tables.podWorkers.write(row.key, { ...row, pod: pod as Pod }, seq);
}

/** What a kubelet keeps of a pod that it has just taken in. */
export function workerOf(
  event: Pick<PodWorkerRow, 'node' | 'namespace' | 'name' | 'uid'> & { readonly pod: string },
  pod: Pod,
  at: number,
): PodWorkerRow {
  const { node, namespace, name, uid, pod: key } = event;
  return {
    key,
    node,
    namespace,
    name,
    uid,
    seenAt: at,
    pod,
    stage: 'syncing',
    works: 0,
    seen: { at, containers: {} },
    pendingSince: at,
    mounted: false,
    reasons: {},
    restarts: {},
    pulls: {},
  };
}

/** Rows change as objects do. */
function after<Row extends object>(row: Row, delta: ObjectDelta): Row {
  return applyDelta(row as unknown as KubeObject, delta) as unknown as Row;
}
