import type { ObjectReader } from '../../contract/reader.ts';
import { slicesOfService } from '../../objects/endpoint-slices.ts';
import type { EndpointSlice, Service } from '../../objects/kubernetes.ts';

interface ServicePortRef {
  readonly namespace: string;
  readonly name: string;
  /** Its number or its name. */
  readonly port: number | string;
}

/** Whether there is such a service at all. */
export function hasService(
  objects: ObjectReader,
  { namespace, name }: Omit<ServicePortRef, 'port'>,
): boolean {
  return objects.get<Service>('services', namespace, name) !== undefined;
}

/** The endpoints of a service's port that are ready, `10.88.1.4:8080`; a proxy asks them itself. */
export function backendEndpoints(
  objects: ObjectReader,
  { namespace, name, port }: ServicePortRef,
): readonly string[] {
  const service = objects.get<Service>('services', namespace, name);
  if (!service) return [];
  const { type, externalName, ports = [] } = service.spec ?? {};
  if (type === 'ExternalName') return [`${externalName}:${port}`];
  const found = ports.find((one) => one.port === port || (typeof port === 'string' && one.name === port));
  if (!found) return [];
  return slicesOfService(objects, { namespace, name })
    .flatMap((slice) => readyIn(slice, found.name ?? ''))
    .sort();
}

function readyIn({ endpoints, ports }: EndpointSlice, portName: string): readonly string[] {
  const port = (ports ?? []).find(({ name = '' }) => name === portName)?.port;
  if (port === undefined) return [];
  return (endpoints ?? [])
    .filter(({ conditions }) => conditions?.ready ?? true)
    .flatMap(({ addresses: [address] }) => (address === undefined ? [] : [`${address}:${port}`]));
}
