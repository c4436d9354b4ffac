import type {
  CoreEvent,
  EndpointSlice,
  Endpoints,
  LoadBalancerIngress,
  Service,
  ServicePort,
} from '../../../../objects/kubernetes.ts';
import { joinHostPort } from '../columns/service-columns.ts';
import { formatLabels } from '../label-text.ts';
import type { PrintContext } from '../print-context.ts';
import { printsSince } from '../prints-since.ts';
import { describeEvents } from './describe-events.ts';
import { alignDescription, annotationLines, field, type Lines, labelLines } from './description.ts';

/** What `kubectl describe service` reads besides the service. */
export interface ServiceSurroundings {
  readonly events: readonly CoreEvent[] | undefined;
  /** Those labelled with the service's name; read since 1.31. */
  readonly endpointSlices: readonly EndpointSlice[];
  /** Read until 1.30. */
  readonly endpoints?: Endpoints;
}

/** Mirrors kubectl: describe.go describeService. */
export function describeService(
  service: Service,
  around: ServiceSurroundings,
  context: PrintContext,
): string {
  const { metadata, spec = {}, status } = service;
  const { summary, table } = describeEvents(around.events, context);
  const ingress = status?.loadBalancer?.ingress ?? [];
  const lines = [
    field('Name', metadata.name),
    field('Namespace', metadata.namespace),
    ...labelLines('Labels', metadata.labels),
    ...annotationLines('Annotations', metadata.annotations),
    field('Selector', formatLabels(spec.selector)),
    field('Type', spec.type),
    ...given('IP Family Policy', spec.ipFamilyPolicy),
    field('IP Families', spec.ipFamilies?.join(',') || '<none>'),
    field('IP', spec.clusterIP),
    field('IPs', spec.clusterIPs?.join(',') || '<none>'),
    ...given('External IPs', spec.externalIPs?.join(',')),
    ...given(
      printsSince(context.version, 'endpointSlices') ? 'Desired LoadBalancer IP' : 'IP',
      spec.loadBalancerIP,
    ),
    ...given('External Name', spec.externalName),
    ...given('LoadBalancer Ingress', ingress.map((one) => ingressText(one, context)).join(', ')),
    ...(spec.ports ?? []).flatMap((port) => portLines(port, around, context)),
    field('Session Affinity', spec.sessionAffinity),
    ...policyLines(service, context),
    ...summary,
  ];
  return alignDescription(lines, table);
}

function given(title: string, value: string | undefined): Lines {
  return value ? [field(title, value)] : [];
}

function ingressText({ ip, ipMode, hostname = '' }: LoadBalancerIngress, { version }: PrintContext): string {
  if (!ip) return hostname;
  return ipMode && printsSince(version, 'endpointSlices') ? `${ip} (${ipMode})` : ip;
}

function policyLines({ spec = {} }: Service, { version }: PrintContext): Lines {
  const knowsInternal = printsSince(version, 'endpointSlices');
  return [
    ...given('External Traffic Policy', spec.externalTrafficPolicy),
    ...given('Internal Traffic Policy', knowsInternal ? spec.internalTrafficPolicy : undefined),
    ...(spec.healthCheckNodePort ? [field('HealthCheck NodePort', spec.healthCheckNodePort)] : []),
    ...given('LoadBalancer Source Ranges', spec.loadBalancerSourceRanges?.join(',')),
    ...given(
      'Traffic Distribution',
      printsSince(version, 'trafficDistribution') ? spec.trafficDistribution : undefined,
    ),
  ];
}

function portLines(port: ServicePort, around: ServiceSurroundings, context: PrintContext): Lines {
  const { version } = context;
  const name = port.name || '<unset>';
  const protocol = port.protocol ?? '';
  const addresses = printsSince(version, 'endpointSlices')
    ? sliceAddresses(around.endpointSlices, port.name ?? '')
    : endpointAddresses(around.endpoints, port.name ?? '');
  return [
    `Port:\t${name}\t${port.port}/${protocol}`,
    field('TargetPort', `${port.targetPort ?? 0}/${protocol}`),
    ...given('AppProtocol', printsSince(version, 'appProtocol') ? port.appProtocol : undefined),
    ...(port.nodePort ? [`NodePort:\t${name}\t${port.nodePort}/${protocol}`] : []),
    field('Endpoints', addresses),
  ];
}

/** Ready endpoints of a port; nothing when slices have none, `<none>` without slices. */
export function sliceAddresses(slices: readonly EndpointSlice[], portName: string): string {
  if (slices.length === 0) return '<none>';
  const candidates = slices.flatMap(({ endpoints, ports }) => {
    const numbers = ports?.length
      ? ports.filter(({ name }) => (name ?? '') === portName).map(({ port }) => port)
      : [null];
    return numbers.flatMap((number) =>
      (endpoints ?? []).map(({ addresses, conditions }) => {
        const [address = ''] = addresses;
        const isReady = conditions?.ready ?? true;
        return { isReady, text: typeof number === 'number' ? joinHostPort(address, number) : address };
      }),
    );
  });
  return shownAddresses(candidates);
}

const SHOWN_MAX = 3;

/** Whether there are more is asked before each candidate, ready or not, once three are shown; they may then be 0. */
function shownAddresses(candidates: readonly { readonly isReady: boolean; readonly text: string }[]): string {
  const shown: string[] = [];
  let readyCount = 0;
  let isMore = false;
  for (const { isReady, text } of candidates) {
    if (shown.length === SHOWN_MAX) isMore = true;
    if (!isReady) continue;
    if (!isMore) shown.push(text);
    readyCount += 1;
  }
  return isMore ? `${shown.join(',')} + ${readyCount - SHOWN_MAX} more...` : shown.join(',');
}

function endpointAddresses(endpoints: Endpoints | undefined, portName: string): string {
  const subsets = endpoints?.subsets ?? [];
  if (subsets.length === 0) return '<none>';
  const candidates = subsets.flatMap(({ addresses = [], ports = [] }) => {
    if (ports.length === 0) return addresses.map(({ ip }) => ip);
    const named = ports.filter(({ name = '' }) => name === portName);
    return named.flatMap(({ port }) => addresses.map(({ ip }) => joinHostPort(ip, port)));
  });
  return shownAddresses(candidates.map((text) => ({ isReady: true, text })));
}
