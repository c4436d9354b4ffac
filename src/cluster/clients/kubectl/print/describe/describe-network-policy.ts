import type {
  LabelSelector,
  NetworkPolicy,
  NetworkPolicyPeer,
  NetworkPolicyPort,
} from '../../../../objects/kubernetes.ts';
import { formatSelector, selectorText } from '../label-text.ts';
import type { PrintContext } from '../print-context.ts';
import { printsSince } from '../prints-since.ts';
import { alignDescription, annotationLines, field, indented, type Lines, labelLines } from './description.ts';

/** A rule of either direction. */
interface Rule {
  readonly ports: readonly NetworkPolicyPort[];
  readonly peers: readonly NetworkPolicyPeer[];
}

/** Mirrors kubectl: describe.go describeNetworkPolicy. */
export function describeNetworkPolicy({ metadata, spec = {} }: NetworkPolicy, context: PrintContext): string {
  const { policyTypes = [], ingress = [], egress = [], podSelector } = spec;
  const incoming = ingress.map(({ ports = [], from = [] }) => ({ ports, peers: from }));
  const outgoing = egress.map(({ ports = [], to = [] }) => ({ ports, peers: to }));
  const directions = [
    ...(policyTypes.includes('Ingress')
      ? ['Allowing ingress traffic:', ...ruleLines(incoming, INGRESS, context)]
      : ['Not affecting ingress traffic']),
    ...(policyTypes.includes('Egress')
      ? ['Allowing egress traffic:', ...ruleLines(outgoing, EGRESS, context)]
      : ['Not affecting egress traffic']),
  ];
  return alignDescription([
    field('Name', metadata.name),
    field('Namespace', metadata.namespace),
    // A Go time, in a container's time zone.
    field('Created on', metadata.creationTimestamp?.replace('T', ' ').replace('Z', ' +0000 UTC')),
    ...labelLines('Labels', metadata.labels),
    ...annotationLines('Annotations', metadata.annotations),
    'Spec:',
    ...indented(1, [
      `PodSelector:     ${podSelectorText(podSelector)}`,
      ...directions,
      `Policy Types: ${policyTypes.join(', ')}`,
    ]),
  ]);
}

function podSelectorText(selector: LabelSelector | undefined): string {
  return selectorText(selector) || '<none> (Allowing the specific traffic to all pods in this namespace)';
}

const INGRESS = { name: 'ingress', peer: 'From', end: 'source' } as const;
const EGRESS = { name: 'egress', peer: 'To', end: 'destination' } as const;

function ruleLines(
  rules: readonly Rule[],
  direction: typeof INGRESS | typeof EGRESS,
  context: PrintContext,
): Lines {
  if (rules.length === 0) {
    return [`  <none> (Selected pods are isolated for ${direction.name} connectivity)`];
  }
  return rules.flatMap(({ ports, peers }, index) => [
    ...(ports.length === 0
      ? ['  To Port: <any> (traffic allowed to all ports)']
      : ports.map((port) => `  ${portText(port, context)}`)),
    ...(peers.length === 0
      ? [`  ${direction.peer}: <any> (traffic not restricted by ${direction.end})`]
      : peers.flatMap((peer) => [`  ${direction.peer}:`, ...indented(2, peerLines(peer))])),
    ...(index < rules.length - 1 ? ['  ----------'] : []),
  ]);
}

function portText({ port, endPort, protocol = 'TCP' }: NetworkPolicyPort, { version }: PrintContext): string {
  // A port that is not set prints as Go's nil pointer does.
  const first = port ?? '<nil>';
  return endPort === undefined || !printsSince(version, 'policyPortRange')
    ? `To Port: ${first}/${protocol}`
    : `To Port Range: ${first}-${endPort}/${protocol}`;
}

function peerLines({ podSelector, namespaceSelector, ipBlock }: NetworkPolicyPeer): Lines {
  const selectors = [
    ...(namespaceSelector ? [`NamespaceSelector: ${formatSelector(namespaceSelector)}`] : []),
    ...(podSelector ? [`PodSelector: ${formatSelector(podSelector)}`] : []),
  ];
  if (selectors.length > 0 || ipBlock === undefined) return selectors;
  const { cidr, except = [] } = ipBlock;
  return ['IPBlock:', ...indented(1, [`CIDR: ${cidr}`, `Except: ${except.join(', ')}`])];
}
