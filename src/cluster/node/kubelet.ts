import type { Entry } from '../../kernel/log/entry.ts';
import type { Millis } from '../../kernel/time/millis.ts';
import type { Change } from '../contract/api-event.ts';
import type { Address, Component, Delivery, Reaction, View, Wake } from '../contract/component.ts';
import type { Event } from '../contract/event.ts';
import { hostFileSystem } from '../contract/file-key.ts';
import { instancesOf } from '../contract/instances.ts';
import type { PacedClientName } from '../contract/machine-rows.ts';
import type { ObjectReader, RowReader } from '../contract/reader.ts';
import { isFounded } from '../contract/settings.ts';
import type { Node, Pod } from '../objects/kubernetes.ts';
import { isMirrorPod } from '../objects/mirror-pod.ts';
import { runtimeRuns } from '../world/installs.ts';
import { isHeard } from '../world/reach.ts';
import { leaseWake, renewLease } from './heartbeat/renew-lease.ts';
import { isGivenUp, reportNode, reportWake } from './heartbeat/report-node.ts';
import { byOwnClock } from './own-clock.ts';
import { hasNewRange, takeRange } from './pod-range.ts';
import { queuedWake, sendQueued } from './pod-worker/send-queued.ts';
import { podWake, workPod } from './pod-worker/work-pod.ts';
import { diskWake, manageDisk } from './pressure/manage-disk.ts';
import { manageMemory, memoryWake } from './pressure/manage-memory.ts';
import { probeWake, workProbe } from './probes/work-probe.ts';
import { startUp, startUpWake } from './start-up.ts';
import { shownBy } from './static-pods/mirror.ts';
import { manifestsWake, workManifests } from './static-pods/work-manifests.ts';
import { changesDevices, type PodOnNode, podsThatGot, podsThatGrow } from './volumes/awaited-disks.ts';

const NAME = 'kubelet';
const LEASE = 'lease';
const STATUS = 'status';
const START = 'start';
const MEMORY = 'memory';
const DISK = 'disk';
const FILES = 'manifests';
const CLIENTS: readonly PacedClientName[] = ['statuses', 'events'];
const POD = 'pod/';
const PROBE = 'probe/';
const REQUESTS = 'certificatesigningrequests.certificates.k8s.io';

/**
 * The kubelets, one an actor (`kubelet/node-1`). A look is at one pod (`pod/namespace/name/uid`), at one
 * probe of a container (`probe/…/container/kind`), at the node's lease, at the node's status, or at all that
 * there is when the kubelet starts.
 */
export const kubelet: Component = {
  name: NAME,
  versionOf: 'kubelet',
  watches: ['pods', 'nodes', 'persistentvolumeclaims', REQUESTS],
  deliveriesOf,
  concernsOf,
  addresses,
  isConnected: (actor, rows) => isHeard(rows, nodeOf({ actor })),
  listsAfresh,
  reconcile,
  wake,
};

function isClient(key: string): key is PacedClientName {
  return key === 'statuses' || key === 'events';
}

const { actorOf, nodeOf } = instancesOf(NAME);

function* listsAfresh(event: Event): Generator<Delivery> {
  if ('node' in event && (event.type !== 'MachineInstalled' || event.joins))
    yield { actor: actorOf(String(event.node)) };
}

function deliveriesOf(change: Change, rows: RowReader, objects: ObjectReader): readonly Delivery[] {
  if (change.resource === REQUESTS) return whoAsk(rows);
  if (change.resource === 'persistentvolumeclaims') return podsThatGrow(change, objects).map(toPod);
  if (change.resource === 'nodes') {
    const [now, before] = [change.object as Node, change.before as Node | undefined];
    const actor = actorOf(now.metadata.name ?? '');
    const isCordonNews = (now.spec?.unschedulable ?? false) !== (before?.spec?.unschedulable ?? false);
    return [
      isCordonNews || isGivenUp(now) || hasNewRange(now, rows) ? { actor, key: STATUS } : { actor },
      ...podsThatGot(now, before, rows).map(toPod),
    ];
  }
  const pod = change.object as Pod;
  const { nodeName } = pod.spec;
  if (!nodeName) return [];
  const actor = actorOf(nodeName);
  if (!isNews(change)) return [{ actor }];
  if (isMirrorPod(pod)) {
    const shown = shownBy(rows, pod);
    return [shown ? { actor, key: POD + shown.key } : { actor }];
  }
  const { namespace, name, uid } = pod.metadata;
  return [{ actor, key: `${POD}${namespace}/${name}/${uid}` }];
}

