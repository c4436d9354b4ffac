import type { PolicyPeer, PolicyPort, PolicyRow, PolicyRule } from '../../contract/policy-rows.ts';
import type { ObjectReader } from '../../contract/reader.ts';
import type {
  LabelSelector,
  Namespace,
  NetworkPolicy,
  NetworkPolicyPeer,
  NetworkPolicyPort,
} from '../../objects/kubernetes.ts';
import { selects } from '../../objects/label-selector.ts';

/** What a node makes of a NetworkPolicy, with the namespaces that it knows. */
export function policyOf(
  { metadata, spec = {} }: NetworkPolicy,
  objects: ObjectReader,
): Omit<PolicyRow, 'node'> {
  const { name = '', namespace = '' } = metadata;
  const { podSelector = {}, policyTypes = [], ingress = [], egress = [] } = spec;
  const ruleOf = (
    ports: readonly NetworkPolicyPort[] = [],
    peers: readonly NetworkPolicyPeer[] = [],
  ): PolicyRule => ({
    ...(peers.length > 0 && { peers: peers.map((peer) => peerOf(peer, namespace, objects)) }),
    ...(ports.length > 0 && { ports: ports.map(portOf) }),
  });
  return {
    policy: `${namespace}/${name}`,
    namespace,
    selects: podSelector,
    ...(policyTypes.includes('Ingress') && {
      ingress: ingress.map(({ ports, from }) => ruleOf(ports, from)),
    }),
    ...(policyTypes.includes('Egress') && { egress: egress.map(({ ports, to }) => ruleOf(ports, to)) }),
  };
}

/** Whether namespaces' labels matter to it. */
export function asksNamespaces({ spec = {} }: NetworkPolicy): boolean {
  const peers = [...(spec.ingress ?? []).map(({ from }) => from), ...(spec.egress ?? []).map(({ to }) => to)];
  return peers.some((each) => each?.some(({ namespaceSelector }) => namespaceSelector !== undefined));
}

function portOf({ protocol = 'TCP', port, endPort }: NetworkPolicyPort): PolicyPort {
  return { protocol, ...(port !== undefined && { port }), ...(endPort !== undefined && { endPort }) };
}

function peerOf(
  { ipBlock, namespaceSelector, podSelector }: NetworkPolicyPeer,
  namespace: string,
  objects: ObjectReader,
): PolicyPeer {
  if (ipBlock) {
    const { cidr, except = [] } = ipBlock;
    return { cidr, ...(except.length > 0 && { except }) };
  }
  const namespaces = namespaceSelector ? namespacesOf(namespaceSelector, objects) : [namespace];
  return { ...(namespaces && { namespaces }), ...(podSelector && { pods: podSelector }) };
}

/** Undefined for all, whichever there are. */
function namespacesOf(selector: LabelSelector, objects: ObjectReader): readonly string[] | undefined {
  const isAny =
    Object.keys(selector.matchLabels ?? {}).length + (selector.matchExpressions ?? []).length === 0;
  if (isAny) return undefined;
  return objects
    .list<Namespace>('namespaces')
    .filter(({ metadata }) => selects(selector, metadata.labels))
    .map(({ metadata }) => metadata.name ?? '');
}
