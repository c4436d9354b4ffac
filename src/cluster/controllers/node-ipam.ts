import type { Component, View } from '../contract/component.ts';
import { ipv4Text, parseNetwork } from '../objects/ip-network.ts';
import type { Node } from '../objects/kubernetes.ts';
import { storageKey } from '../objects/storage-key.ts';
import { flagOf } from '../tools/flag-of.ts';
import { leaderOf } from '../world/control-plane.ts';

const ACTOR = 'node-ipam-controller';

/**
 * Gives each node its addresses for pods, out of those of the cluster, if the controller manager was told to
 * (--allocate-node-cidrs, --cluster-cidr; controller/nodeipam/ipam/range_allocator.go).
 */
export const nodeIpamController: Component = {
  name: ACTOR,
  watches: ['nodes'],
  assumes: true,
  *deliveriesOf({ object, key }) {
    if ((object as Node).spec?.podCIDR === undefined) yield { actor: ACTOR, key };
  },
  *addresses({ objects }) {
    for (const { metadata } of objects.list<Node>('nodes'))
      yield { actor: ACTOR, key: storageKey({ resource: 'nodes', name: metadata.name ?? '' }) };
  },
  *reconcile(view, { key }) {
    const node = view.objects.byKey<Node>(key);
    if (!node || node.spec?.podCIDR !== undefined) return;
    const podCIDR = freeRange(view);
    if (podCIDR === undefined) return;
    const name = node.metadata.name ?? '';
    const patch = { spec: { podCIDR, podCIDRs: [podCIDR] } };
    yield { verb: 'patch', resource: 'nodes', name, patchType: 'strategic', patch };
  },
};

/** The first range that no node has; undefined where none are given. */
function freeRange({ objects, rows }: View): string | undefined {
  const args = leaderOf(rows, 'kube-controller-manager')?.args ?? [];
  const flag = (name: string): string | undefined => flagOf(args, name);
  const network = parseNetwork(flag('cluster-cidr') ?? '');
  if (flag('allocate-node-cidrs') !== 'true' || network?.bytes.length !== 4) return undefined;
  const mask = Number(flag('node-cidr-mask-size') ?? 24);
  const taken = new Set(objects.list<Node>('nodes').map(({ spec }) => spec?.podCIDR));
  const first = network.bytes.reduce((sum, byte) => sum * 256 + byte, 0);
  const size = 2 ** (32 - mask);
  for (let index = 0; index < 2 ** (mask - network.length); index++) {
    const range = `${ipv4Text(first + index * size)}/${mask}`;
    if (!taken.has(range)) return range;
  }
  return undefined;
}
