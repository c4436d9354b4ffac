import type { DnsAnswer, DnsQuestion, DnsRecord } from '../../contract/dns-record.ts';
import type { ObjectReader } from '../../contract/reader.ts';
import type { Service } from '../../objects/kubernetes.ts';
import { CLUSTER_DOMAIN } from '../../objects/pod-names.ts';
import { isAddress } from '../addresses.ts';
import { answerReverse } from './answer-reverse.ts';
import { endpointsIn, type NamedEndpoint } from './named-endpoints.ts';

const SUFFIX = `.${CLUSTER_DOMAIN}`;
const REVERSE = '.in-addr.arpa';
const NO_NAME: DnsAnswer = { kind: 'noName' };
const NO_DATA: DnsAnswer = { kind: 'noData' };
const LOCALHOST: DnsAnswer = {
  kind: 'records',
  records: [{ type: 'A', name: 'localhost', address: '127.0.0.1' }],
};

/**
 * What CoreDNS answers (plugin kubernetes, with `pods insecure`). Of names outside of the cluster nothing is
 * known.
 */
export function answerQuestion(objects: ObjectReader, { name, type }: DnsQuestion): DnsAnswer {
  const asked = name.toLowerCase().replace(/\.$/, '');
  if (asked.endsWith(REVERSE)) return answerReverse(objects, { name: asked, type });
  if (asked === 'localhost' && type === 'A') return LOCALHOST;
  if (asked === CLUSTER_DOMAIN) return NO_DATA;
  if (!asked.endsWith(SUFFIX)) return NO_NAME;
  const labels = asked.slice(0, -SUFFIX.length).split('.');
  const kind = labels.pop();
  const namespace = labels.pop();
  if (kind !== 'svc' && kind !== 'pod') return NO_NAME;
  if (namespace === undefined) return NO_DATA;
  const hasNamespace = objects.get('namespaces', undefined, namespace) !== undefined;
  if (labels.length === 0) return hasNamespace ? NO_DATA : NO_NAME;
  if (kind === 'pod') return hasNamespace ? podAnswer(labels, { name: asked, type }) : NO_NAME;
  const service = objects.get<Service>('services', namespace, labels.pop() ?? '');
  const wanted = wantedOf(labels);
  return service && wanted ? serviceAnswer(objects, service, { ...wanted, name: asked, type }) : NO_NAME;
}

/** `10-88-1-4`, whether or not a pod has that address. */
function podAnswer(labels: readonly string[], { name, type }: DnsQuestion): DnsAnswer {
  const address = (labels[0] ?? '').replaceAll('-', '.');
  if (labels.length > 1 || !isAddress(address)) return NO_NAME;
  return type === 'A' ? { kind: 'records', records: [{ type: 'A', name, address }] } : NO_DATA;
}

/** What stands before a service's name: a port and its protocol, or an endpoint. */
interface Wanted {
  readonly port?: string;
  readonly protocol?: string;
  readonly endpoint?: string;
}

function wantedOf(labels: readonly string[]): Wanted | undefined {
  const [first = '', second] = labels;
  if (labels.length === 0) return {};
  if (labels.length === 1) return { endpoint: first };
  if (labels.length > 2 || second === undefined) return undefined;
  return { port: first.replace(/^_/, ''), protocol: second.replace(/^_/, '').toUpperCase() };
}

interface Asked extends Wanted, DnsQuestion {}

/** CoreDNS: kubernetes.go findServices. A headless service is as its endpoints are: without any, no name. */
function serviceAnswer(objects: ObjectReader, service: Service, asked: Asked): DnsAnswer {
  const { spec = {} } = service;
  const { name, endpoint } = asked;
  if (spec.type === 'ExternalName') return externalAnswer(objects, spec.externalName ?? '', asked);
  if (spec.clusterIP === 'None' || endpoint !== undefined) {
    const found = endpointsIn(objects, service).filter((one) => isWanted(one, asked));
    return found.length > 0 ? recordsOf(found.map(recordable(service, asked)), asked) : NO_NAME;
  }
  const ports = (spec.ports ?? []).filter(
    (port) =>
      (asked.port === undefined || asked.port === port.name) &&
      (asked.protocol === undefined || asked.protocol === (port.protocol ?? 'TCP')),
  );
  if (ports.length === 0) return NO_NAME;
  const target = fullName(service);
  const addresses = (spec.clusterIPs ?? [spec.clusterIP ?? '']).filter(isAddress);
  const all = ports.flatMap(({ port }) => addresses.map((address) => ({ address, port, target, name })));
  return recordsOf(all, asked);
}

function isWanted(one: NamedEndpoint, { endpoint, port, protocol }: Wanted): boolean {
  return (
    (endpoint === undefined || endpoint === one.hostname) &&
    (port === undefined || port === one.portName) &&
    (protocol === undefined || protocol === one.protocol)
  );
}

interface Recordable {
  readonly name: string;
  readonly address: string;
  readonly target: string;
  readonly port: number;
}

const recordable =
  (service: Service, { name }: DnsQuestion) =>
  ({ hostname, address, port }: NamedEndpoint): Recordable => ({
    name,
    address,
    target: `${hostname}.${fullName(service)}`,
    port,
  });

function fullName({ metadata }: Service): string {
  return `${metadata.name}.${metadata.namespace}.svc${SUFFIX}`;
}

function recordsOf(all: readonly Recordable[], { type }: Asked): DnsAnswer {
  if (type === 'A') {
    const [{ name } = { name: '' }] = all;
    const addresses = [...new Set(all.map(({ address }) => address))];
    const records = addresses.map((address): DnsRecord => ({ type: 'A', name, address }));
    return { kind: 'records', records };
  }
  if (type !== 'SRV') return NO_DATA;
  const weight = Math.floor(100 / all.length) || 1;
  const records = all.map(({ name, target, port }): DnsRecord => ({ type, name, target, weight, port }));
  const targets = new Map(all.map(({ target, address }) => [target, address]));
  const additional = [...targets].map(([name, address]): DnsRecord => ({ type: 'A', name, address }));
  return { kind: 'records', records, additional };
}

function externalAnswer(objects: ObjectReader, target: string, asked: Asked): DnsAnswer {
  const { name, type, endpoint, port } = asked;
  if (endpoint !== undefined || port !== undefined) return NO_NAME;
  const alias: DnsRecord = { type: 'CNAME', name, target };
  const more = type === 'CNAME' ? NO_DATA : answerQuestion(objects, { name: target, type });
  return { kind: 'records', records: [alias, ...(more.kind === 'records' ? more.records : [])] };
}
