import { isWithin } from '../ip-network.ts';
import type { IPBlock, NetworkPolicy, NetworkPolicyPeer, NetworkPolicyPort } from '../kubernetes.ts';
import { checkLabelSelector } from './check-labels.ts';
import { checkCidr, checkOneOfIfGiven } from './check-values.ts';
import { type FieldErrors, forbidden, invalid, invalidFor, required } from './field-error.ts';
import { portNameProblems, portNumberProblems } from './name-syntax.ts';
import { checkObjectMeta, checkObjectMetaUpdate } from './object-meta.ts';

/** apis/networking/validation: ValidateNetworkPolicy. */
export function checkNewNetworkPolicy(policy: NetworkPolicy): FieldErrors {
  return [...checkObjectMeta(policy.metadata, { isNamespaced: true }), ...checkSpec(policy)];
}

export function checkNetworkPolicyUpdate(policy: NetworkPolicy, old: NetworkPolicy): FieldErrors {
  return [...checkObjectMetaUpdate(policy.metadata, old.metadata), ...checkSpec(policy)];
}

function checkSpec({ spec = {} }: NetworkPolicy): FieldErrors {
  const { podSelector, ingress = [], egress = [], policyTypes = [] } = spec;
  return [
    ...checkLabelSelector('spec.podSelector', podSelector),
    ...ingress.flatMap(({ ports, from }, index) =>
      checkRule(`spec.ingress[${index}]`, ports, ['from', from]),
    ),
    ...egress.flatMap(({ ports, to }, index) => checkRule(`spec.egress[${index}]`, ports, ['to', to])),
    ...checkTypes(policyTypes),
  ];
}

const TYPES = ['Egress', 'Ingress'];

function checkTypes(policyTypes: readonly string[]): FieldErrors {
  if (policyTypes.length > TYPES.length) {
    return [invalid('spec.policyTypes', policyTypes, 'may not specify more than two policyTypes')];
  }
  return policyTypes.flatMap((type, index) => checkOneOfIfGiven(`spec.policyTypes[${index}]`, type, TYPES));
}

function checkRule(
  field: string,
  ports: readonly NetworkPolicyPort[] = [],
  [word, peers = []]: readonly ['from' | 'to', readonly NetworkPolicyPeer[] | undefined],
): FieldErrors {
  return [
    ...ports.flatMap((port, index) => checkPort(`${field}.ports[${index}]`, port)),
    ...peers.flatMap((peer, index) => checkPeer(`${field}.${word}[${index}]`, peer)),
  ];
}

function checkPort(field: string, { protocol, port, endPort }: NetworkPolicyPort): FieldErrors {
  return [
    ...checkOneOfIfGiven(`${field}.protocol`, protocol, ['SCTP', 'TCP', 'UDP']),
    ...checkEnd(field, port, endPort),
    ...(typeof port === 'number' ? invalidFor(`${field}.port`, port, portNumberProblems(port)) : []),
    ...(typeof port === 'string' ? invalidFor(`${field}.port`, port, portNameProblems(port)) : []),
  ];
}

function checkEnd(
  field: string,
  port: number | string | undefined,
  endPort: number | undefined,
): FieldErrors {
  if (endPort === undefined) return [];
  const end = `${field}.endPort`;
  if (typeof port !== 'number') {
    const why = port === undefined ? 'not specified' : 'non-numeric';
    return [invalid(end, endPort, `may not be specified when \`port\` is ${why}`)];
  }
  // The server shows the port there, and not its end.
  const tooLow = endPort < port ? [invalid(end, port, 'must be greater than or equal to `port`')] : [];
  return [...tooLow, ...invalidFor(end, endPort, portNumberProblems(endPort))];
}

function checkPeer(
  field: string,
  { podSelector, namespaceSelector, ipBlock }: NetworkPolicyPeer,
): FieldErrors {
  const errors = [
    ...checkLabelSelector(`${field}.podSelector`, podSelector),
    ...checkLabelSelector(`${field}.namespaceSelector`, namespaceSelector),
    ...(ipBlock ? checkBlock(`${field}.ipBlock`, ipBlock) : []),
  ];
  if (!podSelector && !namespaceSelector && !ipBlock) {
    return [...errors, required(field, 'must specify a peer')];
  }
  return ipBlock && (podSelector || namespaceSelector)
    ? [...errors, forbidden(field, 'may not specify both ipBlock and another peer')]
    : errors;
}

function checkBlock(field: string, { cidr, except = [] }: IPBlock): FieldErrors {
  if (!cidr) return [required(`${field}.cidr`)];
  const errors = checkCidr(`${field}.cidr`, cidr);
  if (errors.length > 0) return errors;
  return except.flatMap((part, index) => {
    const place = `${field}.except[${index}]`;
    const problems = checkCidr(place, part);
    if (problems.length > 0 || isStrictSubset(part, cidr)) return problems;
    return [invalid(place, part, 'must be a strict subset of `cidr`')];
  });
}

/** Of networks of IPv6 only the lengths are looked at. */
function isStrictSubset(part: string, whole: string): boolean {
  const [network = '', length = ''] = whole.split('/');
  const [other = '', otherLength = ''] = part.split('/');
  if (Number(otherLength) <= Number(length)) return false;
  if (network.includes(':') || other.includes(':')) return network.includes(':') === other.includes(':');
  return isWithin(whole, part);
}
