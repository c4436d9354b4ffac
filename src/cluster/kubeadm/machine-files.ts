import type { Millis } from '../../kernel/time/millis.ts';
import { manifestPath } from '../contract/control-plane-paths.ts';
import { PROGRAMS } from '../contract/control-plane-rows.ts';
import type { KubeVersion } from '../objects/versions.ts';
import { pauseImage } from './images.ts';
import { kubeletConfText } from './kubeconfig.ts';
import {
  authorityCertificate,
  authorityFiles,
  issue,
  managedIn,
  type PkiPlace,
  type PlacedFile,
} from './pki.ts';
import type { PlaneMachine } from './plane-machine.ts';
import { staticPodManifest } from './static-manifests.ts';

/** What kubeadm leaves on any machine that belongs to the cluster. */
export function workerFiles(place: PkiPlace): readonly PlacedFile[] {
  const ca = authorityCertificate('ca', place);
  const { node, server, version } = place;
  return [
    { path: '/etc/kubernetes/kubelet.conf', content: kubeletConfText(node, server, ca), mode: 0o600 },
    { path: '/etc/kubernetes/pki/ca.crt', content: ca, mode: 0o644 },
    ...kubeletFiles(version),
  ];
}

/** How a kubelet of a version is set up: as the ConfigMap `kubelet-config` has it. */
export function kubeletFiles(version: KubeVersion): readonly PlacedFile[] {
  const socket = 'unix:///var/run/containerd/containerd.sock';
  const flags =
    version.minor >= 35
      ? `--container-runtime-endpoint=${socket}`
      : `--container-runtime-endpoint=${socket} --pod-infra-container-image=${pauseImage(version)}`;
  return [
    { path: '/var/lib/kubelet/config.yaml', content: KUBELET_CONFIG, mode: 0o644 },
    { path: '/var/lib/kubelet/kubeadm-flags.env', content: `KUBELET_KUBEADM_ARGS="${flags}"\n`, mode: 0o644 },
  ];
}

/** What it leaves besides on a machine of the control plane: authorities, certificates, kubeconfig files. */
export function credentialFiles(place: PkiPlace, signedAt: Millis): readonly PlacedFile[] {
  const issued = managedIn(place.version).flatMap((managed) => issue(managed, place, signedAt));
  return [...authorityFiles(place), ...issued];
}

/** The manifests of the control plane's programs on a machine. */
export function manifestFiles(machine: PlaneMachine): readonly PlacedFile[] {
  return PROGRAMS.map((program) => ({
    path: manifestPath(program),
    content: staticPodManifest(program, machine),
    mode: 0o600,
  }));
}

export const KUBELET_CONFIG = `apiVersion: kubelet.config.k8s.io/v1beta1
authentication:
  anonymous:
    enabled: false
  webhook:
    cacheTTL: 0s
    enabled: true
  x509:
    clientCAFile: /etc/kubernetes/pki/ca.crt
authorization:
  mode: Webhook
  webhook:
    cacheAuthorizedTTL: 0s
    cacheUnauthorizedTTL: 0s
cgroupDriver: systemd
clusterDNS:
- 10.96.0.10
clusterDomain: cluster.local
cpuManagerReconcilePeriod: 0s
evictionPressureTransitionPeriod: 0s
fileCheckFrequency: 0s
healthzBindAddress: 127.0.0.1
healthzPort: 10248
httpCheckFrequency: 0s
imageMinimumGCAge: 0s
kind: KubeletConfiguration
logging:
  flushFrequency: 0
  options:
    json:
      infoBufferSize: "0"
  verbosity: 0
memorySwap: {}
nodeStatusReportFrequency: 0s
nodeStatusUpdateFrequency: 0s
rotateCertificates: true
runtimeRequestTimeout: 0s
shutdownGracePeriod: 0s
shutdownGracePeriodCriticalPods: 0s
staticPodPath: /etc/kubernetes/manifests
streamingConnectionIdleTimeout: 0s
syncFrequency: 0s
volumeStatsAggPeriod: 0s
`;
