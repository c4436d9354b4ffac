import type { RowReader } from '../../contract/reader.ts';
import { isWithin } from '../../objects/ip-network.ts';
import { areInTouch } from '../../world/reach.ts';
import type { Origin } from '../approach.ts';

/** Who has an address: a pod, or a machine itself. */
export interface Place {
  readonly node: string;
  readonly pod?: string;
}

/** Whoever has an address now; of addresses of the loopback, whoever asks. */
export function placeOf(rows: RowReader, from: Origin, address: string): Place | undefined {
  if (address.startsWith('127.')) return from === 'outside' ? undefined : from;
  const place = ownerOf(rows, address);
  return place && areInTouch(rows, nodeOf(from), place.node) ? place : undefined;
}

function ownerOf(rows: RowReader, address: string): Place | undefined {
  const [sandbox] = rows.rowsBy('sandboxes', 'ip', address);
  if (sandbox) return { node: sandbox.node, pod: sandbox.pod };
  const machine = rows.rowsBy('machines', 'all', '').find(({ ip }) => ip === address);
  return machine && { node: machine.node };
}

function nodeOf(from: Origin): string | undefined {
  return from === 'outside' ? undefined : from.node;
}

/** The machine behind an address, of itself or of its pods, that packets from somewhere do not reach. */
export function lostMachine(rows: RowReader, from: Origin, address: string): string | undefined {
  const machine = rows
    .rowsBy('machines', 'all', '')
    .find(({ ip, podCidr }) => ip === address || isWithin(podCidr, address));
  return machine && !areInTouch(rows, nodeOf(from), machine.node) ? machine.node : undefined;
}

/** In a network of pods the bridge says that nobody has the address; elsewhere there is silence. */
export function nobodyAt(rows: RowReader, from: Origin, address: string): 'unreachable' | 'timedOut' {
  if (lostMachine(rows, from, address) !== undefined) return 'timedOut';
  const isOfPods = rows.rowsBy('machines', 'all', '').some(({ podCidr }) => isWithin(podCidr, address));
  return from !== 'outside' && isOfPods ? 'unreachable' : 'timedOut';
}
