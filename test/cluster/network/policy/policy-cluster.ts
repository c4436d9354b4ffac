import type { Event } from '../../../../src/cluster/contract/event.ts';
import type { RowReader } from '../../../../src/cluster/contract/reader.ts';
import type { Origin } from '../../../../src/cluster/network/approach.ts';
import { policyOf } from '../../../../src/cluster/network/policy/policy-of.ts';
import { withDefaults } from '../../../../src/cluster/objects/defaults/apply-defaults.ts';
import type { KubeObject } from '../../../../src/cluster/objects/kube-object.ts';
import type { NetworkPolicy, NetworkPolicySpec, Pod } from '../../../../src/cluster/objects/kubernetes.ts';
import { machines, viewAt } from '../view-at.ts';

const PODS: Readonly<Record<string, { readonly at: string; readonly labels: Record<string, string> }>> = {
  'shop/api': { at: '10.88.1.2', labels: { app: 'api' } },
  'shop/web': { at: '10.88.2.2', labels: { app: 'web', tier: 'front' } },
  'lab/tester': { at: '10.88.2.3', labels: { app: 'x', role: 'tester' } },
  'lab/guest': { at: '10.88.1.3', labels: { app: 'web' } },
  'shop/agent': { at: 'node-2', labels: { app: 'web' } },
};
const NAMESPACES = { shop: { team: 'shop' }, lab: { team: 'lab' }, 'kube-system': {} };

const nodeOf = (at: string): string => (at.startsWith('node') ? at : `node-${at.split('.')[2]}`);

function podOf(name: string): Pod {
  const [namespace = '', short = ''] = name.split('/');
  const { at = '', labels = {} } = PODS[name] ?? {};
  const ports = [{ name: 'http', containerPort: 8080 }];
  const metadata = { name: short, namespace, uid: 'uid', labels };
  const containers = [{ name: 'c', image: 'nginx', ports }];
  return { apiVersion: 'v1', kind: 'Pod', metadata, spec: { nodeName: nodeOf(at), containers } };
}

function factsOf(name: string): readonly Event[] {
  const { at = '' } = PODS[name] ?? {};
  const [namespace = '', short = ''] = name.split('/');
  const pod = `${name}/uid`;
  const node = nodeOf(at);
  const ip = at.startsWith('node') ? {} : { ip: at };
  return [
    { type: 'PodAdmitted', node, pod, namespace, name: short, uid: 'uid' },
    { type: 'SandboxStarted', id: `of-${pod}`, node, pod, attempt: 0, startedAt: 0, ...ip },
  ];
}

/** All nodes enforce these policies, each by `namespace/name`. */
export function clusterWith(policies: Readonly<Record<string, NetworkPolicySpec>>): RowReader {
  const version = { minor: 36, patch: 0 };
  const objects: (readonly [string, KubeObject])[] = [
    ...Object.entries(NAMESPACES).map(([name, labels]): readonly [string, KubeObject] => [
      'namespaces',
      {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name, labels: { 'kubernetes.io/metadata.name': name, ...labels } },
      },
    ]),
    ...Object.keys(PODS).map((name): readonly [string, KubeObject] => ['pods', podOf(name)]),
  ];
  const { objects: known } = viewAt({ objects });
  const rows = Object.entries(policies).map(([key, spec]) => {
    const [namespace = '', name = ''] = key.split('/');
    const policy: NetworkPolicy = {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name, namespace },
      spec,
    };
    return policyOf(withDefaults(policy, version), known);
  });
  const synced = ['node-1', 'node-2'].map(
    (node): Event => ({ type: 'PoliciesSynced', node, policies: rows }),
  );
  return viewAt({ objects, facts: [...machines(), ...Object.keys(PODS).flatMap(factsOf), ...synced] }).rows;
}

export function end(name: string) {
  const { at = '' } = PODS[name] ?? {};
  const address = at.startsWith('node') ? `10.99.0.${at.slice(-1)}` : at;
  return { address, node: nodeOf(at), pod: `${name}/uid` };
}

export function originOf(name: string): Origin {
  if (name === 'outside') return 'outside';
  if (name.startsWith('node')) return { node: name };
  const { node, pod } = end(name);
  return { node, pod };
}
