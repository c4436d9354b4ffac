import type { Entry } from '../../../kernel/log/entry.ts';
import type { Millis } from '../../../kernel/time/millis.ts';
import type { Address, Component, View, Wake } from '../../contract/component.ts';
import { PROGRAMS, type ProgramName, programKey } from '../../contract/control-plane-rows.ts';
import type { Event } from '../../contract/event.ts';
import { instancesOf } from '../../contract/instances.ts';
import type { ContainerRow } from '../../contract/machine-rows.ts';
import type { RowReader } from '../../contract/reader.ts';
import { hasOwnControlPlane } from '../../contract/settings.ts';
import { isElected, lead, leadWake } from './lead.ts';
import { start, startWake } from './start-program.ts';

const NAME = 'programs';
const { actorOf, nodeOf } = instancesOf(NAME);
const LEASES = 'leases.coordination.k8s.io';

/**
 * The programs of a control plane that runs on the cluster's machines (`programs/control-plane`, a key each):
 * whether what runs in the containers of their static pods has begun to do its work, and which of several
 * leads.
 */
export const programs: Component = {
  name: NAME,
  watches: [LEASES],
  // client-go: leaderelection.go gets and updates its lease.
  polls: true,
  concernedBy: [
    'ContainerStarted',
    'ContainerExited',
    'ProcessAdvanced',
    'PodForgotten',
    'MachineStopped',
    'ProgramStarted',
    'ProgramStopped',
    'LeadershipTaken',
    'EtcdFormed',
    'EtcdLeaderElected',
  ],
  concernsOf,
  deliveriesOf({ object }, rows) {
    const { namespace, name = '' } = object.metadata;
    if (namespace !== 'kube-system' || !isElected(name)) return [];
    return rows.rowsBy('programs', 'program', name).map(({ node }) => ({ actor: actorOf(node) }));
  },
  *addresses({ settings }) {
    if (!hasOwnControlPlane(settings)) return;
    for (const { name, controlPlane } of settings.nodes) if (controlPlane) yield* addressesOf(name);
  },
  *reconcile(view, address, now) {
    const { program, node } = whichOf(address);
    const row = view.rows.row('programs', programKey(program, node));
    const container = containerOf(view.rows, program, node);
    if (row && row.container !== container?.id) yield { type: 'ProgramStopped', program, node };
    if (!container) return;
    if (row?.container === container.id) yield* lead(view, row, container, now);
    else yield* start(view, program, container, now);
  },
  wake,
};

function whichOf(address: Address): { readonly program: ProgramName; readonly node: string } {
  return { program: address.key as ProgramName, node: nodeOf(address) };
}

function* addressesOf(node: string): Generator<Address> {
  for (const program of PROGRAMS) yield { actor: actorOf(node), key: program };
}

function* concernsOf({ event }: Entry<Event>, rows: RowReader): Generator<Address> {
  switch (event.type) {
    case 'ContainerStarted':
    case 'ContainerExited':
    case 'ProcessAdvanced':
      if (rows.row('podWorkers', event.pod)?.static) yield* addressesOf(event.node);
      return;
    case 'PodForgotten':
    case 'MachineStopped':
      yield* runningOn(rows, event.node);
      return;
    case 'ProgramStarted':
    case 'ProgramStopped':
    case 'LeadershipTaken':
    case 'EtcdFormed':
    case 'EtcdLeaderElected':
      for (const { node } of rows.rowsBy('machines', 'all', ''))
        if (rows.rowsBy('staticPods', 'node', node).length > 0) yield* addressesOf(node);
      return;
    default:
  }
}

function* runningOn(rows: RowReader, machine: string): Generator<Address> {
  for (const { program, node } of rows.rowsBy('programs', 'here', ''))
    if (node === machine) yield { actor: actorOf(node), key: program };
}

/** The container in which a program runs on a machine, if one does. */
function containerOf(rows: RowReader, program: ProgramName, node: string): ContainerRow | undefined {
  for (const worker of rows.rowsBy('podWorkers', 'node', node)) {
    if (!worker.static) continue;
    for (const row of rows.rowsBy('containers', 'pod', worker.key)) {
      const process = rows.row('processes', row.id);
      if (row.name === program && process && !process.ending && row.startedAt !== undefined) return row;
    }
  }
  return undefined;
}

function wake(view: View, address: Address, from: Millis): Wake | undefined {
  const { program, node } = whichOf(address);
  const { rows } = view;
  const row = rows.row('programs', programKey(program, node));
  const container = containerOf(rows, program, node);
  if (row && row.container !== container?.id) return { at: from, cause: causeOf(rows, row.container) };
  if (!container) return undefined;
  const at = row ? leadWake(view, row, from) : startWake(view, program, container);
  return at === undefined ? undefined : { at: Math.max(at, from), cause: causeOf(rows, container.id) };
}

function causeOf(rows: RowReader, container: string): number | null {
  return rows.changedAt('containers', container);
}
