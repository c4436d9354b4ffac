import type { ContainerPort, Pod } from '../../objects/kubernetes.ts';
import { type Filter, unschedulable } from './filter.ts';

/** Host ports that another pod of the node holds (scheduler: plugins/nodeports). */
export const nodePorts: Filter = {
  name: 'NodePorts',
  prepare({ pod }) {
    const wanted = hostPorts(pod);
    if (wanted.length === 0) return undefined;
    const refusal = unschedulable("node(s) didn't have free ports for the requested pod ports");
    return ({ pods }) => {
      const taken = pods.flatMap(hostPorts);
      return wanted.some((port) => taken.some((other) => collide(port, other))) ? refusal : undefined;
    };
  },
  mayLift(news, pod) {
    if (news.kind !== 'PodDeleted') return news.kind === 'NodeAdded' || news.kind === 'NodeTaints';
    const freed = hostPorts(news.pod);
    return hostPorts(pod).some((port) => freed.some((other) => collide(port, other)));
  },
};

function hostPorts(pod: Pod): readonly ContainerPort[] {
  const { containers, initContainers = [] } = pod.spec;
  const sidecars = initContainers.filter(({ restartPolicy }) => restartPolicy === 'Always');
  return [...sidecars, ...containers].flatMap(({ ports = [] }) => ports.filter(({ hostPort }) => hostPort));
}

function collide(a: ContainerPort, b: ContainerPort): boolean {
  if (a.hostPort !== b.hostPort || (a.protocol ?? 'TCP') !== (b.protocol ?? 'TCP')) return false;
  const [ipA, ipB] = [a.hostIP ?? '0.0.0.0', b.hostIP ?? '0.0.0.0'];
  return ipA === ipB || ipA === '0.0.0.0' || ipB === '0.0.0.0';
}
