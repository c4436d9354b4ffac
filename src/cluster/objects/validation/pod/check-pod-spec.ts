import { sortedKeys } from '../../json.ts';
import type { HostAlias, PodDNSConfig, PodSpec } from '../../kubernetes.ts';
import { containerAmounts, resourceListOf } from '../../pod-resources.ts';
import { compareQuantities } from '../../quantity.ts';
import { checkLabels } from '../check-labels.ts';
import { checkPodResources } from '../check-resources.ts';
import { checkTolerations } from '../check-tolerations.ts';
import { checkIpAddress, checkNamedIfGiven, checkOneOf, checkOneOfIfGiven } from '../check-values.ts';
import {
  duplicate,
  type FieldErrors,
  forbidden,
  invalid,
  invalidFor,
  required,
  tooLong,
} from '../field-error.ts';
import {
  dnsLabelProblems,
  dnsSubdomainProblems,
  qualifiedNameProblems,
  rangeProblems,
} from '../name-syntax.ts';
import { checkAffinity, checkTopologySpread } from './check-affinity.ts';
import { checkContainers, checkEphemeralContainers, checkInitContainers } from './check-containers.ts';
import { checkHostUsers, checkPodSecurity } from './check-security.ts';
import { checkVolumes } from './check-volumes.ts';

const INT32_MAX = 2 ** 31 - 1;

export interface PodSpecRules {
  /** The pod's name; absent for a template. */
  readonly podName?: string;
}

/** The spec of a pod or of a template, its defaults set (apis/core/validation: ValidatePodSpec). */
export function checkPodSpec(field: string, spec: PodSpec, { podName }: PodSpecRules = {}): FieldErrors {
  const { errors, usable } = checkVolumes(`${field}.volumes`, spec.volumes ?? [], podName);
  const context = { spec, volumes: usable };
  return [
    ...(spec.terminationGracePeriodSeconds === undefined
      ? [required(`${field}.terminationGracePeriodSeconds`)]
      : []),
    ...errors,
    ...checkContainers(`${field}.containers`, context),
    ...checkInitContainers(`${field}.initContainers`, context),
    ...checkEphemeralContainers(`${field}.ephemeralContainers`, context),
    ...checkOwnResources(`${field}.resources`, spec),
    ...checkHostNetworkPorts(`${field}.containers`, spec, podName !== undefined),
    ...checkOneOf(`${field}.restartPolicy`, spec.restartPolicy, ['Always', 'OnFailure', 'Never']),
    ...checkOneOf(`${field}.dnsPolicy`, spec.dnsPolicy, DNS_POLICIES),
    ...checkLabels(`${field}.nodeSelector`, spec.nodeSelector),
    ...checkPodSecurity(`${field}.securityContext`, spec),
    ...checkAffinity(`${field}.affinity`, spec.affinity),
    ...checkDns(`${field}.dnsConfig`, spec.dnsConfig, spec.dnsPolicy),
    ...checkGates(field, spec),
    ...checkTopologySpread(`${field}.topologySpreadConstraints`, spec.topologySpreadConstraints ?? []),
    ...checkHostUsers(field, spec),
    ...checkNames(field, spec),
    ...checkTolerations(`${field}.tolerations`, spec.tolerations ?? []),
    ...checkHostAliases(`${field}.hostAliases`, spec.hostAliases ?? []),
    ...checkClasses(field, spec),
  ];
}

const DNS_POLICIES = ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None'];

/** What a pod asks for as a whole must be enough for its containers. */
function checkOwnResources(field: string, spec: PodSpec): FieldErrors {
  const { resources } = spec;
  if (resources === undefined) return [];
  const requested = resourceListOf(containerAmounts(spec, 'requests'));
  const requests = resources.requests ?? {};
  const limits = resources.limits ?? {};
  const tooSmall = sortedKeys(requested).filter(
    (name) =>
      requests[name] !== undefined && compareQuantities(requested[name] ?? '', requests[name] ?? '') > 0,
  );
  return [
    ...(resources.claims === undefined
      ? []
      : [forbidden(`${field}.claims`, 'claims may not be set for Resources at pod-level')]),
    ...checkPodResources(field, resources, []),
    ...tooSmall.map((name) => {
      const detail = `must be greater than or equal to aggregate container requests of ${requested[name]}`;
      return invalid(`${field}.requests[${name}]`, requests[name], detail);
    }),
    ...spec.containers.flatMap(({ resources: own }, index) =>
      sortedKeys(own?.limits ?? {}).flatMap((name) => {
        const limit = own?.limits?.[name] ?? '';
        if (limits[name] === undefined || compareQuantities(limit, limits[name] ?? '') <= 0) return [];
        const detail = `must be less than or equal to pod limits of ${limits[name]}`;
        return [invalid(`${field}.containers[${index}][${name}].limits`, limit, detail)];
      }),
    ),
  ];
}

/** On the host's network a port is the host's; a template may leave it open until there are pods. */
function checkHostNetworkPorts(field: string, spec: PodSpec, isPod: boolean): FieldErrors {
  if (spec.hostNetwork !== true) return [];
  const detail = 'must match `containerPort` when `hostNetwork` is true';
  return (spec.containers ?? []).flatMap(({ ports = [] }, at) =>
    ports.flatMap(({ hostPort = 0, containerPort }, index) => {
      const isOpen = !isPod && hostPort === 0;
      if (isOpen || hostPort === containerPort) return [];
      return [invalid(`${field}[${at}].ports[${index}].hostPort`, hostPort, detail)];
    }),
  );
}

