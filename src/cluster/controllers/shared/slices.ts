import type { DiscoveryEndpointPort } from '../../objects/kubernetes.ts';

export const MANAGED_BY = 'endpointslice.kubernetes.io/managed-by';

/** The ports of a slice as a text, by which slices and groups find each other. */
export function portsText(ports: readonly DiscoveryEndpointPort[] | null | undefined): string {
  return JSON.stringify(
    (ports ?? []).map(({ name = '', protocol, port, appProtocol }) => [name, protocol, port, appProtocol]),
  );
}
