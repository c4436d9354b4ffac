import type { Millis } from '../../kernel/time/millis.ts';
import { manifestPath } from '../contract/control-plane-paths.ts';
import { PROGRAMS } from '../contract/control-plane-rows.ts';
import type { Event } from '../contract/event.ts';
import { hostFileSystem } from '../contract/file-key.ts';
import type { ClusterSettings } from '../contract/settings.ts';
import type { PlaneMachine } from '../kubeadm/plane-machine.ts';
import { staticPodManifest } from '../kubeadm/static-manifests.ts';
import { addressOf } from '../node/addresses.ts';

/** The machines of the control plane, in the order in which they were added to it. */
export function machinesOf({ version, nodes }: ClusterSettings): readonly PlaneMachine[] {
  const machines: PlaneMachine[] = [];
  for (const [index, { name: node, controlPlane }] of nodes.entries()) {
    if (!controlPlane) continue;
    const members = Object.fromEntries(machines.map((machine) => [machine.node, machine.ip]));
    machines.push({ node, ip: addressOf(index), version, members });
  }
  return machines;
}

/** What kubeadm writes onto the machines of a cluster. */
export function* filesWritten(settings: ClusterSettings, at: Millis): Generator<Event> {
  for (const machine of machinesOf(settings)) {
    const { node } = machine;
    const fileSystem = hostFileSystem(node);
    for (const program of PROGRAMS) {
      const content = staticPodManifest(program, machine);
      const path = manifestPath(program);
      yield {
        type: 'FileWritten',
        node,
        fileSystem,
        path,
        kind: 'file',
        content,
        mode: 0o600,
        modifiedAt: at,
      };
    }
  }
}
