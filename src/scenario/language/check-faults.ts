import { isOfProgram, type MachineFault } from '../../cluster/faults/fault.ts';
import type { ProgramFault } from '../../cluster/faults/program-fault.ts';
import { nearMiss } from '../../cluster/objects/shape/near-miss.ts';
import { CONTROL_PLANE, EVERYBODY } from '../../cluster/world/reach.ts';
import { compileFault } from './faults.ts';
import type { Report } from './report.ts';
import type { FaultDocument, MachineFaultDocument } from './schema/fault-schema.ts';
import type { ScenarioDocument } from './schema/scenario-schema.ts';

type Path = readonly (string | number)[];

/** How a machine is at a point of the story. */
interface Health {
  kubelet: 'runs' | 'stopped' | 'frozen';
  isOff: boolean;
  readonly cutFrom: Set<string>;
}

interface Cast {
  readonly nodes: readonly string[];
  /** Those of them that the control plane runs on. */
  readonly planes: readonly string[];
  readonly report: Report;
}

/** Reports what can not break, or not be mended, in the order of the story. */
export function checkFaults(steps: ScenarioDocument['steps'], { nodes, planes, report }: Cast): void {
  const known = [...nodes];
  const saved: string[] = [];
  const healths = new Map<string, Health>();
  const stopped = new Set<string>();
  for (const [index, { fault, join }] of steps.entries()) {
    if (join) {
      const { name } = join;
      if (known.includes(name)) {
        const message = `the cluster has a node "${name}" already`;
        report('conflicting-keys', ['steps', index, 'join', 'name'], { message, hint: 'call it otherwise' });
      }
      known.push(name);
    }
    if (!fault) continue;
    const path = ['steps', index, 'fault'];
    if ('save' in fault || 'restore' in fault) {
      checkSaved(fault, saved, { path, report });
      continue;
    }
    if (!areKnown(fault, { known, path, report })) continue;
    const order = compileFault(fault);
    if ('controlPlane' in order) continue;
    if (isOfProgram(order.fault)) {
      checkProgramFault({ fault: order.fault, nodes: order.nodes }, { planes, stopped, path, report });
      continue;
    }
    for (const node of order.nodes) {
      const health = healths.get(node) ?? { kubelet: 'runs', isOff: false, cutFrom: new Set<string>() };
      healths.set(node, health);
      const message = objection(order.fault, health);
      if (message !== undefined) {
        const [key = ''] = Object.keys(fault);
        report('conflicting-keys', [...path, key], { message, hint: 'take the step away' });
      }
      suffer(order.fault, health);
    }
  }
}

/** What is restored has been saved before. */
function checkSaved(fault: FaultDocument, saved: string[], { path, report }: Omit<Naming, 'known'>): void {
  if ('save' in fault) saved.push(fault.as);
  if (!('restore' in fault) || saved.includes(fault.to)) return;
  const near = nearMiss(fault.to, saved);
  const hint = near === undefined ? 'let a step before it save etcd' : `did you mean "${near}"?`;
  report('matches-nothing', [...path, 'to'], { message: `nothing was saved as "${fault.to}"`, hint });
}

interface Naming {
  readonly known: readonly string[];
  readonly path: Path;
  readonly report: Report;
}

/** Whether all nodes are there of which a fault speaks. */
function areKnown(fault: MachineFaultDocument, { known, path, report }: Naming): boolean {
  let isAll = true;
  const check = (
    named: string | readonly string[] | undefined,
    key: string,
    others: readonly string[],
  ): void => {
    const words = [...others, ...known];
    for (const [index, node] of (typeof named === 'string' ? [named] : (named ?? [])).entries()) {
      if (words.includes(node)) continue;
      isAll = false;
      const near = nearMiss(node, words);
      const hint = near === undefined ? `there are ${words.join(', ')}` : `did you mean "${near}"?`;
      const place = typeof named === 'string' ? [...path, key] : [...path, key, index];
      report('matches-nothing', place, { message: `the cluster has no node "${node}"`, hint });
    }
  };
  if (fault.node !== undefined) check(fault.node, 'node', []);
  if ('from' in fault) check(fault.from, 'from', [CONTROL_PLANE]);
  return isAll;
}

/** Why something can't happen to a machine. */
function objection(fault: MachineFault, { kubelet, isOff, cutFrom }: Health): string | undefined {
  if (fault.of === 'network') {
    const isCut = fault.from.every((party) => cutFrom.has(party) || cutFrom.has(EVERYBODY));
    if (fault.does === 'is cut') return isCut ? 'it has been cut already' : undefined;
    return cutFrom.size === 0 ? 'it has not been cut' : undefined;
  }
  if (fault.of === 'machine') {
    if (fault.does === 'starts') return isOff ? undefined : 'it has not been stopped';
    return isOff ? 'it has been stopped already' : undefined;
  }
  return isOff ? 'its machine has been stopped' : objectionOfKubelet(fault.does, kubelet);
}

function objectionOfKubelet(does: MachineFault['does'], kubelet: Health['kubelet']): string | undefined {
  switch (does) {
    case 'starts':
      return kubelet === 'stopped' ? undefined : 'it has not been stopped';
    case 'resumes':
      return kubelet === 'frozen' ? undefined : 'it does not stand still';
    case 'freezes':
      return kubelet === 'runs' ? undefined : 'it does not run';
    default:
      return kubelet === 'stopped' ? 'it has been stopped already' : undefined;
  }
}

function suffer(fault: MachineFault, health: Health): void {
  if (fault.of === 'network') {
    if (fault.does === 'is cut') for (const party of fault.from) health.cutFrom.add(party);
    else if (fault.from.includes(EVERYBODY)) health.cutFrom.clear();
    else for (const party of fault.from) health.cutFrom.delete(party);
    return;
  }
  if (fault.of === 'machine') {
    health.isOff = fault.does === 'stops';
    health.kubelet = 'runs';
    return;
  }
  if (fault.does === 'stops') health.kubelet = 'stopped';
  else health.kubelet = fault.does === 'freezes' ? 'frozen' : 'runs';
}

interface Places {
  readonly planes: readonly string[];
  /** What has been stopped so far: `kube-scheduler node-1`. */
  readonly stopped: Set<string>;
  readonly path: Path;
  readonly report: Report;
}

function checkProgramFault(
  { fault: { of, does }, nodes }: { readonly fault: ProgramFault; readonly nodes: readonly string[] },
  { planes, stopped, path, report }: Places,
): void {
  for (const node of nodes) {
    if (planes.includes(node)) continue;
    const message = `the control plane does not run on "${node}"`;
    const hint =
      planes.length > 0 ? `it runs on ${planes.join(', ')}` : 'it is run elsewhere: leave the node away';
    report('conflicting-keys', [...path, 'node'], { message, hint });
  }
  const places = (nodes.length > 0 ? nodes : planes.length > 0 ? planes : ['']).map(
    (node) => `${of} ${node}`,
  );
  const isWrong = places.every((place) => stopped.has(place) !== (does === 'starts'));
  if (isWrong) {
    const message = does === 'starts' ? 'it has not been stopped' : 'it has been stopped already';
    const key = does === 'starts' ? 'start' : does === 'stops' ? 'stop' : 'restart';
    report('conflicting-keys', [...path, key], { message, hint: 'take the step away' });
  }
  for (const place of places) {
    if (does === 'stops') stopped.add(place);
    else if (does === 'starts') stopped.delete(place);
  }
}
