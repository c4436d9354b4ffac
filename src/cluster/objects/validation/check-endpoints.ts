import { newItems } from '../derived-list.ts';
import type { EndpointAddress, EndpointPort, Endpoints } from '../kubernetes.ts';
import { checkOneOf, sortedList } from './check-values.ts';
import { type FieldErrors, invalid, invalidFor, required } from './field-error.ts';
import { dnsLabelProblems, portNumberProblems } from './name-syntax.ts';
import { checkObjectMeta, checkObjectMetaUpdate } from './object-meta.ts';

const PROTOCOLS = sortedList('SCTP', 'TCP', 'UDP');

/** Mirrors kube-apiserver: core/validation ValidateEndpointsCreate. */
export function checkNewEndpoints(endpoints: Endpoints): FieldErrors {
  return [...checkObjectMeta(endpoints.metadata, { isNamespaced: true }), ...checkSubsets(endpoints)];
}

export function checkEndpointsUpdate(endpoints: Endpoints, old: Endpoints): FieldErrors {
  return [...checkObjectMetaUpdate(endpoints.metadata, old.metadata), ...checkSubsets(endpoints, old)];
}

/** What is in them as it was before has been found valid then. */
function checkSubsets({ subsets = [] }: Endpoints, old?: Endpoints): FieldErrors {
  return subsets.flatMap(({ addresses = [], notReadyAddresses = [], ports = [] }, index) => {
    const before = old?.subsets?.[index];
    const field = `subsets[${index}]`;
    const isEmpty = addresses.length === 0 && notReadyAddresses.length === 0;
    return [
      ...(isEmpty ? [required(field, 'must specify `addresses` or `notReadyAddresses`')] : []),
      ...checkEach(`${field}.addresses`, addresses, before?.addresses),
      ...checkEach(`${field}.notReadyAddresses`, notReadyAddresses, before?.notReadyAddresses),
      ...ports.flatMap((port, at) => checkPort(`${field}.ports[${at}]`, port, ports.length > 1)),
    ];
  });
}

function checkEach(
  field: string,
  addresses: readonly EndpointAddress[],
  before: readonly EndpointAddress[] = [],
): FieldErrors {
  return newItems(addresses, before).flatMap((address) => {
    const { ip, hostname } = address;
    const place = `${field}[${addresses.indexOf(address)}]`;
    return [
      ...(hostname ? invalidFor(`${place}.hostname`, hostname, dnsLabelProblems(hostname)) : []),
      ...checkEndpointIp(`${place}.ip`, ip),
    ];
  });
}

function checkPort(
  field: string,
  { name = '', port, protocol = '' }: EndpointPort,
  needsName: boolean,
): FieldErrors {
  return [
    ...(name === '' && needsName ? [required(`${field}.name`)] : []),
    ...(name === '' ? [] : invalidFor(`${field}.name`, name, dnsLabelProblems(name))),
    ...invalidFor(`${field}.port`, port, portNumberProblems(port)),
    ...checkOneOf(`${field}.protocol`, protocol, PROTOCOLS),
  ];
}

const IPV4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;

/** Addresses that every machine has for itself are nobody's endpoint (ValidateEndpointIP). */
export function checkEndpointIp(field: string, ip: string): FieldErrors {
  const bytes = IPV4.exec(ip)?.slice(1).map(Number);
  const isAddress = bytes ? bytes.every((byte) => byte < 256) : ip.includes(':');
  if (!isAddress) return [invalid(field, ip, 'must be a valid IP address')];
  const why = RESERVED.find(([pattern]) => pattern.test(ip))?.[1];
  return why === undefined ? [] : [invalid(field, ip, why.replace('%s', ip))];
}

const RESERVED: readonly (readonly [RegExp, string])[] = [
  [/^0\.0\.0\.0$|^::$/, 'may not be unspecified (%s)'],
  [/^127\.|^::1$/, 'may not be in the loopback range (127.0.0.0/8, ::1/128)'],
  [/^169\.254\.|^fe[89ab][0-9a-f]:/i, 'may not be in the link-local range (169.254.0.0/16, fe80::/10)'],
  [/^224\.0\.0\.|^ff02:/i, 'may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)'],
];
