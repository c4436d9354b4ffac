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
import { evolveHindrances, isHindranceEvent } from './evolve-hindrances.ts';
import { evolveInstalls, isInstallEvent } from './evolve-installs.ts';
import { evolveConnection, isConnectionEvent } from './evolve-machine-connections.ts';
import { evolveContainer, isContainerEvent } from './evolve-machine-containers.ts';
import { evolveNode, isNodeEvent } from './evolve-machine-node.ts';
import { evolvePod } from './evolve-machine-pods.ts';
import { evolvePower, isPowerEvent } from './evolve-machine-power.ts';
import { evolvePaths, isPathEvent } from './evolve-paths.ts';
import { evolvePolicies, isPolicyEvent } from './evolve-policies.ts';
import { evolveProxy, isProxyEvent } from './evolve-proxy.ts';
import { evolveRegistries, isRegistryEvent } from './evolve-registries.ts';
import { evolveScheduling, isSchedulingEvent } from './evolve-scheduling.ts';
import { evolveStaticPod, isStaticPodEvent } from './evolve-static-pods.ts';
import { evolveUsage } from './evolve-usage.ts';
import { evolveVertical } from './evolve-vertical.ts';
import { evolveWeb, isWebEvent } from './evolve-web.ts';
import type { WorldRows } from './world.ts';

type Fold = (tables: Tables<WorldRows>, event: never, entry: Entry<Event>) => void;

/** Who folds events of a type, found when the first of them comes. */
const folds = new Map<MachineEvent['type'], Fold>();

/** What is true on the machines, after one fact. */
export function evolveMachine(tables: Tables<WorldRows>, event: MachineEvent, entry: Entry<Event>): void {
  let fold = folds.get(event.type);
  if (!fold) {
    fold = foldOf(event);
    folds.set(event.type, fold);
  }
  fold(tables, event as never, entry);
}

/** It is the same for all events of a type. */
function foldOf(event: MachineEvent): Fold {
  if (event.type === 'EventRecorded') return remember;
  if (event.type === 'UsageSampled') return evolveVertical;
  if (event.type === 'UsageScraped') return evolveUsage;
  if (event.type === 'NameKept') return keepName;
  if (isAutoscalerEvent(event)) return evolveAutoscaler;
  if (isControllerEvent(event)) return evolveController;
  if (isProgramEvent(event)) return evolveControlPlane;
  if (isStaticPodEvent(event)) return evolveStaticPod;
  if (isSchedulingEvent(event)) return evolveScheduling;
  if (isProxyEvent(event)) return evolveProxy;
  if (isBalancerEvent(event)) return evolveBalancer;
  if (isRegistryEvent(event)) return evolveRegistries;
  if (isPathEvent(event)) return evolvePaths;
  if (isHindranceEvent(event)) return evolveHindrances;
  if (isPolicyEvent(event)) return evolvePolicies;
  if (isWebEvent(event)) return evolveWeb;
  if (isInstallEvent(event)) return event.type === 'ServiceStarted' ? evolveService : evolveInstalls;
  if (isPowerEvent(event)) return evolvePower;
  if (isNodeEvent(event)) return evolveNode;
  if (isConnectionEvent(event)) return evolveConnection;
  return isContainerEvent(event) ? evolveContainer : evolvePod;
}

function keepName(
  { names }: Tables<WorldRows>,
  { question, answer, until }: Extract<MachineEvent, { type: 'NameKept' }>,
  { seq }: Entry<Event>,
): void {
  names.write(nameKey(question), { answer, until }, seq);
}

function evolveService(
  tables: Tables<WorldRows>,
  event: Extract<MachineEvent, { type: 'ServiceStarted' }>,
  entry: Entry<Event>,
): void {
  evolveInstalls(tables, event, entry);
  lookAnew(tables, event, entry);
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
  { seq }: Entry<Event>,
): void {
  const write = (field: keyof RecorderRow, of: string, row: RecorderRow): void =>
    tables.recorders.write(recorderRowKey(recorder, field, of), row, seq);
  if (bucket) write('bucket', bucket.of, { bucket: { tokens: bucket.tokens, at: bucket.at } });
  if (similar) write('similar', similar.of, { similar: { messages: similar.messages, at: similar.at } });
  const { of, ...event } = written;
  write('written', of, { written: event });
  if (event.count === 1) write('newest', '', { newest: event.name });
}
