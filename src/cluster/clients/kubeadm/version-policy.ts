import { formatKubeVersion, inVersion, type KubeVersion, type Since } from '../../objects/versions.ts';
import type { Call } from '../program.ts';
import { packageVersionOf } from './package-version.ts';

/** How many minor versions a kubelet may be older than its API server (the version skew policy). */
const KUBELET_SKEW: Since<number> = [
  [0, 1],
  [28, 3],
];

export interface Versions {
  readonly target: KubeVersion;
  readonly cluster: KubeVersion;
  readonly kubeadm: KubeVersion;
  readonly kubelets: readonly KubeVersion[];
}

export interface PolicyErrors {
  readonly mandatory: readonly string[];
  /** Those that `--force` passes over. */
  readonly skippable: readonly string[];
}

/** kubeadm: phases/upgrade/policy.go EnforceVersionPolicies. */
export function enforcePolicy({ target, cluster, kubeadm, kubelets }: Versions): PolicyErrors {
  const mandatory: string[] = [];
  const skippable: string[] = [];
  const wanted = formatKubeVersion(target);
  if (target.minor > cluster.minor + 1)
    mandatory.push(
      `Specified version to upgrade to "${wanted}" is too high; kubeadm can upgrade only 1 minor version at a time`,
    );
  if (target.minor < cluster.minor - 1)
    mandatory.push(
      `Specified version to downgrade to "${wanted}" is too low; kubeadm can downgrade only 1 minor version at a time`,
    );
  if (target.minor > kubeadm.minor)
    mandatory.push(
      `Specified version to upgrade to "${wanted}" is at least one minor release higher than the kubeadm minor release (${target.minor} > ${kubeadm.minor}). Such an upgrade is not supported`,
    );
  else if (isOlder(kubeadm, target))
    skippable.push(
      `Specified version to upgrade to "${wanted}" is higher than the kubeadm version "${formatKubeVersion(kubeadm)}". Upgrade kubeadm first using the tool you used to install kubeadm`,
    );
  if (kubeadm.minor > target.minor)
    skippable.push(
      `Kubeadm version ${formatKubeVersion(kubeadm)} can only be used to upgrade to Kubernetes version 1.${kubeadm.minor}`,
    );
  const most = inVersion(KUBELET_SKEW, kubeadm);
  const old = [
    ...new Set(kubelets.filter(({ minor }) => target.minor > minor + most).map(formatKubeVersion)),
  ].sort();
  if (old.length > 0)
    skippable.push(
      `There are kubelets in this cluster that are too old that have these versions [${old.join(' ')}]`,
    );
  return { mandatory, skippable };
}

/** A kubelet must not be newer than its control plane (kubeadm: preflight KubeletVersionCheck). */
export function kubeletTooNew(call: Call, plane: KubeVersion): string | undefined {
  const kubelet = packageVersionOf(call, 'kubelet');
  if (kubelet.minor <= plane.minor) return undefined;
  const [own, other] = [kubelet, plane].map((each) => formatKubeVersion(each).slice(1));
  return `[ERROR KubeletVersion]: the kubelet version is higher than the control plane version. This is not a supported version skew and may lead to a malfunctional cluster. Kubelet version: "${own}" Control plane version: "${other}"`;
}

export function isOlder(one: KubeVersion, other: KubeVersion): boolean {
  return one.minor < other.minor || (one.minor === other.minor && one.patch < other.patch);
}
