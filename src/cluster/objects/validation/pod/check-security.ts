import type {
  AppArmorProfile,
  PodSecurityContext,
  PodSpec,
  SeccompProfile,
  SecurityContext,
  Sysctl,
} from '../../kubernetes.ts';
import { checkDescendingPath, checkOneOfIfGiven, sortedList } from '../check-values.ts';
import {
  duplicate,
  type FieldErrors,
  forbidden,
  invalid,
  invalidFor,
  notSupported,
  required,
} from '../field-error.ts';
import { rangeProblems } from '../name-syntax.ts';

const ID_MAX = 2 ** 31 - 1;
const PROFILE_TYPES = ['Localhost', 'RuntimeDefault', 'Unconfined'];
const SYSCTL = /^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$/;

/** Who the containers of a pod run as, and what the kernel lets them do. */
export function checkPodSecurity(field: string, spec: PodSpec): FieldErrors {
  const context = spec.securityContext;
  if (context === undefined) return [];
  const shared = spec.shareProcessNamespace === true && spec.hostPID === true;
  const sharing = 'ShareProcessNamespace and HostPID cannot both be enabled';
  return [
    ...checkId(`${field}.fsGroup`, context.fsGroup),
    ...checkId(`${field}.runAsUser`, context.runAsUser),
    ...checkId(`${field}.runAsGroup`, context.runAsGroup),
    ...(context.supplementalGroups ?? []).flatMap((id, index) =>
      checkId(`${field}.supplementalGroups[${index}]`, id),
    ),
    ...(shared ? [invalid(`${field}.shareProcessNamespace`, true, sharing)] : []),
    ...checkSysctls(`${field}.sysctls`, context.sysctls ?? [], spec),
    ...checkPolicies(field, context),
    ...checkSeccomp(`${field}.seccompProfile`, context.seccompProfile),
    ...checkAppArmor(`${field}.appArmorProfile`, context.appArmorProfile),
  ];
}

function checkPolicies(field: string, context: PodSecurityContext): FieldErrors {
  return [
    ...checkOneOfIfGiven(`${field}.fsGroupChangePolicy`, context.fsGroupChangePolicy, [
      'Always',
      'OnRootMismatch',
    ]),
    ...checkOneOfIfGiven(`${field}.supplementalGroupsPolicy`, context.supplementalGroupsPolicy, [
      'Merge',
      'Strict',
    ]),
    ...checkOneOfIfGiven(`${field}.seLinuxChangePolicy`, context.seLinuxChangePolicy, [
      'MountOption',
      'Recursive',
    ]),
  ];
}

export function checkContainerSecurity(
  field: string,
  context: SecurityContext | undefined,
  usesHostUsers: boolean,
): FieldErrors {
  if (context === undefined) return [];
  const { allowPrivilegeEscalation, privileged, capabilities, procMount } = context;
  const isRestrained = allowPrivilegeEscalation === false;
  const isAdmin = capabilities?.add?.includes('CAP_SYS_ADMIN') === true;
  const privilege = 'cannot set `allowPrivilegeEscalation` to false and `privileged` to true';
  const admin = 'cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN';
  const unmasked = '`hostUsers` must be false to use `Unmasked`';
  return [
    ...checkId(`${field}.runAsUser`, context.runAsUser),
    ...checkId(`${field}.runAsGroup`, context.runAsGroup),
    ...checkOneOfIfGiven(`${field}.procMount`, procMount, sortedList('Default', 'Unmasked')),
    ...(usesHostUsers && procMount === 'Unmasked'
      ? [invalid(`${field}.procMount`, procMount, unmasked)]
      : []),
    ...checkSeccomp(`${field}.seccompProfile`, context.seccompProfile),
    ...(isRestrained && privileged === true ? [invalid(field, context, privilege)] : []),
    ...(isRestrained && isAdmin ? [invalid(field, context, admin)] : []),
    ...checkAppArmor(`${field}.appArmorProfile`, context.appArmorProfile),
  ];
}

function checkId(field: string, id: number | undefined): FieldErrors {
  return id === undefined ? [] : invalidFor(field, id, rangeProblems(id, 0, ID_MAX));
}

function checkSysctls(field: string, sysctls: readonly Sysctl[], spec: PodSpec): FieldErrors {
  return sysctls.flatMap(({ name = '' }, index) => {
    const place = `${field}[${index}].name`;
    const isRepeated = sysctls.slice(0, index).some((other) => other.name === name);
    const syntax = `must have at most 253 characters and match regex ${SYSCTL.source}`;
    const errors =
      name === ''
        ? [required(place)]
        : name.length > 253 || !SYSCTL.test(name)
          ? [invalid(place, name, syntax)]
          : isRepeated
            ? [duplicate(place, name)]
            : [];
    return [...errors, ...checkHostSysctl(place, name, spec)];
  });
}

/** What belongs to a namespace of the host cannot be set by a pod that uses the host's. */
function checkHostSysctl(field: string, name: string, { hostNetwork, hostIPC }: PodSpec): FieldErrors {
  const dotted = name.replaceAll('/', '.');
  if (hostNetwork === true && dotted.startsWith('net.')) {
    return [invalid(field, name, "may not be specified when 'hostNetwork' is true")];
  }
  const isIpc = /^(?:kernel\.(?:sem$|shm|msg)|fs\.mqueue\.)/.test(dotted);
  return hostIPC === true && isIpc
    ? [invalid(field, name, "may not be specified when 'hostIPC' is true")]
    : [];
}

function checkSeccomp(field: string, profile: SeccompProfile | undefined): FieldErrors {
  if (profile === undefined) return [];
  const { type, localhostProfile: path } = profile;
  const place = `${field}.localhostProfile`;
  const ofType =
    type === ''
      ? [required(`${field}.type`, 'type is required when seccompProfile is set')]
      : checkOneOfIfGiven(`${field}.type`, type, PROFILE_TYPES);
  if (type !== 'Localhost') {
    const detail = 'can only be set when seccomp type is Localhost';
    return path === undefined ? ofType : [...ofType, invalid(place, profile, detail)];
  }
  if (path !== undefined) return [...ofType, ...checkDescendingPath(place, path)];
  return [...ofType, required(place, 'must be set when seccomp type is Localhost')];
}

function checkAppArmor(field: string, profile: AppArmorProfile | undefined): FieldErrors {
  if (profile === undefined) return [];
  const { type, localhostProfile: name } = profile;
  const place = `${field}.localhostProfile`;
  if (type === '') return [required(`${field}.type`, 'type is required when appArmorProfile is set')];
  if (!PROFILE_TYPES.includes(type)) return [notSupported(`${field}.type`, type, PROFILE_TYPES)];
  if (type !== 'Localhost') {
    const detail = 'can only be set when AppArmor type is Localhost';
    return name === undefined ? [] : [invalid(place, name, detail)];
  }
  if (name === undefined || name === '')
    return [required(place, 'must be set when AppArmor type is Localhost')];
  return name === name.trim() ? [] : [invalid(place, name, 'must not be padded with whitespace')];
}

/** A pod with users of its own cannot share the host's other namespaces. */
export function checkHostUsers(field: string, spec: PodSpec): FieldErrors {
  if (spec.hostUsers !== false) return [];
  const detail = 'when `hostUsers` is false';
  return [
    ...(spec.hostNetwork === true ? [forbidden(`${field}.hostNetwork`, detail)] : []),
    ...(spec.hostPID === true ? [forbidden(`${field}.HostPID`, detail)] : []),
    ...(spec.hostIPC === true ? [forbidden(`${field}.HostIPC`, detail)] : []),
  ];
}
