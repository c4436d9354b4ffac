import type { Tables } from '../../kernel/table/store.ts';
import type { Millis } from '../../kernel/time/millis.ts';
import type { MachineEvent } from '../contract/machine-event.ts';
import type { ContainerRow, MachineRow } from '../contract/machine-rows.ts';
import { partiesAfter } from './reach.ts';
import type { WorldRows } from './world.ts';

const POWER_EVENTS = [
  'MachineStopped',
  'MachineStarted',
  'MachineRemoved',
  'NetworkCut',
  'NetworkMended',
  'MemoryShortageNoted',
  'DiskShortageNoted',
  'ClockSet',
] as const;

type PowerEvent = Extract<MachineEvent, { type: (typeof POWER_EVENTS)[number] }>;

export function isPowerEvent(event: MachineEvent): event is PowerEvent {
  return (POWER_EVENTS as readonly string[]).includes(event.type);
}

interface Moment {
  readonly at: Millis;
  readonly seq: number;
}

/**
 * As containerd says of a container whose process it does not find again (cri: restart.go unknownExitCode).
 */
const LOST = { code: 255, reason: 'Unknown' };

/** A machine loses its power, its network or its room, or has it again. */
export function evolvePower(tables: Tables<WorldRows>, event: PowerEvent, { at, seq }: Moment): void {
  const row = tables.machines.read(event.node, seq);
  if (!row) throw new Error(`entry ${seq} is of machine ${event.node}, which was never installed`);
  const write = (next: MachineRow): void => tables.machines.write(event.node, next, seq);
  switch (event.type) {
    case 'MachineRemoved': {
      const kubelet = { running: false, since: at };
      write({ ...row, removed: at, off: { since: at }, pullsUntil: 0, kubelet });
      endEverything(tables, event.node, { at, seq });
      return;
    }
    case 'MachineStopped': {
      const off = { since: at, ...(event.until !== undefined && { until: event.until }) };
      write({ ...row, off, pullsUntil: 0, kubelet: { running: false, since: at } });
      endEverything(tables, event.node, { at, seq });
      return;
    }
    case 'MachineStarted': {
      const { off, ...kept } = row;
      const { kubeletAt } = event;
      // One without power since it was installed has not run yet.
      const isNew = off !== undefined && off.since === row.joined?.at;
      write({
        ...kept,
        ...(!isNew && { boots: (row.boots ?? 0) + 1 }),
        kubelet: { running: false, since: at, until: kubeletAt },
      });
      // The runtime learns only now that they have ended.
      for (const container of containersOf(tables, event.node, seq)) {
        if (container.exit?.reason !== LOST.reason || container.exit.at !== off?.since) continue;
        tables.containers.write(container.id, { ...container, exit: { ...LOST, at: kubeletAt } }, seq);
      }
      return;
    }
    case 'MemoryShortageNoted': {
      const { memoryShort: _, ...kept } = row;
      write(event.isShort ? { ...kept, memoryShort: { seenAt: at } } : kept);
      return;
    }
    case 'DiskShortageNoted': {
      const { diskShort: _, ...kept } = row;
      write(event.isShort ? { ...kept, diskShort: { seenAt: at } } : kept);
      return;
    }
    case 'ClockSet': {
      const { aheadMs: _, ...kept } = row;
      write(event.byMs === 0 ? kept : { ...kept, aheadMs: event.byMs });
      return;
    }
    case 'NetworkCut':
    case 'NetworkMended': {
      const { cutFrom, ...kept } = row;
      const parties = partiesAfter(cutFrom ?? [], event);
      const hears = event.type === 'NetworkMended' && row.kubelet.running;
      const { refused: _, ...known } = row.kubelet;
      const kubelet = hears ? { ...known, starting: true as const, backSince: at } : row.kubelet;
      write({ ...kept, kubelet, ...(parties.length > 0 && { cutFrom: parties }) });
    }
  }
}

function endEverything(tables: Tables<WorldRows>, node: string, { at, seq }: Moment): void {
  for (const container of containersOf(tables, node, seq)) {
    if (container.exit) continue;
    tables.containers.write(container.id, { ...container, exit: { ...LOST, at } }, seq);
  }
  for (const id of tables.processes.keysBy('node', node, seq)) tables.processes.write(id, undefined, seq);
  for (const id of tables.execs.keysBy('running', node, seq)) tables.execs.write(id, undefined, seq);
  for (const id of tables.connections.keysBy('all', '', seq)) {
    if (tables.connections.read(id, seq)?.node === node) tables.connections.write(id, undefined, seq);
  }
  for (const pod of tables.podWorkers.keysBy('node', node, seq)) {
    for (const id of tables.sandboxes.keysBy('pod', pod, seq)) {
      const sandbox = tables.sandboxes.read(id, seq);
      if (sandbox && sandbox.stoppedAt === undefined)
        tables.sandboxes.write(id, { ...sandbox, stoppedAt: at }, seq);
    }
  }
}

function containersOf(tables: Tables<WorldRows>, node: string, seq: number): readonly ContainerRow[] {
  const found: ContainerRow[] = [];
  for (const pod of tables.podWorkers.keysBy('node', node, seq)) {
    for (const id of tables.containers.keysBy('pod', pod, seq)) {
      const container = tables.containers.read(id, seq);
      if (container) found.push(container);
    }
  }
  return found;
}
