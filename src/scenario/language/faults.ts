import { nearMiss } from '../../cluster/objects/shape/near-miss.ts';
import type { FaultOrder } from '../scenario.ts';
import type { Report } from './report.ts';
import type { FaultDocument } from './schema/fault-schema.ts';
import type { ScenarioDocument } from './schema/scenario-schema.ts';

export function compileFault(fault: FaultDocument): FaultOrder {
  return { node: fault.node, kubelet: 'stop' in fault ? 'stops' : 'starts' };
}

/** What a step without words of its own is called. */
export function nameOfFault(fault: FaultDocument): string {
  const { node, kubelet } = compileFault(fault);
  return `the kubelet of ${node} ${kubelet}`;
}

/** Reports what can not break, or not be mended, in the order of the story. */
export function checkFaults(
  steps: ScenarioDocument['steps'],
  { nodes, report }: { readonly nodes: readonly string[]; readonly report: Report },
): void {
  const stopped = new Set<string>();
  for (const [index, { fault }] of steps.entries()) {
    if (!fault) continue;
    const { node, kubelet } = compileFault(fault);
    const path = ['steps', index, 'fault'];
    if (!nodes.includes(node)) {
      const near = nearMiss(node, nodes);
      const hint = near === undefined ? `there are ${nodes.join(', ')}` : `did you mean "${near}"?`;
      report('matches-nothing', [...path, 'node'], { message: `the cluster has no node "${node}"`, hint });
    } else if (stopped.has(node) === (kubelet === 'stops')) {
      const message = kubelet === 'stops' ? 'it has been stopped already' : 'it has not been stopped';
      const key = kubelet === 'stops' ? 'stop' : 'start';
      report('conflicting-keys', [...path, key], { message, hint: 'take the step away' });
    }
    if (kubelet === 'stops') stopped.add(node);
    else stopped.delete(node);
  }
}
