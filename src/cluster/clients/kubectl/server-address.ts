import type { Node } from '../../objects/kubernetes.ts';
import type { Invocation } from './invocation.ts';

/** Where the API server answers: on the first control plane node, else on the first node there is. */
export function serverAddress({ view }: Pick<Invocation, 'view'>): string {
  const nodes = view.objects.list<Node>('nodes');
  const plane = nodes.find(
    ({ metadata }) => metadata.labels?.['node-role.kubernetes.io/control-plane'] !== undefined,
  );
  const addresses = (plane ?? nodes[0])?.status?.addresses ?? [];
  const address = addresses.find(({ type }) => type === 'InternalIP')?.address ?? '127.0.0.1';
  return `https://${address}:6443`;
}
