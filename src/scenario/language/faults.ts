import type { ControlPlaneFault } from '../../cluster/faults/control-plane-fault.ts';
import { type Fault, isOfProgram } from '../../cluster/faults/fault.ts';
import { CONTROL_PLANE, EVERYBODY } from '../../cluster/world/reach.ts';
import type { FaultOrder } from '../scenario.ts';
import { millisOf } from './compile-duration.ts';
import type { FaultDocument, MachineFaultDocument } from './schema/fault-schema.ts';

export function compileFault(document: FaultDocument): FaultOrder {
  if ('save' in document) return { controlPlane: { of: 'etcd', does: 'is saved', as: document.as } };
  if ('restore' in document) return { controlPlane: { of: 'etcd', does: 'is restored', as: document.to } };
  return { nodes: document.node === undefined ? [] : listOf(document.node), fault: faultOf(document) };
}

function faultOf(document: MachineFaultDocument): Fault {
  if ('stop' in document) return { of: document.stop, does: 'stops' };
  if ('start' in document) return { of: document.start, does: 'starts' };
  if ('freeze' in document) return { of: 'kubelet', does: 'freezes' };
  if ('resume' in document) return { of: 'kubelet', does: 'resumes' };
  if ('restart' in document) {
    const { restart, takes } = document;
    return { of: restart, does: 'restarts', ...(takes !== undefined && { takesMs: millisOf(takes) }) };
  }
  const does = 'cut' in document ? 'is cut' : 'is mended';
  return { of: 'network', does, from: document.from === undefined ? [EVERYBODY] : listOf(document.from) };
}

function listOf(one: string | readonly string[]): readonly string[] {
  return typeof one === 'string' ? [one] : one;
}

/** What a step without words of its own is called. */
export function nameOfFault(document: FaultDocument): string {
  const order = compileFault(document);
  if ('controlPlane' in order) return nameOfControlPlaneFault(order.controlPlane);
  const { nodes, fault } = order;
  if (isOfProgram(fault)) {
    return [fault.of, ...(nodes.length > 0 ? [`of ${nodes.join(', ')}`] : []), fault.does].join(' ');
  }
  const what = `the ${fault.of} of ${nodes.join(', ')} ${fault.does}`;
  if (fault.of !== 'network' || fault.from.includes(EVERYBODY)) return what;
  const whom = fault.from.map((party) => (party === CONTROL_PLANE ? 'the control plane' : party));
  return `${what} ${fault.does === 'is cut' ? 'from' : 'with'} ${whom.join(', ')}`;
}

function nameOfControlPlaneFault({ of, does, as }: ControlPlaneFault): string {
  return `${of} ${does} ${does === 'is saved' ? 'as' : 'to'} ${as}`;
}
