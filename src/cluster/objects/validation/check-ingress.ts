import type { HTTPIngressPath, Ingress, IngressBackend, IngressRule, IngressSpec } from '../kubernetes.ts';
import { checkNamed, checkNamedIfGiven, checkOneOf } from './check-values.ts';
import { type FieldErrors, invalid, invalidFor, required } from './field-error.ts';
import {
  dnsLabelProblems,
  dnsSubdomainProblems,
  portNameProblems,
  portNumberProblems,
} from './name-syntax.ts';
import { checkObjectMeta, checkObjectMetaUpdate } from './object-meta.ts';

const OLD_ANNOTATION = 'kubernetes.io/ingress.class';

/** apis/networking/validation: ValidateIngressCreate. */
export function checkNewIngress(ingress: Ingress): FieldErrors {
  const { metadata, spec = {} } = ingress;
  const named = metadata.annotations?.[OLD_ANNOTATION];
  const isOther =
    named !== undefined && spec.ingressClassName !== undefined && named !== spec.ingressClassName;
  const detail = 'must match `ingressClassName` when both are specified';
  return [
    ...checkObjectMeta(metadata, { isNamespaced: true, nameProblems: dnsSubdomainProblems }),
    ...checkSpec(spec),
    ...(isOther ? [invalid(`annotations.${OLD_ANNOTATION}`, named, detail)] : []),
  ];
}

export function checkIngressUpdate(ingress: Ingress, old: Ingress): FieldErrors {
  return [...checkObjectMetaUpdate(ingress.metadata, old.metadata), ...checkSpec(ingress.spec ?? {})];
}

function checkSpec(spec: IngressSpec): FieldErrors {
  const { rules = [], tls = [], defaultBackend, ingressClassName } = spec;
  const isEmpty = rules.length === 0 && !defaultBackend;
  return [
    ...(isEmpty ? [invalid('spec', rules, 'either `defaultBackend` or `rules` must be specified')] : []),
    ...(defaultBackend ? checkBackend('spec.defaultBackend', defaultBackend) : []),
    ...rules.flatMap((rule, index) => checkRule(`spec.rules[${index}]`, rule)),
    ...tls.flatMap(({ hosts = [], secretName = '' }, index) => [
      ...hosts.flatMap((host, at) => checkHost(`spec.tls[${index}].hosts[${at}]`, host)),
      ...checkNamedIfGiven(`spec.tls[${index}].secretName`, secretName, dnsSubdomainProblems),
    ]),
    ...checkNamedIfGiven('spec.ingressClassName', ingressClassName, dnsSubdomainProblems),
  ];
}

const ADDRESS = /^\d{1,3}(?:\.\d{1,3}){3}$/;

function checkRule(field: string, { host = '', http }: IngressRule): FieldErrors {
  const isAddress = ADDRESS.test(host);
  return [
    ...(isAddress ? [invalid(`${field}.host`, host, 'must be a DNS name, not an IP address')] : []),
    ...(host === '' ? [] : checkHost(`${field}.host`, host)),
    ...(http && http.paths.length === 0 ? [required(`${field}.http.paths`)] : []),
    ...(http?.paths ?? []).flatMap((path, index) => checkPath(`${field}.http.paths[${index}]`, path)),
  ];
}

/** apimachinery: IsWildcardDNS1123Subdomain. */
function checkHost(field: string, host: string): FieldErrors {
  if (!host.includes('*')) return invalidFor(field, host, dnsSubdomainProblems(host));
  const label = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
  const pattern = `\\*\\.${label}(\\.${label})*`;
  if (new RegExp(`^${pattern}$`).test(host)) return [];
  const detail =
    "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of " +
    "lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character (e.g. '*.example.com', " +
    `regex used for validation is '${pattern}')`;
  return [invalid(field, host, detail)];
}

const TYPES = ['Exact', 'ImplementationSpecific', 'Prefix'];
const SEQUENCES = ['//', '/./', '/../', '%2f', '%2F'];
const SUFFIXES = ['/..', '/.'];

function checkPath(field: string, { path = '', pathType, backend }: HTTPIngressPath): FieldErrors {
  if (!pathType) return [{ ...required(`${field}.pathType`), detail: 'pathType must be specified' }];
  const isStrict = pathType === 'Exact' || pathType === 'Prefix';
  const isRelative = !path.startsWith('/') && (isStrict || path !== '');
  const bad = (detail: string) => invalid(`${field}.path`, path, detail);
  return [
    ...checkOneOf(`${field}.pathType`, pathType, TYPES),
    ...(isRelative && TYPES.includes(pathType) ? [bad('must be an absolute path')] : []),
    ...(isStrict
      ? SEQUENCES.filter((one) => path.includes(one)).map((one) => bad(`must not contain '${one}'`))
      : []),
    ...(isStrict
      ? SUFFIXES.filter((one) => path.endsWith(one)).map((one) => bad(`cannot end with '${one}'`))
      : []),
    ...checkBackend(`${field}.backend`, backend),
  ];
}

function checkBackend(field: string, { resource, service }: IngressBackend): FieldErrors {
  if (resource && service) return [invalid(field, '', 'cannot set both resource and service backends')];
  if (resource) return [];
  if (!service) return [invalid(field, '', 'resource or service backend is required')];
  const { name = '', number = 0 } = service.port ?? {};
  const port =
    name !== '' && number !== 0
      ? [invalid(field, '', 'cannot set both port name & port number')]
      : name !== ''
        ? invalidFor(`${field}.service.port.name`, name, portNameProblems(name))
        : number !== 0
          ? invalidFor(`${field}.service.port.number`, number, portNumberProblems(number))
          : [{ ...required(field), detail: 'port name or number is required' }];
  return [...checkNamed(`${field}.service.name`, service.name, dnsLabelProblems), ...port];
}
