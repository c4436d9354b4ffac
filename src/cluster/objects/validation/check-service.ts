import type { Service, ServicePort, ServiceSpec } from '../kubernetes.ts';
import { checkEndpointIp } from './check-endpoints.ts';
import { checkLabels } from './check-labels.ts';
import {
  checkCidr,
  checkIpAddress,
  checkNamedIfGiven,
  checkOneOf,
  checkOneOfIfGiven,
} from './check-values.ts';
import {
  duplicate,
  type FieldError,
  type FieldErrors,
  forbidden,
  invalid,
  invalidFor,
  required,
} from './field-error.ts';
import {
  dnsLabelProblems,
  dnsSubdomainProblems,
  portNameProblems,
  portNumberProblems,
  qualifiedNameProblems,
} from './name-syntax.ts';
import { checkObjectMeta, checkObjectMetaUpdate } from './object-meta.ts';

/** apis/core/validation: ValidateServiceCreate. A name may begin with a digit since 1.36. */
export function checkNewService(service: Service): FieldErrors {
  return [
    ...checkObjectMeta(service.metadata, { isNamespaced: true, nameProblems: dnsLabelProblems }),
    ...checkSpec(service.spec ?? {}),
  ];
}

export function checkServiceUpdate(service: Service, old: Service): FieldErrors {
  return [
    ...checkObjectMetaUpdate(service.metadata, old.metadata),
    ...checkSameAddress(service.spec ?? {}, old.spec ?? {}),
    ...checkSame(service.spec ?? {}, old.spec ?? {}),
    ...checkSpec(service.spec ?? {}),
  ];
}

function isHeadless({ clusterIP }: ServiceSpec): boolean {
  return clusterIP === 'None';
}

/** validateUpgradeDowngradeClusterIPs: the first address stays. */
function checkSameAddress(spec: ServiceSpec, old: ServiceSpec): FieldErrors {
  if (spec.type === 'ExternalName' || old.type === 'ExternalName') return [];
  const [now, before] = [addressesOf(spec), addressesOf(old)];
  if (before.length === 0 || now[0] === before[0]) return [];
  const detail = now.length === 0 ? 'primary clusterIP can not be unset' : 'may not change once set';
  return [invalid('spec.clusterIPs[0]', now, detail)];
}

/** validateServiceExternalTrafficFieldsUpdate, validateLoadBalancerClassField. */
function checkSame(spec: ServiceSpec, old: ServiceSpec): FieldErrors {
  const isHealthMoved =
    needsHealthPort(spec) && needsHealthPort(old) && spec.healthCheckNodePort !== old.healthCheckNodePort;
  const isOfAnotherClass =
    spec.type === 'LoadBalancer' &&
    old.type === spec.type &&
    spec.loadBalancerClass !== old.loadBalancerClass;
  return [
    ...(isHealthMoved ? [forbidden('spec.healthCheckNodePort', 'field is immutable')] : []),
    ...(isOfAnotherClass
      ? [invalid('spec.loadBalancerClass', spec.loadBalancerClass ?? null, 'may not change once set')]
      : []),
  ];
}

/** apis/core/v1/service: NeedsHealthCheck. */
export function needsHealthPort({ type, externalTrafficPolicy }: ServiceSpec): boolean {
  return type === 'LoadBalancer' && externalTrafficPolicy === 'Local';
}

function addressesOf({ clusterIP, clusterIPs }: ServiceSpec): readonly string[] {
  return clusterIPs ?? (clusterIP ? [clusterIP] : []);
}

const TYPES = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'];

function checkSpec(spec: ServiceSpec): FieldErrors {
  const { ports = [], type, selector } = spec;
  const needsPorts = ports.length === 0 && !isHeadless(spec) && type !== 'ExternalName';
  return [
    ...(needsPorts ? [required('spec.ports')] : []),
    ...checkType(spec),
    ...ports.flatMap((port, index) => checkPort(`spec.ports[${index}]`, port, ports.slice(0, index), ports)),
    ...checkLabels('spec.selector', selector),
    ...checkAffinity(spec),
    ...checkAddresses(spec),
    ...checkOneOf('spec.type', type, TYPES),
    ...checkNodePorts(spec),
    ...checkTwice(ports),
    ...checkForLoadBalancers(spec),
    ...checkTrafficPolicies(spec),
  ];
}