function checkDns(field: string, config: PodDNSConfig | undefined, policy: string | undefined): FieldErrors {
  if (policy === 'None' && config === undefined) {
    return [required(field, 'must provide `dnsConfig` when `dnsPolicy` is None')];
  }
  const { nameservers = [], searches = [], options = [] } = config ?? {};
  if (policy === 'None' && nameservers.length === 0) {
    const detail = 'must provide at least one DNS nameserver when `dnsPolicy` is None';
    return [required(`${field}.nameservers`, detail)];
  }
  const tooManyServers = 'must not have more than 3 nameservers';
  return [
    ...(nameservers.length > 3 ? [invalid(`${field}.nameservers`, nameservers, tooManyServers)] : []),
    ...nameservers.flatMap((address, index) => checkIpAddress(`${field}.nameservers[${index}]`, address)),
    ...checkSearches(`${field}.searches`, searches),
    ...options.flatMap(({ name }, index) =>
      name ? [] : [required(`${field}.options[${index}]`, 'must not be empty')],
    ),
  ];
}

function checkSearches(field: string, searches: readonly string[]): FieldErrors {
  const paths = 'must not have more than 32 search paths';
  const characters = 'must not have more than 2048 characters (including spaces) in the search list';
  return [
    ...(searches.length > 32 ? [invalid(field, searches, paths)] : []),
    ...(searches.join(' ').length > 2048 ? [invalid(field, searches, characters)] : []),
    ...searches.flatMap((search, index) => {
      if (search === '.') return [];
      const name = search.replace(/\.$/, '');
      // Since 1.34 parts of a search path may have underscores.
      return invalidFor(`${field}[${index}]`, name, dnsSubdomainProblems(name.replaceAll('_', 'a')));
    }),
  ];
}

function checkGates(field: string, { readinessGates = [], schedulingGates = [] }: PodSpec): FieldErrors {
  return [
    ...readinessGates.flatMap(({ conditionType }, index) =>
      invalidFor(
        `${field}.readinessGates[${index}].conditionType`,
        conditionType,
        qualifiedNameProblems(conditionType),
      ),
    ),
    ...schedulingGates.flatMap(({ name }, index) => {
      const place = `${field}.schedulingGates[${index}]`;
      const isRepeated = schedulingGates.slice(0, index).some((other) => other.name === name);
      return [
        ...invalidFor(place, name, qualifiedNameProblems(name)),
        ...(isRepeated ? [duplicate(place, name)] : []),
      ];
    }),
  ];
}

function checkNames(field: string, spec: PodSpec): FieldErrors {
  const { hostnameOverride: override, activeDeadlineSeconds: deadline } = spec;
  return [
    ...(override === undefined ? [] : checkHostnameOverride(`${field}.hostnameOverride`, override, spec)),
    ...checkNamedIfGiven(`${field}.serviceAccountName`, spec.serviceAccountName, dnsSubdomainProblems),
    ...checkNamedIfGiven(`${field}.nodeName`, spec.nodeName, dnsSubdomainProblems),
    ...(deadline === undefined
      ? []
      : invalidFor(`${field}.activeDeadlineSeconds`, deadline, rangeProblems(deadline, 1, INT32_MAX))),
    ...checkNamedIfGiven(`${field}.hostname`, spec.hostname, dnsLabelProblems),
    ...checkNamedIfGiven(`${field}.subdomain`, spec.subdomain, dnsLabelProblems),
  ];
}

function checkHostnameOverride(field: string, override: string, spec: PodSpec): FieldErrors {
  const fqdn = 'may not be specified when setHostnameAsFQDN is true';
  return [
    ...(spec.setHostnameAsFQDN === true ? [forbidden(field, fqdn)] : []),
    ...(spec.hostNetwork === true ? [forbidden(field, 'may not be specified when hostNetwork is true')] : []),
    ...(override.length > 64 ? [tooLong(field, 64)] : []),
    ...invalidFor(field, override, dnsSubdomainProblems(override)),
  ];
}

function checkHostAliases(field: string, aliases: readonly HostAlias[]): FieldErrors {
  return aliases.flatMap(({ ip, hostnames = [] }, index) => [
    ...checkIpAddress(`${field}[${index}].ip`, ip),
    ...hostnames.flatMap((name, at) =>
      invalidFor(`${field}[${index}].hostnames[${at}]`, name, dnsSubdomainProblems(name)),
    ),
  ]);
}

function checkClasses(field: string, spec: PodSpec): FieldErrors {
  const { preemptionPolicy: policy, os } = spec;
  const policies = ['PreemptLowerPriority', 'Never'];
  return [
    ...checkNamedIfGiven(`${field}.priorityClassName`, spec.priorityClassName, dnsSubdomainProblems),
    ...checkNamedIfGiven(`${field}.runtimeClassName`, spec.runtimeClassName, dnsSubdomainProblems),
    ...(policy === undefined ? [] : checkOneOf(`${field}.preemptionPolicy`, policy, policies)),
    ...(os === undefined || os.name ? [] : [required(`${field}.os.name`)]),
    ...checkOneOfIfGiven(`${field}.os`, os?.name || undefined, ['linux', 'windows']),
  ];
}
