import { quoteGo } from '../../../../objects/go-json.ts';
import type {
  CoreEvent,
  Ingress,
  IngressBackend,
  IngressClass,
  IngressServiceBackend,
  Service,
} from '../../../../objects/kubernetes.ts';
import { loadBalancerAddresses } from '../columns/service-columns.ts';
import type { PrintContext } from '../print-context.ts';
import { printsSince } from '../prints-since.ts';
import { describeEvents } from './describe-events.ts';
import { alignDescription, annotationLines, field, indented, type Lines, labelLines } from './description.ts';
import { type NamespaceEndpoints, readyAddresses } from './ready-addresses.ts';

/** What `kubectl describe ingress` reads of the namespace. */
export interface IngressSurroundings extends NamespaceEndpoints {
  readonly events: readonly CoreEvent[] | undefined;
  readonly services: readonly Service[];
}

/** Mirrors kubectl: describe.go describeIngressV1. */
export function describeIngress(
  ingress: Ingress,
  around: IngressSurroundings,
  context: PrintContext,
): string {
  const { metadata, spec = {}, status } = ingress;
  const { version } = context;
  const { summary, table } = describeEvents(around.events, context);
  const defaultBackend = defaultBackendText(ingress, around, context);
  const tls = (spec.tls ?? []).map(({ secretName, hosts = [] }) =>
    secretName ? `${secretName} terminates ${hosts.join(',')}` : `SNI routes ${hosts.join(',')}`,
  );
  const lines = [
    field('Name', metadata.name),
    ...(printsSince(version, 'ingressLabels') ? labelLines('Labels', metadata.labels) : []),
    field('Namespace', metadata.namespace),
    field('Address', loadBalancerAddresses(status?.loadBalancer?.ingress).join(',')),
    ...(printsSince(version, 'ingressClassName')
      ? [field('Ingress Class', spec.ingressClassName ?? '<none>')]
      : []),
    field('Default backend', defaultBackend),
    ...(tls.length === 0 ? [] : ['TLS:', ...indented(1, tls)]),
    'Rules:',
    ...indented(1, ['Host\tPath\tBackends', '----\t----\t--------']),
    ...ruleLines(ingress, defaultBackend, (backend) => backendText(backend, around, context)),
    ...annotationLines('Annotations', metadata.annotations),
    ...summary,
  ];
  return alignDescription(lines, table);
}

function defaultBackendText(
  { spec = {} }: Ingress,
  around: IngressSurroundings,
  context: PrintContext,
): string {
  if (spec.defaultBackend !== undefined) return backendText(spec.defaultBackend, around, context);
  if (printsSince(context.version, 'ingressClassName')) return '<default>';
  // It was looked for in kube-system, where clusters of our time have none.
  return 'default-http-backend:80 (<error: endpoints "default-http-backend" not found>)';
}

function ruleLines(
  { spec = {} }: Ingress,
  defaultBackend: string,
  textOf: (backend: IngressBackend) => string,
): Lines {
  const rules = (spec.rules ?? []).flatMap(({ host, http }) => {
    if (http === undefined) return [];
    const paths = http.paths.map(({ path = '', backend }) => `    \t${path} \t${textOf(backend)}`);
    return [`  ${host || '*'}\t`, ...paths];
  });
  return rules.length === 0 ? [`  *\t*\t${defaultBackend}`] : rules;
}

function backendText(
  { service, resource }: IngressBackend,
  around: IngressSurroundings,
  context: PrintContext,
): string {
  if (service !== undefined) return serviceBackendText(service, around, context);
  if (resource === undefined) return '';
  return `APIGroup: ${resource.apiGroup ?? '<none>'}, Kind: ${resource.kind}, Name: ${resource.name}`;
}

function serviceBackendText(
  { name, port }: IngressServiceBackend,
  around: IngressSurroundings,
  context: PrintContext,
): string {
  const readsSlices = printsSince(context.version, 'endpointSlices');
  const title = `${name}:${port?.number || (port?.name ?? '')}`;
  if (!readsSlices && !around.endpoints.some(({ metadata }) => metadata.name === name)) {
    return `${title} (<error: endpoints ${quoteGo(name)} not found>)`;
  }
  const service = around.services.find(({ metadata }) => metadata.name === name);
  if (service === undefined) {
    return `${title}${readsSlices ? ' ' : ''}(<error: services ${quoteGo(name)} not found>)`;
  }
  const meant = service.spec?.ports?.filter((one) =>
    port?.number ? one.port === port.number : port?.name && one.name === port.name,
  );
  const portName = meant?.at(-1)?.name ?? '';
  return `${title} (${readyAddresses({ service: name, port: portName }, around, context)})`;
}

/** Mirrors kubectl: describe.go describeIngressClassV1. */
export function describeIngressClass(
  { metadata, spec = {} }: IngressClass,
  events: readonly CoreEvent[] | undefined,
  context: PrintContext,
): string {
  const { parameters } = spec;
  const { summary, table } = describeEvents(events, context);
  const lines = [
    field('Name', metadata.name),
    ...labelLines('Labels', metadata.labels),
    ...annotationLines('Annotations', metadata.annotations),
    field('Controller', spec.controller),
    ...(parameters === undefined
      ? []
      : [
          'Parameters:',
          ...indented(1, [
            ...(parameters.apiGroup === undefined ? [] : [field('APIGroup', parameters.apiGroup)]),
            field('Kind', parameters.kind),
            field('Name', parameters.name),
          ]),
        ]),
    ...summary,
  ];
  return alignDescription(lines, table);
}