function checkType({
  type,
  clusterIP,
  clusterIPs = [],
  externalName = '',
  ...spec
}: ServiceSpec): FieldErrors {
  if (type === 'LoadBalancer' || type === 'NodePort') {
    const detail = `may not be set to 'None' for ${type} services`;
    return clusterIP === 'None' ? [invalid('spec.clusterIPs[0]', clusterIP, detail)] : [];
  }
  if (type !== 'ExternalName') return [];
  const none = 'may not be set for ExternalName services';
  const name = externalName.replace(/\.$/, '');
  return [
    ...(clusterIP || clusterIPs.length > 0 ? [forbidden('spec.clusterIPs', none)] : []),
    ...(spec.ipFamilies?.length ? [forbidden('spec.ipFamilies', none)] : []),
    ...(spec.ipFamilyPolicy === undefined ? [] : [forbidden('spec.ipFamilyPolicy', none)]),
    ...(name === ''
      ? [required('spec.externalName')]
      : invalidFor('spec.externalName', name, dnsSubdomainProblems(name))),
  ];
}

function checkPort(
  field: string,
  port: ServicePort,
  earlier: readonly ServicePort[],
  all: readonly ServicePort[],
): FieldErrors {
  const { name = '', targetPort, protocol, appProtocol } = port;
  const isTwice = name !== '' && earlier.some((other) => other.name === name);
  return [
    ...(all.length > 1 && name === '' ? [required(`${field}.name`)] : []),
    ...checkNamedIfGiven(`${field}.name`, name, dnsLabelProblems),
    ...(isTwice ? [duplicate(`${field}.name`, name)] : []),
    ...invalidFor(`${field}.port`, port.port, portNumberProblems(port.port)),
    ...checkOneOf(`${field}.protocol`, protocol, ['SCTP', 'TCP', 'UDP']),
    ...(typeof targetPort === 'string'
      ? invalidFor(`${field}.targetPort`, targetPort, portNameProblems(targetPort))
      : invalidFor(`${field}.targetPort`, targetPort, portNumberProblems(targetPort ?? 0))),
    ...checkNamedIfGiven(`${field}.appProtocol`, appProtocol, qualifiedNameProblems),
  ];
}

/** ValidateServiceClusterIPsRelatedFields, as far as there is one family of addresses. */
function checkAddresses({ type, clusterIPs = [], externalIPs = [] }: ServiceSpec): FieldErrors {
  const own = type === 'ExternalName' || clusterIPs[0] === 'None' ? [] : clusterIPs;
  return [
    ...own.flatMap((ip, index) => checkIpAddress(`spec.clusterIPs[${index}]`, ip)),
    ...externalIPs.flatMap((ip, index) => checkEndpointIp(`spec.externalIPs[${index}]`, ip)),
  ];
}

const MOST_AFFINITY_SECONDS = 86_400;

function checkAffinity({ sessionAffinity, sessionAffinityConfig }: ServiceSpec): FieldErrors {
  const field = 'spec.sessionAffinity';
  const errors = checkOneOf(field, sessionAffinity, ['ClientIP', 'None']);
  if (sessionAffinity === 'None' && sessionAffinityConfig)
    return [...errors, forbidden(`${field}Config`, 'must not be set when session affinity is None')];
  const seconds = sessionAffinityConfig?.clientIP?.timeoutSeconds;
  if (seconds === undefined || (seconds > 0 && seconds <= MOST_AFFINITY_SECONDS)) return errors;
  const detail = `must be greater than 0 and less than ${MOST_AFFINITY_SECONDS}`;
  return [...errors, invalid(`${field}Config.clientIP.timeoutSeconds`, seconds, detail)];
}