/** Kubelets that wait for their first certificate. */
function whoAsk(rows: RowReader): readonly Delivery[] {
  const machines = rows.rowsBy('machines', 'all', '');
  return machines.flatMap(({ node, kubelet: { bootstraps, running } }) =>
    bootstraps && running ? [{ actor: actorOf(node), key: START }] : [],
  );
}

function toPod({ node, key }: PodOnNode): Delivery {
  return { actor: actorOf(node), key: POD + key };
}

/**
 * What the kubelet itself has written of a pod is no news to it. Kubelet: config/config.go
 * podsDifferSemantically.
 */
function isNews({ type, object, before }: Change): boolean {
  if (type !== 'MODIFIED' || !before) return true;
  const [old, now] = [before as Pod, object as Pod];
  return (
    old.spec !== now.spec ||
    old.metadata.deletionTimestamp !== now.metadata.deletionTimestamp ||
    old.metadata.deletionGracePeriodSeconds !== now.metadata.deletionGracePeriodSeconds ||
    old.metadata.labels !== now.metadata.labels ||
    old.metadata.annotations !== now.metadata.annotations
  );
}

function concernsOf({ event }: Entry<Event>, rows: RowReader): Iterable<Address> {
  switch (event.type) {
    case 'ContainerStarted':
    case 'ProcessAdvanced': {
      const isNews = event.type === 'ContainerStarted' || changesMemory(event);
      const keys = [...(isNews ? [MEMORY] : []), ...(awaitsPlugin(rows, event) ? [STATUS] : [])];
      return keys.map((key) => ({ actor: actorOf(event.node), key }));
    }
    case 'ContainerExited':
      return [
        { actor: actorOf(event.node), key: POD + event.pod },
        { actor: actorOf(event.node), key: MEMORY },
      ];
    case 'PodAdmitted':
    case 'PodCondemned':
    case 'PodSyncRequested':
      return [{ actor: actorOf(event.node), key: POD + event.pod }];
    case 'PodWorkerMoved':
      return [
        ...(changesDevices(event, rows) ? [{ actor: actorOf(event.node), key: STATUS }] : []),
        ...(event.set?.['/stage'] === undefined ? [] : diskConcerned(event.node, rows)),
      ];
    case 'ImagePulled':
    case 'ImageRemoved':
      return [{ actor: actorOf(event.node), key: DISK }];
    case 'ExecFinished':
      return [
        { actor: actorOf(event.node), key: event.exec.startsWith(PROBE) ? event.exec : POD + event.pod },
      ];
    case 'ProbeWorkerStarted':
      return [{ actor: actorOf(event.node), key: PROBE + event.worker.key }];
    case 'ProbeWorkerMoved':
    case 'ProbeWorkerStopped':
      return [{ actor: actorOf(event.node), key: PROBE + event.probe }];
    case 'RequestQueued':
    case 'RequestUnqueued':
    case 'RequestPaced':
      return [{ actor: actorOf(event.node), key: event.client }];
    case 'MachineInstalled':
    case 'KubeletStarted':
    case 'KubeletCertified':
    case 'KubeletCaughtUp':
    case 'KubeletStopped':
    case 'MachineStopped':
    case 'NetworkMended':
    case 'MemoryShortageNoted':
    case 'DiskShortageNoted':
    case 'ClockSet':
    case 'ServiceStarted':
    case 'ServiceStopped':
      return addressesOf(event.node, rows);
    case 'CachesRenewed':
    case 'ProgramStarted':
    case 'EtcdFormed':
    case 'EtcdLeaderElected':
      return rows.rowsBy('machines', 'all', '').flatMap(({ node }) => [...addressesOf(node, rows)]);
    default:
      return filesConcerned(event, rows);
  }
}

/** Whether a container on the machine may be the network's plugin, of which its node's status tells. */
function awaitsPlugin(rows: RowReader, { type }: Event): boolean {
  const settings = rows.row('settings', 'cluster');
  return type === 'ContainerStarted' && settings !== undefined && !isFounded(settings);
}

/** Who looks at the folder of manifests, or at a pod that is in it. */
function filesConcerned(event: Event, rows: RowReader): Iterable<Address> {
  switch (event.type) {
    case 'FileWritten':
    case 'ManifestRefused': {
      const isOfMachine = event.type !== 'FileWritten' || event.fileSystem === hostFileSystem(event.node);
      return [
        ...(isOfMachine ? [{ actor: actorOf(event.node), key: FILES }] : []),
        ...(event.type === 'FileWritten' ? diskConcerned(event.node, rows) : []),
      ];
    }
    case 'StaticPodTaken':
    case 'StaticPodDropped': {
      const actor = actorOf(event.node);
      const files = { actor, key: FILES };
      return event.pod === undefined ? [files] : [files, { actor, key: POD + event.pod }];
    }
    case 'PodForgotten':
      return rows.rowsBy('files', 'fileSystem', hostFileSystem(event.node)).length === 0
        ? []
        : [{ actor: actorOf(event.node), key: FILES }];
    default:
      return [];
  }
}

