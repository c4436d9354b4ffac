import type { InstallRow, ServiceState } from '../contract/install-row.ts';
import type { RowReader } from '../contract/reader.ts';
import { type ClusterSettings, hasOwnControlPlane } from '../contract/settings.ts';
import { firstVersion, settingsIn } from '../contract/settings-in.ts';
import { formatKubeVersion, type KubeVersion, parseKubeVersion } from '../objects/versions.ts';
import { programsOf } from './control-plane.ts';

/** The packages by which kubeadm's machines are kept up to date. */
export const KUBE_PACKAGES = ['kubeadm', 'kubectl', 'kubelet'] as const;
export type KubePackage = (typeof KUBE_PACKAGES)[number];

/** The version of one of Kubernetes' own packages on a machine. */
export function packageVersion(
  rows: RowReader,
  settings: ClusterSettings,
  { node, name }: { readonly node: string; readonly name: KubePackage },
): KubeVersion {
  const text = rows.row('installs', node)?.packages[name];
  return (text === undefined ? undefined : parseKubeVersion(text)) ?? firstVersion(settings);
}

/** The version of the kubelet that runs on a machine, or ran last. */
export function kubeletVersion(rows: RowReader, settings: ClusterSettings, node: string): KubeVersion {
  return installedKubelet(rows, node) ?? firstVersion(settings);
}

/** The same where it is of a package; absent where no package was ever installed. */
export function installedKubelet(rows: RowReader, node: string): KubeVersion | undefined {
  const text = rows.row('installs', node)?.kubelet;
  return text === undefined ? undefined : parseKubeVersion(text);
}

/**
 * The version of the API server that answers: that of its image. Where the control plane is run elsewhere,
 * and while none runs, the cluster's.
 */
export function serverVersion(rows: RowReader, settings: ClusterSettings): KubeVersion {
  const first = firstVersion(settings);
  return hasOwnControlPlane(settings) ? (programsOf(rows, 'kube-apiserver')[0]?.version ?? first) : first;
}

/** The settings as the API server that answers reads them. */
export function serverSettings(rows: RowReader, settings: ClusterSettings): ClusterSettings {
  return settingsIn(settings, serverVersion(rows, settings));
}

/** `1.36.1`, as packages have it. */
export function bareVersion(version: KubeVersion): string {
  return formatKubeVersion(version).slice(1);
}

/** How a service other than the kubelet stands; absent: it has run since the machine booted. */
export function serviceState(
  rows: RowReader,
  { node, service }: { readonly node: string; readonly service: string },
): ServiceState | undefined {
  return installOf(rows, node)?.services[service];
}

export function installOf(rows: RowReader, node: string): InstallRow | undefined {
  return rows.row('installs', node);
}

/** Whether the container runtime of a machine answers its kubelet. */
export function runtimeRuns(rows: RowReader, node: string): boolean {
  return serviceState(rows, { node, service: 'containerd' })?.runs !== false;
}
