import type { Event } from '../cluster/contract/event.ts';
import type { Entry } from '../kernel/log/entry.ts';

/**
 * Whether an entry tells a reader something. The others are how the components keep their own books: they
 * make the log complete, and a reader who wants to see all of it can.
 */
export function isNotable({ actor, event }: Entry<Event>): boolean {
  switch (event.type) {
    case 'ObjectCreated':
      return actor !== 'genesis';
    case 'ObjectUpdated':
      return !isHeartbeat(Object.keys(event.set ?? {}), event.unset);
    case 'FileWritten':
    case 'FileAppended':
      // What the kubelet puts into volumes is part of starting a pod; what containers write is their doing.
      return !event.fileSystem.startsWith('volume/');
    case 'ExecFinished':
      return event.exitCode !== 0 || event.failure !== undefined;
    case 'ProbeWorkerMoved':
      // A new container begins with a result that no run has given.
      return event.set !== undefined && '/result' in event.set && '/run' in event.set;
    case 'StepBegan':
      // What is typed stands in the next entry.
      return event.kind !== 'run' || event.told === true;
    case 'TrafficCounted':
      return event.losses !== undefined;
    case 'MachineInstalled':
      return event.joins !== undefined;
    case 'CommandEnded':
      return event.exitCode !== 0;
    default:
      return !BOOKKEEPING.has(event.type);
  }
}

const BOOKKEEPING: ReadonlySet<Event['type']> = new Set<Event['type']>([
  'PodAdmitted',
  'PodWorkerMoved',
  'PodSyncRequested',
  'PodStatusSet',
  'PodStatusSent',
  'PodForgotten',
  'ProbeWorkerStarted',
  'ProbeWorkerStopped',
  'ProcessAdvanced',
  'ContainerCreated',
  'ContainerRemoved',
  // `kubectl logs` shows them, and a server writes a line for every probe.
  'ContainerLogged',
  'ExecRequested',
  'ExecAdvanced',
  'ExecForgotten',
  // The Kubernetes Event itself is in the next entry.
  'EventRecorded',
  'LookPutOff',
  'FailuresCounted',
  'PresenceNoted',
  'CordonNoticed',
  // The Kubernetes Event and the pod's condition say so.
  'SchedulingFailed',
  'SchedulingBackedOff',
  'SchedulingForgotten',
  'NodesLookedAt',
  // The autoscaler's conditions and Kubernetes Events say so.
  'SizeRecommended',
  'UsageSampled',
  'SizeChanged',
  'SelectorNoted',
  'AutoscalerForgotten',
  // The story shows what was printed.
  'CommandProgressed',
  'CommandPrinted',
  'ScenarioOpened',
  'InvariantWatched',
  'FaultLasts',
  'HoldingBegan',
  'HoldingEnded',
  'ValueCaptured',
  'TrafficTold',
]);

/**
 * By which fields an update changes: a lease was renewed, a node said that nothing is new, or somebody has
 * seen what is there already.
 */
export function isHeartbeat(set: readonly string[], unset: readonly string[] = []): boolean {
  const fields = [...set, ...unset];
  return fields.every((field) => HEARTBEAT.test(field)) && fields.some((field) => !REVISION.test(field));
}

const HEARTBEAT = /\/(?:renewTime|lastHeartbeatTime|observedGeneration|resourceVersion)$/;
const REVISION = /\/resourceVersion$/;
