import type { CoreEvent, LoadBalancerIngress, Service, ServicePort } from '../../../../objects/kubernetes.ts';
import { formatLabels } from '../label-text.ts';
import type { PrintContext } from '../print-context.ts';
import { printsSince } from '../prints-since.ts';
import { describeEvents } from './describe-events.ts';
import { alignDescription, annotationLines, field, type Lines, labelLines } from './description.ts';
import { type NamespaceEndpoints, readyAddresses } from './ready-addresses.ts';

/** What `kubectl describe service` reads besides the service. */
export interface ServiceSurroundings extends NamespaceEndpoints {
  readonly events: readonly CoreEvent[] | undefined;
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
    ...(spec.ports ?? []).flatMap((port) => portLines(port, metadata.name ?? '', around, context)),
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

function portLines(
  port: ServicePort,
  service: string,
  around: ServiceSurroundings,
  context: PrintContext,
): Lines {
  const { version } = context;
  const name = port.name || '<unset>';
  const protocol = port.protocol ?? '';
  return [
    `Port:\t${name}\t${port.port}/${protocol}`,
    field('TargetPort', `${port.targetPort ?? 0}/${protocol}`),
    ...given('AppProtocol', printsSince(version, 'appProtocol') ? port.appProtocol : undefined),
    ...(port.nodePort ? [`NodePort:\t${name}\t${port.nodePort}/${protocol}`] : []),
    field('Endpoints', readyAddresses({ service, port: port.name ?? '' }, around, context)),
  ];
}
