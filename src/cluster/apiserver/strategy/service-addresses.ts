import { drawWhole } from '../../../kernel/chance/draw.ts';
import type { Refused } from '../../contract/response.ts';
import { ipv4Text } from '../../objects/ip-network.ts';
import type { Service } from '../../objects/kubernetes.ts';
import { type FieldError, invalid as invalidField } from '../../objects/validation/field-error.ts';
import type { Call } from '../call.ts';
import type { Birth } from '../naming/birth.ts';
import { invalid, type Subject } from '../refusal.ts';

/**
 * kubeadm's range of service addresses, 10.96.0.0/12. The lower band is left to those who ask for an address.
 */
const RANGE_CIDR = '10.96.0.0/12';
const RANGE_BASE = 10 * 2 ** 24 + 96 * 2 ** 16;
const RANGE_SIZE = 2 ** 20;
const ADDRESS_BAND = 256;

/** kube-apiserver: --service-node-port-range; the first 86 ports are left to those who ask for one. */
const NODE_PORTS = { first: 30_000, last: 32_767, band: 86 } as const;

/** Draws before a range counts as full: far more than a simulated cluster can need. */
const ATTEMPTS = 1000;

/** What other services hold. */
export interface Taken {
  readonly addresses: ReadonlySet<string>;
  readonly nodePorts: ReadonlySet<number>;
}

export function takenBy(services: readonly Service[]): Taken {
  const addresses = new Set<string>();
  const nodePorts = new Set<number>();
  for (const { spec } of services) {
    for (const address of spec?.clusterIPs ?? []) if (address !== 'None') addresses.add(address);
    for (const { nodePort } of spec?.ports ?? []) if (nodePort) nodePorts.add(nodePort);
    if (spec?.healthCheckNodePort) nodePorts.add(spec.healthCheckNodePort);
  }
  return { addresses, nodePorts };
}

/** A free address of the upper band, keyed by the service; undefined when none is free. */
export function drawClusterIp({ chance }: Call, birth: Birth, { addresses }: Taken): string | undefined {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const offset = drawWhole(chance, ADDRESS_BAND, RANGE_SIZE - 2, 'cluster-ip', ...birth, attempt);
    const address = ipv4Text(RANGE_BASE + offset);
    if (!addresses.has(address)) return address;
  }
  return undefined;
}

/** A free port of the nodes, keyed by the service's port; undefined when none is free. */
export function drawNodePort(
  { chance }: Call,
  identity: readonly (string | number)[],
  { taken, given }: { readonly taken: Taken; readonly given: ReadonlyMap<number, number> },
): number | undefined {
  const { first, last, band } = NODE_PORTS;
  const own = new Set(given.values());
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const port = drawWhole(chance, first + band, last, 'node-port', ...identity, attempt);
    if (!taken.nodePorts.has(port) && !own.has(port)) return port;
  }
  return undefined;
}

/** An address or a port that was asked for, and is another's or outside of its range. */
export function refuseTaken(service: Service, subject: Subject, taken: Taken): Refused | undefined {
  const { clusterIP, clusterIPs, ports = [], healthCheckNodePort: healthPort } = service.spec ?? {};
  const errors: FieldError[] = [];
  if (clusterIP && clusterIP !== 'None') {
    const why = addressProblem(clusterIP, taken);
    const detail = `failed to allocate IP ${clusterIP}: ${why}`;
    if (why !== undefined) errors.push(invalidField('spec.clusterIPs', clusterIPs ?? [clusterIP], detail));
  }
  for (const [index, { nodePort }] of ports.entries()) {
    const why = nodePort ? nodePortProblem(nodePort, taken) : undefined;
    if (why !== undefined) errors.push(invalidField(`spec.ports[${index}].nodePort`, nodePort, why));
  }
  const health = healthPort ? nodePortProblem(healthPort, taken) : undefined;
  if (health !== undefined) {
    const detail = `failed to allocate requested HealthCheck NodePort ${healthPort}: ${health}`;
    errors.push(invalidField('spec.healthCheckNodePort', healthPort, detail));
  }
  const [first] = errors;
  return first && invalid(subject, service.metadata.name ?? '', [first]);
}

function addressProblem(address: string, { addresses }: Taken): string | undefined {
  const offset = parseAddress(address) - RANGE_BASE;
  // What is no address is for validation to tell.
  if (Number.isNaN(offset)) return undefined;
  if (offset < 1 || offset > RANGE_SIZE - 2) {
    return `the provided IP (${address}) is not in the valid range. The range of valid IPs is ${RANGE_CIDR}`;
  }
  return addresses.has(address) ? 'provided IP is already allocated' : undefined;
}

function nodePortProblem(port: number, { nodePorts }: Taken): string | undefined {
  const { first, last } = NODE_PORTS;
  if (port < first || port > last) {
    return `provided port is not in the valid range. The range of valid ports is ${first}-${last}`;
  }
  return nodePorts.has(port) ? 'provided port is already allocated' : undefined;
}

/** NaN for anything but an IPv4 address. */
function parseAddress(text: string): number {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)?.slice(1).map(Number);
  return parts === undefined ? Number.NaN : parts.reduce((value, part) => value * 256 + part, 0);
}
