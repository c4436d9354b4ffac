import type { ObjectReader } from '../../contract/reader.ts';
import { slicesOfService } from '../../objects/endpoint-slices.ts';
import type { Service } from '../../objects/kubernetes.ts';

/** An endpoint as the name service knows it, for one of its ports. */
export interface NamedEndpoint {
  readonly address: string;
  /** By which it is found under the name of its service. */
  readonly hostname: string;
  readonly portName: string;
  readonly protocol: string;
  /** -1 where a service has none. */
  readonly port: number;
}

const NO_PORT = { name: '', protocol: 'TCP', port: -1 };

/**
 * Endpoints of a service that are ready, in the order of its slices (CoreDNS:
 * object/endpoint.go EndpointSliceV1ToEndpoints, kubernetes.go endpointHostname).
 */
export function endpointsIn(objects: ObjectReader, { metadata }: Service): readonly NamedEndpoint[] {
  return slicesOfService(objects, metadata).flatMap(({ endpoints, ports }) => {
    const numbers = ports?.length ? ports : [NO_PORT];
    return (endpoints ?? [])
      .filter(({ conditions }) => conditions?.ready ?? true)
      .flatMap(({ addresses, hostname }) =>
        addresses.flatMap((address) =>
          numbers.map(({ name, protocol, port }) => ({
            address,
            hostname: hostname ?? address.replaceAll('.', '-'),
            portName: name ?? '',
            protocol: protocol ?? 'TCP',
            port: port ?? -1,
          })),
        ),
      );
  });
}
