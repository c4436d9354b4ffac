import type { View } from '../../cluster/contract/component.ts';
import type { MachineRow } from '../../cluster/contract/machine-rows.ts';
import type { Node } from '../../cluster/objects/kubernetes.ts';
import { milliValue, wholeValue } from '../../cluster/objects/quantity.ts';
import type { Instant } from './instant.ts';
import type { Sample } from './open-metrics.ts';

/** What kubelets say of their machines; nobody can ask one that does not run. */
export function* machineSamples({ view }: Instant): Generator<Sample> {
  for (const machine of view.rows.rowsBy('machines', 'all', '')) {
    if (machine.off || !machine.kubelet.running || machine.kubelet.frozen) continue;
    yield* ofMachine(view, machine);
  }
}

function* ofMachine({ objects, rows }: View, { node }: MachineRow): Generator<Sample> {
  const { cpu, memory } = objects.get<Node>('nodes', undefined, node)?.status?.capacity ?? {};
  const labels = { node };
  if (cpu !== undefined) yield { family: 'machine_cpu_cores', labels, value: milliValue(cpu) / 1000 };
  if (memory !== undefined) yield { family: 'machine_memory_bytes', labels, value: wholeValue(memory) };
  const states = { running: 0, exited: 0, created: 0 };
  let pods = 0;
  for (const { key } of rows.rowsBy('podWorkers', 'node', node)) {
    const sandboxes = rows.rowsBy('sandboxes', 'pod', key);
    if (sandboxes.some(({ stoppedAt }) => stoppedAt === undefined)) pods++;
    for (const { startedAt, exit } of rows.rowsBy('containers', 'pod', key)) {
      states[exit ? 'exited' : startedAt === undefined ? 'created' : 'running']++;
    }
  }
  yield { family: 'kubelet_running_pods', labels, value: pods };
  for (const [state, value] of Object.entries(states)) {
    yield { family: 'kubelet_running_containers', labels: { ...labels, container_state: state }, value };
  }
}
