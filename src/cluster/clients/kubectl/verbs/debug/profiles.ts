import type { Container, Pod, SecurityContext } from '../../../../objects/kubernetes.ts';
import type { Invocation } from '../../invocation.ts';
import { type DebugCall, PROFILES, type Profile } from './debug-call.ts';

export function isProfile(word: string): word is Profile {
  return (PROFILES as readonly string[]).includes(word);
}

interface Prepared {
  readonly style: 'ephemeral' | 'copy' | 'node';
  readonly pod: Pod;
  /** The one that debugs. */
  readonly container: string;
}

/** What a profile gives to the container that debugs, and to its pod (kubectl: profiles.go). */
export function withProfile(
  { style, pod, container }: Prepared,
  invocation: Invocation,
  { profile }: DebugCall,
): Pod {
  const kept = style === 'copy' ? copied(pod, invocation, profile) : pod;
  const containers = kept.spec.containers.map((each) =>
    each.name === container ? secured(each, profile, style) : each,
  );
  const changed = { ...kept, spec: { ...kept.spec, containers } };
  if (style !== 'node') return changed;
  const mountsRoot = profile === 'legacy' || profile === 'general' || profile === 'sysadmin';
  const isOnHost = mountsRoot || profile === 'netadmin';
  const mounted = mountsRoot ? withRootMounted(changed, container) : changed;
  return isOnHost
    ? { ...mounted, spec: { ...mounted.spec, hostNetwork: true, hostPID: true, hostIPC: true } }
    : mounted;
}

function secured(container: Container, profile: Profile, style: Prepared['style']): Container {
  const { securityContext, ...plain } = container;
  const added = (capability: string): SecurityContext => ({
    ...securityContext,
    capabilities: { ...securityContext?.capabilities, add: [capability] },
  });
  switch (profile) {
    case 'legacy':
      return container;
    case 'general':
      return style === 'node' ? plain : { ...plain, securityContext: added('SYS_PTRACE') };
    case 'baseline':
      return plain;
    case 'restricted':
      return {
        ...plain,
        securityContext: {
          allowPrivilegeEscalation: false,
          capabilities: { drop: ['ALL'] },
          runAsNonRoot: true,
          seccompProfile: { type: 'RuntimeDefault' },
        },
      };
    case 'netadmin':
      return {
        ...plain,
        securityContext: { ...securityContext, capabilities: { add: ['NET_ADMIN', 'NET_RAW'] } },
      };
    case 'sysadmin':
      return { ...plain, securityContext: { ...securityContext, privileged: true } };
  }
}

/** What would make the copy take part in the life of the original is left out. */
function copied(pod: Pod, { flags }: Invocation, profile: Profile): Pod {
  const { labels, annotations, ...metadata } = pod.metadata;
  if (profile === 'legacy') return { ...pod, metadata: { ...metadata, ...(annotations && { annotations }) } };
  const { initContainers, ...spec } = pod.spec;
  const containers = spec.containers.map(({ livenessProbe, readinessProbe, startupProbe, ...container }) => ({
    ...container,
    ...(livenessProbe && flags.bool('keep-liveness') && { livenessProbe }),
    ...(readinessProbe && flags.bool('keep-readiness') && { readinessProbe }),
    ...(startupProbe && flags.bool('keep-startup') && { startupProbe }),
  }));
  return {
    ...pod,
    metadata: {
      ...metadata,
      ...(labels && flags.bool('keep-labels') && { labels }),
      ...(annotations && flags.bool('keep-annotations') && { annotations }),
    },
    spec: {
      ...spec,
      ...(initContainers && flags.bool('keep-init-containers') && { initContainers }),
      containers,
      shareProcessNamespace: spec.shareProcessNamespace ?? true,
    },
  };
}

function withRootMounted(pod: Pod, container: string): Pod {
  const volume = { name: 'host-root', hostPath: { path: '/' } };
  const mount = { name: 'host-root', mountPath: '/host' };
  const containers = pod.spec.containers.map((each) =>
    each.name === container ? { ...each, volumeMounts: [...(each.volumeMounts ?? []), mount] } : each,
  );
  return { ...pod, spec: { ...pod.spec, containers, volumes: [...(pod.spec.volumes ?? []), volume] } };
}
