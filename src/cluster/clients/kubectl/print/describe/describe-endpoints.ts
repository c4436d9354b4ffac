import type {
  CoreEvent,
  DiscoveryEndpointPort,
  Endpoint,
  EndpointSlice,
  EndpointSubset,
  Endpoints,
} from '../../../../objects/kubernetes.ts';
import type { PrintContext } from '../print-context.ts';
import { printsSince } from '../prints-since.ts';
import { describeEvents } from './describe-events.ts';
import { alignDescription, annotationLines, field, indented, type Lines, labelLines } from './description.ts';

const UNSET = '<unset>';
const PORT_HEAD: Lines = ['Name\tPort\tProtocol', '----\t----\t--------'];

/** Mirrors kubectl: describe.go describeEndpoints. */
export function describeEndpoints(
  { metadata, subsets = [] }: Endpoints,
  events: readonly CoreEvent[] | undefined,
  context: PrintContext,
): string {
  const { summary, table } = describeEvents(events, context);
  const lines = [
    field('Name', metadata.name),
    field('Namespace', metadata.namespace),
    ...labelLines('Labels', metadata.labels),
    ...annotationLines('Annotations', metadata.annotations),
    'Subsets:',
    ...subsets.flatMap(subsetLines),
    ...summary,
  ];
  return alignDescription(lines, table);
}

function subsetLines({ addresses = [], notReadyAddresses = [], ports = [] }: EndpointSubset): Lines {
  const list = (all: readonly { readonly ip: string }[]) => all.map(({ ip }) => ip).join(',') || '<none>';
  const rows = ports.map(({ name, port, protocol }) => `${name || UNSET}\t${port}\t${protocol ?? ''}`);
  return [
    ...indented(1, [
      field('Addresses', list(addresses)),
      field('NotReadyAddresses', list(notReadyAddresses)),
      ...(rows.length === 0 ? [] : ['Ports:', ...indented(1, [...PORT_HEAD, ...rows])]),
    ]),
    '',
  ];
}

/** Mirrors kubectl: describe.go describeEndpointSliceV1. */
export function describeEndpointSlice(
  { metadata, addressType, ports, endpoints }: EndpointSlice,
  events: readonly CoreEvent[] | undefined,
  context: PrintContext,
): string {
  const { summary, table } = describeEvents(events, context);
  const lines = [
    field('Name', metadata.name),
    field('Namespace', metadata.namespace),
    ...labelLines('Labels', metadata.labels),
    ...annotationLines('Annotations', metadata.annotations),
    field('AddressType', addressType),
    ...(ports?.length
      ? ['Ports:', ...indented(1, [...PORT_HEAD, ...ports.map(portRow)])]
      : ['Ports: <unset>']),
    ...(endpoints?.length
      ? ['Endpoints:', ...endpoints.flatMap((endpoint) => endpointLines(endpoint, context))]
      : ['Endpoints: <none>']),
    ...summary,
  ];
  return alignDescription(lines, table);
}

function portRow({ name, port, protocol }: DiscoveryEndpointPort): string {
  return `${name || UNSET}\t${port ?? UNSET}\t${protocol ?? ''}`;
}

function endpointLines(endpoint: Endpoint, { version }: PrintContext): Lines {
  const { addresses, conditions, hostname, targetRef, nodeName, zone } = endpoint;
  // Until 1.21 a node's name was what made kubectl print the zone, and crash where there was none.
  const showsZone = printsSince(version, 'endpointZone') || nodeName !== undefined;
  return [
    `  ${field('- Addresses', addresses.join(', ') || '<none>')}`,
    ...indented(2, [
      'Conditions:',
      `  ${field('Ready', conditions?.ready ?? UNSET)}`,
      field('Hostname', hostname ?? UNSET),
      ...(targetRef ? [field('TargetRef', `${targetRef.kind ?? ''}/${targetRef.name ?? ''}`)] : []),
      field('NodeName', nodeName ?? UNSET),
      field('Zone', (showsZone ? zone : undefined) ?? UNSET),
    ]),
  ];
}
