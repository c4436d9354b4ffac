import type { Fault } from '../../cluster/faults/fault.ts';
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

/** Reports what can not break, or not be mended, in the order of the story. */
export function checkFaults(
  steps: ScenarioDocument['steps'],
  { nodes, report }: { readonly nodes: readonly string[]; readonly report: Report },
): void {
  const known = [...nodes];
  const saved: string[] = [];
  const healths = new Map<string, Health>();
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
    if (!('node' in fault)) {
      checkSaved(fault, saved, { path, report });
      continue;
    }
    if (!areKnown(fault, { known, path, report })) continue;
    const order = compileFault(fault);
    if ('controlPlane' in order) continue;
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
  check(fault.node, 'node', []);
  if ('from' in fault) check(fault.from, 'from', [CONTROL_PLANE]);
  return isAll;
}

/** Why something can't happen to a machine. */
function objection(fault: Fault, { kubelet, isOff, cutFrom }: Health): string | undefined {
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

function objectionOfKubelet(does: Fault['does'], kubelet: Health['kubelet']): string | undefined {
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

function suffer(fault: Fault, health: Health): void {
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