function checkNodePorts({ type, ports = [] }: ServiceSpec): FieldErrors {
  const detail = "may not be used when `type` is 'ClusterIP'";
  const unwanted = ports.flatMap(({ nodePort }, index) =>
    type === 'ClusterIP' && nodePort ? [forbidden(`spec.ports[${index}].nodePort`, detail)] : [],
  );
  const twice = ports.flatMap(({ nodePort, protocol }, index) => {
    const isTaken = ports
      .slice(0, index)
      .some((other) => other.nodePort === nodePort && other.protocol === protocol);
    return nodePort && isTaken ? [duplicate(`spec.ports[${index}].nodePort`, nodePort)] : [];
  });
  return [...unwanted, ...twice];
}

/** The server shows its own structure of a port, with nothing in it but these two. */
function checkTwice(ports: readonly ServicePort[]): FieldErrors {
  return ports.flatMap(({ port, protocol }, index): readonly FieldError[] => {
    const isTaken = ports.slice(0, index).some((other) => other.port === port && other.protocol === protocol);
    if (!isTaken) return [];
    const shown = `{"Name":"","Protocol":"${protocol}","AppProtocol":null,"Port":${port},"TargetPort":0,"NodePort":0}`;
    return [{ type: 'FieldValueDuplicate', field: `spec.ports[${index}]`, detail: shown }];
  });
}

function checkForLoadBalancers({ type, ...spec }: ServiceSpec): FieldErrors {
  if (type === 'LoadBalancer') return checkForClass(spec);
  const detail = "may only be used when `type` is 'LoadBalancer'";
  return [
    ...(spec.loadBalancerSourceRanges?.length ? [forbidden('spec.LoadBalancerSourceRanges', detail)] : []),
    ...(spec.allocateLoadBalancerNodePorts === undefined
      ? []
      : [forbidden('spec.allocateLoadBalancerNodePorts', detail)]),
    ...(spec.loadBalancerClass === undefined ? [] : [forbidden('spec.loadBalancerClass', detail)]),
  ];
}

function checkForClass({ loadBalancerSourceRanges = [], loadBalancerClass = '' }: ServiceSpec): FieldErrors {
  return [
    ...loadBalancerSourceRanges.flatMap((range, index) =>
      checkCidr(`spec.LoadBalancerSourceRanges[${index}]`, range.trim()),
    ),
    ...checkNamedIfGiven('spec.loadBalancerClass', loadBalancerClass, qualifiedNameProblems),
  ];
}

const DISTRIBUTIONS = ['PreferClose', 'PreferSameZone', 'PreferSameNode'];

function checkTrafficPolicies({ type, externalIPs = [], ...spec }: ServiceSpec): FieldErrors {
  const isExternal =
    type === 'LoadBalancer' || type === 'NodePort' || (type === 'ClusterIP' && externalIPs.length > 0);
  const { externalTrafficPolicy: external, internalTrafficPolicy: internal } = spec;
  const field = 'spec.externalTrafficPolicy';
  const policies = ['Cluster', 'Local'];
  return [
    ...(external && !isExternal
      ? [invalid(field, external, 'may only be set for externally-accessible services')]
      : checkOneOfIfGiven(field, external, policies)),
    ...checkHealthPort({ ...(type !== undefined && { type }), ...spec }),
    ...checkOneOfIfGiven('spec.internalTrafficPolicy', internal, policies),
    ...checkOneOfIfGiven('spec.trafficDistribution', spec.trafficDistribution, DISTRIBUTIONS),
  ];
}

function checkHealthPort(spec: ServiceSpec): FieldErrors {
  const { healthCheckNodePort: port } = spec;
  const field = 'spec.healthCheckNodePort';
  if (needsHealthPort(spec))
    return port ? invalidFor(field, port, portNumberProblems(port)) : [required(field)];
  const detail = "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'";
  return port ? [invalid(field, port, detail)] : [];
}
