import type { ContainerPort } from '../../objects/kubernetes.ts';
import type { Filter } from '../framework.ts';
import { hostPortsOf } from '../nodes/host-ports.ts';
import { unschedulable } from './filter.ts';

/** Host ports that another pod of the node holds (scheduler: plugins/nodeports). */
export const nodePorts: Filter = {
  name: 'NodePorts',
  isLocal: true,
  prepare({ pod }) {
    const wanted = hostPortsOf(pod);
    if (wanted.length === 0) return undefined;
    const refusal = unschedulable("node(s) didn't have free ports for the requested pod ports");
    return ({ hostPorts }) =>
      wanted.some((port) => hostPorts.some((other) => collide(port, other))) ? refusal : undefined;
  },
  mayLift(news, { pod }) {
    if (news.kind !== 'PodDeleted') return news.kind === 'NodeAdded' || news.kind === 'NodeTaints';
    const freed = hostPortsOf(news.pod);
    return hostPortsOf(pod).some((port) => freed.some((other) => collide(port, other)));
  },
};

function collide(a: ContainerPort, b: ContainerPort): boolean {
  if (a.hostPort !== b.hostPort || (a.protocol ?? 'TCP') !== (b.protocol ?? 'TCP')) return false;
  const [ipA, ipB] = [a.hostIP ?? '0.0.0.0', b.hostIP ?? '0.0.0.0'];
  return ipA === ipB || ipA === '0.0.0.0' || ipB === '0.0.0.0';
}