/** Whether there is room is asked again only where something is large enough to count. */
function diskConcerned(node: string, rows: RowReader): Iterable<Address> {
  const isOfInterest =
    rows.rowsBy('files', 'sized', '').length > 0 || rows.row('machines', node)?.diskShort !== undefined;
  return isOfInterest ? [{ actor: actorOf(node), key: DISK }] : [];
}

/** Another program runs, or one began to grow. */
function changesMemory({ set = {}, unset = [] }: Extract<Event, { type: 'ProcessAdvanced' }>): boolean {
  return [...Object.keys(set), ...unset].some((path) => /^\/tasks(\/\d+)?$|growing/.test(path));
}

function* addresses({ rows }: View): Generator<Address> {
  for (const { node } of rows.rowsBy('machines', 'all', '')) yield* addressesOf(node, rows);
}

function* addressesOf(node: string, rows: RowReader): Generator<Address> {
  const actor = actorOf(node);
  yield { actor, key: LEASE };
  yield { actor, key: STATUS };
  yield { actor, key: START };
  yield { actor, key: MEMORY };
  yield { actor, key: DISK };
  if (rows.rowsBy('files', 'fileSystem', hostFileSystem(node)).length > 0) yield { actor, key: FILES };
  for (const client of CLIENTS) yield { actor, key: client };
  for (const { key } of rows.rowsBy('podWorkers', 'node', node)) yield { actor, key: POD + key };
  for (const { key } of rows.rowsBy('probeWorkers', 'node', node)) yield { actor, key: PROBE + key };
}

function reconcile(cluster: View, address: Address, now: Millis): Reaction {
  const { key } = address;
  const node = nodeOf(address);
  const view = byOwnClock(cluster, cluster.rows.row('machines', node));
  if (key === LEASE) return renewLease(view, node, now);
  if (key === STATUS) return reportIfDue(view, node, now);
  if (key === START) return startUp(view, node, now);
  if (key === MEMORY) return manageMemory(view, node, now);
  if (key === DISK) return manageDisk(view, node, now);
  if (isClient(key)) return sendQueued(view, node, { client: key, now });
  // Nothing can be started, stopped or probed while the runtime does not answer.
  if (!runtimeRuns(view.rows, node)) return idle();
  if (key === FILES) return workManifests(view, node, now);
  if (key.startsWith(POD)) return workPod(view, node, { key: key.slice(POD.length), now });
  return workProbe(view, key.slice(PROBE.length), now);
}

function* idle(): Reaction {
  yield* [];
}

/** A cordon makes the kubelet look when it would look anyway, and not before. */
function* reportIfDue(view: View, node: string, now: Millis): Reaction {
  const machine = view.rows.row('machines', node);
  if (machine) yield* takeRange(view, machine);
  if (machine && reportWake(view, machine, now).at === now) yield* reportNode(view, node, now);
}

function wake(cluster: View, address: Address, from: Millis): Wake | undefined {
  const { key } = address;
  const machine = cluster.rows.row('machines', nodeOf(address));
  if (!machine?.kubelet.running) return undefined;
  const view = byOwnClock(cluster, machine);
  const isOfRuntime = key === FILES || key.startsWith(POD) || key.startsWith(PROBE);
  if (isOfRuntime && !runtimeRuns(view.rows, machine.node)) return undefined;
  if (key === START) return startUpWake(view, machine, from);
  // Nobody knows it yet.
  if (machine.kubelet.bootstraps && !isOfRuntime) return undefined;
  if (key.startsWith(POD)) {
    const worker = view.rows.row('podWorkers', key.slice(POD.length));
    return worker && podWake(view, worker, from);
  }
  if (key.startsWith(PROBE)) {
    const worker = view.rows.row('probeWorkers', key.slice(PROBE.length));
    return worker && probeWake(view, worker, from);
  }
  if (key === MEMORY) return memoryWake(view, machine, from);
  if (key === DISK) return diskWake(view, machine, from);
  if (key === FILES) return manifestsWake(view, machine, from);
  if (isClient(key)) {
    const due = queuedWake(view, machine.node, key);
    return due && { ...due, at: Math.max(due.at, from) };
  }
  return key === LEASE ? leaseWake(view, machine, from) : reportWake(view, machine, from);
}
