import type { DnsAnswer, DnsQuestion } from '../../contract/dns-record.ts';
import type { ObjectReader } from '../../contract/reader.ts';
import type { Service } from '../../objects/kubernetes.ts';
import { CLUSTER_DOMAIN } from '../../objects/pod-names.ts';
import { endpointsIn } from './named-endpoints.ts';

/** Which name has an address: a service's, or that of an endpoint of one (CoreDNS: reverse.go). */
export function answerReverse(objects: ObjectReader, { name, type }: DnsQuestion): DnsAnswer {
  const address = name.split('.').slice(0, 4).reverse().join('.');
  const targets = type === 'PTR' ? namesOf(objects, address) : [];
  if (targets.length === 0) return { kind: 'noName' };
  return { kind: 'records', records: targets.map((target) => ({ type: 'PTR', name, target })) };
}

function namesOf(objects: ObjectReader, address: string): readonly string[] {
  const services = objects.list<Service>('services');
  const own = services.find(({ spec }) => (spec?.clusterIPs ?? [spec?.clusterIP]).includes(address));
  if (own) return [nameOf(own)];
  // Only those that have names of their own: a headless service's endpoints, and those with host names.
  return services.flatMap((service) =>
    endpointsIn(objects, service)
      .filter((endpoint) => endpoint.address === address)
      .slice(0, 1)
      .map(({ hostname }) => `${hostname}.${nameOf(service)}`),
  );
}

function nameOf({ metadata }: Service): string {
  return `${metadata.name}.${metadata.namespace}.svc.${CLUSTER_DOMAIN}`;
}
