import type { MachineRow, Party } from '../contract/machine-rows.ts';
import type { RowReader } from '../contract/reader.ts';

/** Everybody, and the machines that the API server and the controllers run on. */
export const EVERYBODY: Party = '*';
export const CONTROL_PLANE: Party = 'control-plane';

/** From whom a machine is cut off after its network was cut, or mended. */
export function partiesAfter(
  before: readonly Party[],
  { type, from }: { readonly type: 'NetworkCut' | 'NetworkMended'; readonly from: readonly Party[] },
): readonly Party[] {
  if (type === 'NetworkCut') return [...new Set([...before, ...from])].sort();
  return from.includes(EVERYBODY) ? [] : before.filter((party) => !from.includes(party));
}

/** Whether packets pass between a machine and somebody else. */
export function reaches({ off, cutFrom }: MachineRow, party: Party): boolean {
  if (off !== undefined) return false;
  return cutFrom === undefined || (!cutFrom.includes(EVERYBODY) && !cutFrom.includes(party));
}

/** Whether a node hears of the control plane and is heard by it; one without a machine is never cut off. */
export function isHeard(rows: RowReader, node: string): boolean {
  const machine = rows.row('machines', node);
  return machine === undefined || reaches(machine, CONTROL_PLANE);
}

/** Whether packets pass between two machines; `undefined` is somebody outside of the cluster. */
export function areInTouch(rows: RowReader, one: string | undefined, other: string | undefined): boolean {
  if (one === other) return one === undefined || rows.row('machines', one)?.off === undefined;
  return isOpen(rows, one, other) && isOpen(rows, other, one);
}

function isOpen(rows: RowReader, node: string | undefined, party: string | undefined): boolean {
  const machine = node === undefined ? undefined : rows.row('machines', node);
  return !machine || reaches(machine, party ?? OUTSIDE);
}

/** Nobody is cut off from the outside alone: it is part of everybody. */
const OUTSIDE: Party = 'outside';
