import type { Dropped } from '../../contract/policy-rows.ts';
import type { RowReader } from '../../contract/reader.ts';
import { CLUSTER_DNS } from '../../objects/pod-names.ts';
import type { Origin } from '../approach.ts';
import { type Crossing, dropOf, mayDrop } from '../policy/drop-of.ts';
import { placeOf } from '../proxy/place-of.ts';
import { ruleFor, targetsOf } from '../proxy/rule-for.ts';

/** How long a question stays without an answer until it is given up (resolv.conf(5): timeout, attempts). */
export const RESOLVER_MS = 10_000;

const PORT = 53;
const PROTOCOL = 'UDP';

/**
 * Why questions for the name service do not get there; undefined where they do. Where the cluster has no pods
 * for it, those that it would have are thought of.
 */
export function nameDropOf(rows: RowReader, from: Origin): Dropped | undefined {
  if (!mayDrop(rows)) return undefined;
  const drops = serversOf(rows, from).map((server) => dropOf(rows, { from, protocol: PROTOCOL, ...server }));
  return drops.includes(undefined) ? undefined : drops[0];
}

function serversOf(rows: RowReader, from: Origin): readonly Pick<Crossing, 'to' | 'port'>[] {
  const rule = ruleFor(rows, { from, address: CLUSTER_DNS, port: PORT, protocol: PROTOCOL });
  const targets = rule ? targetsOf(rule.row, rule.traffic) : [];
  if (typeof targets === 'string' || targets.length === 0) {
    return [{ to: { address: CLUSTER_DNS, thought: KUBE_DNS }, port: PORT }];
  }
  return targets.map((target) => {
    const [address = '', port = ''] = target.split(':');
    return { to: { address, ...placeOf(rows, from, address) }, port: Number(port) };
  });
}

/** kubeadm: phases/addons/dns/manifests.go. */
const KUBE_DNS = {
  namespace: 'kube-system',
  labels: { 'k8s-app': 'kube-dns' },
  ports: [
    { name: 'dns', protocol: 'UDP', containerPort: PORT },
    { name: 'dns-tcp', protocol: 'TCP', containerPort: PORT },
  ],
};
