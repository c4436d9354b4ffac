import type { Container, PodSpec, SELinuxOptions } from '../kubernetes.ts';
import {
  containersOf,
  counted,
  distinct,
  namesOf,
  plural,
  quoted,
  type Rule,
  setters,
  type Violation,
} from './wording.ts';

const CAPABILITIES: readonly string[] = [
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
];
const SYSCTLS: readonly string[] = [
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.ping_group_range',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_wmem',
];
const SELINUX_TYPES: readonly string[] = [
  '',
  'container_t',
  'container_init_t',
  'container_kvm_t',
  'container_engine_t',
];

const appArmor: Rule = (spec, annotations) => {
  const isBad = (type: string | undefined): boolean =>
    type !== undefined && type !== 'RuntimeDefault' && type !== 'Localhost';
  const containers = containersOf(spec).filter(({ securityContext }) =>
    isBad(securityContext?.appArmorProfile?.type),
  );
  const own = spec.securityContext?.appArmorProfile?.type;
  const values = [
    ...(isBad(own) ? [own] : []),
    ...containers.map((each) => each.securityContext?.appArmorProfile?.type),
  ];
  const prefix = 'container.apparmor.security.beta.kubernetes.io/';
  const notes = Object.entries(annotations).filter(
    ([key, value]) => key.startsWith(prefix) && !/^(?:runtime\/default|localhost\/.*|)$/.test(value),
  );
  const all = distinct([...values.map((value) => value ?? ''), ...notes.map(([, value]) => value)]);
  if (all.length === 0) return undefined;
  const listed = notes.map(([key, value]) => `${key}="${value}"`).join(', ');
  const noted =
    notes.length > 0
      ? [`${plural('annotation', listed === '' ? [] : notes.map(([key]) => key))} ${listed}`]
      : [];
  const who = [setters(isBad(own), containers), ...noted].filter((part) => part !== '').join(' and ');
  const reason = plural('forbidden AppArmor profile', all);
  return { reason, detail: `${who} must not set AppArmor profile type to ${quoted(all)}` };
};

export const baselineCapabilities: Rule = (spec) => {
  const added = (container: Container): string[] =>
    (container.securityContext?.capabilities?.add ?? []).filter((each) => !CAPABILITIES.includes(each));
  const bad = containersOf(spec).filter((container) => added(container).length > 0);
  if (bad.length === 0) return undefined;
  const all = quoted(distinct(bad.flatMap(added)));
  const detail = `${counted('container', namesOf(bad))} must not include ${all} in securityContext.capabilities.add`;
  return { reason: 'non-default capabilities', detail };
};

const hostNamespaces: Rule = ({ hostNetwork, hostPID, hostIPC }) => {
  const used = [
    ...(hostNetwork ? ['hostNetwork=true'] : []),
    ...(hostPID ? ['hostPID=true'] : []),
    ...(hostIPC ? ['hostIPC=true'] : []),
  ];
  return used.length === 0 ? undefined : { reason: 'host namespaces', detail: used.join(', ') };
};

export const hostPathVolumes: Rule = ({ volumes = [] }) => {
  const names = volumes.filter(({ hostPath }) => hostPath !== undefined).map(({ name }) => name);
  return names.length === 0 ? undefined : { reason: 'hostPath volumes', detail: counted('volume', names) };
};

const hostPorts: Rule = (spec) => {
  const portsOf = ({ ports = [] }: Container): string[] =>
    ports.flatMap(({ hostPort }) => (hostPort ? [String(hostPort)] : []));
  const bad = containersOf(spec).filter((container) => portsOf(container).length > 0);
  if (bad.length === 0) return undefined;
  const ports = distinct(bad.flatMap(portsOf));
  const uses = bad.length === 1 ? 'uses' : 'use';
  const detail = `${counted('container', namesOf(bad))} ${uses} ${plural('hostPort', ports)} ${ports.join(', ')}`;
  return { reason: 'hostPort', detail };
};

