import type { Entry } from '../../kernel/log/entry.ts';
import type { Tables } from '../../kernel/table/store.ts';
import { nameKey } from '../contract/dns-record.ts';
import type { Event } from '../contract/event.ts';
import type { MachineEvent } from '../contract/machine-event.ts';
import { type RecorderRow, recorderRowKey } from '../contract/recorder-row.ts';
import { evolveAutoscaler, isAutoscalerEvent } from './evolve-autoscaler.ts';
import { evolveBalancer, isBalancerEvent } from './evolve-balancers.ts';
import { evolveControlPlane, isProgramEvent } from './evolve-control-plane.ts';
import { evolveController, isControllerEvent } from './evolve-controllers.ts';
import { evolveInstalls, isInstallEvent } from './evolve-installs.ts';
import { evolveConnection, isConnectionEvent } from './evolve-machine-connections.ts';
import { evolveContainer, isContainerEvent } from './evolve-machine-containers.ts';
import { evolveNode, isNodeEvent } from './evolve-machine-node.ts';
import { evolvePod } from './evolve-machine-pods.ts';
import { evolvePower, isPowerEvent } from './evolve-machine-power.ts';
import { evolvePolicies, isPolicyEvent } from './evolve-policies.ts';
import { evolveProxy, isProxyEvent } from './evolve-proxy.ts';
import { evolveScheduling, isSchedulingEvent } from './evolve-scheduling.ts';
import { evolveStaticPod, isStaticPodEvent } from './evolve-static-pods.ts';
import { evolveUsage } from './evolve-usage.ts';
import { evolveVertical } from './evolve-vertical.ts';
import { evolveWeb, isWebEvent } from './evolve-web.ts';
import type { WorldRows } from './world.ts';

/** What is true on the machines, after one fact. */
export function evolveMachine(tables: Tables<WorldRows>, event: MachineEvent, entry: Entry<Event>): void {
  if (event.type === 'EventRecorded') {
    remember(tables, event, entry.seq);
  } else if (event.type === 'UsageSampled') {
    evolveVertical(tables, event, entry);
  } else if (event.type === 'UsageScraped') {
    evolveUsage(tables, event, entry);
  } else if (isAutoscalerEvent(event)) {
    evolveAutoscaler(tables, event, entry);
  } else if (isControllerEvent(event)) {
    evolveController(tables, event, entry.seq);
  } else if (isProgramEvent(event)) {
    evolveControlPlane(tables, event, entry);
  } else if (isStaticPodEvent(event)) {
    evolveStaticPod(tables, event, entry);
  } else if (isSchedulingEvent(event)) {
    evolveScheduling(tables, event, entry);
  } else if (event.type === 'NameKept') {
    const { question, answer, until } = event;
    tables.names.write(nameKey(question), { answer, until }, entry.seq);
  } else if (isProxyEvent(event)) {
    evolveProxy(tables, event, entry);
  } else if (isBalancerEvent(event)) {
    evolveBalancer(tables, event, entry.seq);
  } else if (isPolicyEvent(event)) {
    evolvePolicies(tables, event, entry.seq);
  } else if (isWebEvent(event)) {
    evolveWeb(tables, event, entry);
  } else if (isInstallEvent(event)) {
    evolveInstalls(tables, event, entry);
    if (event.type === 'ServiceStarted') lookAnew(tables, event, entry);
  } else if (isPowerEvent(event)) {
    evolvePower(tables, event, entry);
  } else if (isNodeEvent(event)) {
    evolveNode(tables, event, entry);
  } else if (isConnectionEvent(event)) {
    evolveConnection(tables, event, entry);
  } else if (isContainerEvent(event)) {
    evolveContainer(tables, event, entry);
  } else {
    evolvePod(tables, event, entry);
  }
}

/** A kubelet whose runtime answers again looks at all its pods. */
function lookAnew(
  { machines }: Tables<WorldRows>,
  { node, service }: { readonly node: string; readonly service: string },
  { at, seq }: Entry<Event>,
): void {
  const row = service === 'containerd' ? machines.read(node, seq) : undefined;
  if (!row?.kubelet.running) return;
  machines.write(node, { ...row, kubelet: { ...row.kubelet, starting: true, backSince: at } }, seq);
}

function remember(
  tables: Tables<WorldRows>,
  { recorder, bucket, similar, written }: Extract<MachineEvent, { type: 'EventRecorded' }>,
  seq: number,
): void {
  const write = (field: keyof RecorderRow, of: string, row: RecorderRow): void =>
    tables.recorders.write(recorderRowKey(recorder, field, of), row, seq);
  if (bucket) write('bucket', bucket.of, { bucket: { tokens: bucket.tokens, at: bucket.at } });
  if (similar) write('similar', similar.of, { similar: { messages: similar.messages, at: similar.at } });
  const { of, ...event } = written;
  write('written', of, { written: event });
  if (event.count === 1) write('newest', '', { newest: event.name });
}
