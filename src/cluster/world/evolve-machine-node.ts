import type { Entry } from '../../kernel/log/entry.ts';
import type { Tables } from '../../kernel/table/store.ts';
import type { Event } from '../contract/event.ts';
import type { KubeletRow } from '../contract/kubelet-row.ts';
import type { MachineEvent } from '../contract/machine-event.ts';
import type { MachineRow, PacedClientRow } from '../contract/machine-rows.ts';
import { evolveInstalls } from './evolve-installs.ts';
import { kubeletAfter } from './evolve-kubelet.ts';
import { changeRules } from './evolve-proxy.ts';
import type { WorldRows } from './world.ts';

const NODE_EVENTS = [
  'MachineInstalled',
  'KubeletStarted',
  'KubeletStopped',
  'KubeletCertified',
  'PodCidrTaken',
  'KubeletCaughtUp',
  'CordonNoticed',
  'ImagePullStarted',
  'ImagePulled',
  'ImagePullFailed',
  'ImageRemoved',
  'RequestPaced',
  'RequestQueued',
  'RequestUnqueued',
] as const;

type NodeEvent = Extract<MachineEvent, { type: (typeof NODE_EVENTS)[number] }>;

export function isNodeEvent(event: MachineEvent): event is NodeEvent {
  return (NODE_EVENTS as readonly string[]).includes(event.type);
}

/** What is true of a machine as a whole. */
export function evolveNode(tables: Tables<WorldRows>, event: NodeEvent, entry: Entry<Event>): void {
  const { at, seq } = entry;
  const change = (fields: Partial<MachineRow>): void => {
    const row = tables.machines.read(event.node, seq);
    if (!row) throw new Error(`entry ${seq} is of machine ${event.node}, which was never installed`);
    tables.machines.write(event.node, { ...row, ...fields }, seq);
  };
  switch (event.type) {
    case 'MachineInstalled': {
      const { node, ip, podCidr, joins, powerAt } = event;
      const row = { node, ip, podCidr, addressesGiven: 0, kubelet: firstKubelet(event, at), pullsUntil: 0 };
      const own = {
        ...(joins && { joined: { at, settings: joins } }),
        ...(powerAt !== undefined && { off: { since: at, until: powerAt } }),
      };
      tables.machines.write(node, { ...row, ...own }, seq);
      for (const image of event.images) tables.images.write(`${node}/${image.id}`, { node, ...image }, seq);
      changeRules(tables, event, seq);
      return;
    }
    case 'KubeletStarted':
    case 'KubeletStopped':
    case 'KubeletCertified':
    case 'KubeletCaughtUp':
    case 'CordonNoticed': {
      const row = tables.machines.read(event.node, seq);
      if (row) change({ kubelet: kubeletAfter(row.kubelet, event, at) });
      if (event.type === 'KubeletStarted' || event.type === 'KubeletStopped')
        evolveInstalls(tables, event, entry);
      if (event.type === 'KubeletStarted' && !event.thawed) forgetWork(tables, event.node, { at, seq });
      return;
    }
    case 'PodCidrTaken':
      change({ podCidr: event.podCidr, addressesGiven: 0 });
      return;
    case 'ImagePullStarted':
      change({ pullsUntil: event.until });
      return;
    case 'ImagePulled':
      keepImage(tables, event, seq);
      return;
    case 'ImageRemoved':
      tables.images.write(`${event.node}/${event.id}`, undefined, seq);
      return;
    case 'ImagePullFailed':
      return;
    case 'RequestPaced':
    case 'RequestQueued':
    case 'RequestUnqueued': {
      const { node, client } = event;
      const fresh = { node, client, paidUntil: 0, queue: [] };
      const row = tables.pacedClients.read(`${node}/${client}`, seq) ?? fresh;
      tables.pacedClients.write(`${node}/${client}`, clientAfter(row, event), seq);
    }
  }
}

function keepImage(
  tables: Tables<WorldRows>,
  { type: _, ...image }: Extract<NodeEvent, { type: 'ImagePulled' }>,
  seq: number,
): void {
  const key = `${image.node}/${image.id}`;
  const known = tables.images.read(key, seq)?.names ?? [];
  const names = new Set([...known, ...image.names]);
  tables.images.write(key, { ...image, names: [...names] }, seq);
}

type Installed = Extract<NodeEvent, { type: 'MachineInstalled' }>;

function firstKubelet({ kubeletStartedAt, joins, powerAt }: Installed, at: number): KubeletRow {
  if (powerAt !== undefined) return { running: false, since: at };
  const kubelet = { running: kubeletStartedAt !== undefined, since: kubeletStartedAt ?? at };
  return joins ? { ...kubelet, starting: true } : kubelet;
}

/** What a kubelet was doing and how long it would have waited is gone with it; what it has mounted is not. */
function forgetWork(
  tables: Tables<WorldRows>,
  node: string,
  { at, seq }: { readonly at: number; readonly seq: number },
): void {
  for (const key of tables.podWorkers.keysBy('node', node, seq)) {
    const row = tables.podWorkers.read(key, seq);
    if (!row) continue;
    const { underWay: _, nextSyncAt: __, lastSyncAt: ___, ...kept } = row;
    const fresh = { pendingSince: at, reasons: {}, restarts: {}, pulls: {} };
    tables.podWorkers.write(key, { ...kept, ...fresh }, seq);
  }
}

type ClientEvent = Extract<NodeEvent, { client: unknown }>;

function clientAfter(client: PacedClientRow, event: ClientEvent): PacedClientRow {
  switch (event.type) {
    case 'RequestPaced':
      return { ...client, paidUntil: event.paidUntil };
    case 'RequestQueued':
      return { ...client, queue: [...client.queue, event.queued] };
    case 'RequestUnqueued':
      return { ...client, queue: client.queue.slice(1) };
  }
}