const privileged: Rule = (spec) => {
  const bad = containersOf(spec).filter(({ securityContext }) => securityContext?.privileged);
  if (bad.length === 0) return undefined;
  const detail = `${counted('container', namesOf(bad))} must not set securityContext.privileged=true`;
  return { reason: 'privileged', detail };
};

const procMount: Rule = (spec) => {
  const isBad = ({ securityContext }: Container): boolean =>
    (securityContext?.procMount ?? 'Default') !== 'Default';
  const bad = containersOf(spec).filter(isBad);
  if (bad.length === 0) return undefined;
  const values = quoted(distinct(bad.map(({ securityContext }) => securityContext?.procMount ?? '')));
  const detail = `${counted('container', namesOf(bad))} must not set securityContext.procMount to ${values}`;
  return { reason: 'procMount', detail };
};

const seLinux: Rule = (spec) => {
  const isBad = (options: SELinuxOptions | undefined): boolean =>
    options !== undefined &&
    (!SELINUX_TYPES.includes(options.type ?? '') || Boolean(options.user ?? options.role));
  const own = spec.securityContext?.seLinuxOptions;
  const containers = containersOf(spec).filter(({ securityContext }) =>
    isBad(securityContext?.seLinuxOptions),
  );
  if (!isBad(own) && containers.length === 0) return undefined;
  const options = [own, ...containers.map(({ securityContext }) => securityContext?.seLinuxOptions)];
  const types = distinct(
    options.flatMap((each) => (SELINUX_TYPES.includes(each?.type ?? '') ? [] : [each?.type ?? ''])),
  );
  const data = [
    ...(types.length > 0 ? [counted('type', types)] : []),
    ...(options.some((each) => each?.user) ? ['user may not be set'] : []),
    ...(options.some((each) => each?.role) ? ['role may not be set'] : []),
  ];
  const who = setters(isBad(own), containers);
  return {
    reason: 'seLinuxOptions',
    detail: `${who} set forbidden securityContext.seLinuxOptions: ${data.join('; ')}`,
  };
};

export const baselineSeccomp: Rule = (spec) => {
  const isBad = (type: string | undefined): boolean =>
    type !== undefined && type !== 'RuntimeDefault' && type !== 'Localhost';
  return seccompSet(spec, isBad);
};

/** Seccomp profiles that somebody sets and must not. */
export function seccompSet(
  spec: PodSpec,
  isBad: (type: string | undefined) => boolean,
): Violation | undefined {
  const own = spec.securityContext?.seccompProfile?.type;
  const bad = containersOf(spec).filter(({ securityContext }) =>
    isBad(securityContext?.seccompProfile?.type),
  );
  if (!isBad(own) && bad.length === 0) return undefined;
  const values = [
    ...(isBad(own) ? [own] : []),
    ...bad.map((each) => each.securityContext?.seccompProfile?.type),
  ];
  const to = quoted(distinct(values.map((value) => value ?? '')));
  const who = setters(isBad(own), bad);
  return {
    reason: 'seccompProfile',
    detail: `${who} must not set securityContext.seccompProfile.type to ${to}`,
  };
}

const sysctls: Rule = ({ securityContext }) => {
  const bad = (securityContext?.sysctls ?? [])
    .map(({ name }) => name)
    .filter((name) => !SYSCTLS.includes(name));
  return bad.length === 0 ? undefined : { reason: 'forbidden sysctls', detail: bad.join(', ') };
};

const hostProcess: Rule = (spec) => {
  const bad = containersOf(spec).filter(
    ({ securityContext }) => securityContext?.windowsOptions?.hostProcess,
  );
  const isPod = spec.securityContext?.windowsOptions?.hostProcess === true;
  if (!isPod && bad.length === 0) return undefined;
  const detail = `${setters(isPod, bad)} must not set securityContext.windowsOptions.hostProcess=true`;
  return { reason: 'hostProcess', detail };
};

/** In the order of their names there. */
export const BASELINE: readonly Rule[] = [
  appArmor,
  baselineCapabilities,
  hostNamespaces,
  hostPathVolumes,
  hostPorts,
  privileged,
  procMount,
  seLinux,
  baselineSeccomp,
  sysctls,
  hostProcess,
];
