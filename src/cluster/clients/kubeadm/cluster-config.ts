import type { Doing } from '../../contract/doing.ts';
import type { RefusalStatus } from '../../contract/response.ts';
import type { ConfigMap } from '../../objects/kubernetes.ts';
import { inVersion, type KubeVersion, parseKubeVersion, type Since } from '../../objects/versions.ts';
import { servingProblem } from '../../world/serving-certificate.ts';
import type { Call } from '../program.ts';

/** What kubeadm says of where it reads how the cluster was set up (kubeadm: util/config/cluster.go). */
const READING: Since<(prefix: string) => readonly string[]> = [
  [
    0,
    (prefix) => [
      `[${prefix}] Reading configuration from the cluster...`,
      `[${prefix}] FYI: You can look at this config file with 'kubectl -n kube-system get cm kubeadm-config -o yaml'`,
    ],
  ],
  [
    32,
    (prefix) => [
      `[${prefix}] Reading configuration from the "kubeadm-config" ConfigMap in namespace "kube-system"...`,
      `[${prefix}] Use 'kubeadm init phase upload-config --config your-config-file' to re-upload it.`,
    ],
  ],
  [
    34,
    (prefix) => [
      `[${prefix}] Reading configuration from the "kubeadm-config" ConfigMap in namespace "kube-system"...`,
      `[${prefix}] Use 'kubeadm init phase upload-config kubeadm --config your-config-file' to re-upload it.`,
    ],
  ],
];

export function readingLines(prefix: string, version: KubeVersion): readonly string[] {
  return inVersion(READING, version)(prefix);
}

export type ClusterConfig =
  | { readonly version: KubeVersion; readonly text: string }
  | { readonly problem: string; readonly isUnreachable: boolean };

const ASKED =
  'Get "https://127.0.0.1:6443/api/v1/namespaces/kube-system/configmaps/kubeadm-config?timeout=10s"';

/** How the cluster was set up, and which version it was last brought to. */
export function* readClusterConfig(call: Call): Doing<ClusterConfig> {
  const name = 'kubeadm-config';
  const { view, now } = call;
  const untrusted = servingProblem(view.rows, view.settings, now);
  if (untrusted !== undefined) return { problem: `${ASKED}: ${untrusted}`, isUnreachable: true };
  const got = yield { verb: 'get', resource: 'configmaps', namespace: 'kube-system', name };
  if (!got.ok) return { problem: problemText(got.status), isUnreachable: got.status.code === 0 };
  const text = (got.object as ConfigMap | undefined)?.data?.['ClusterConfiguration'] ?? '';
  const version = parseKubeVersion(/^kubernetesVersion: *(\S+)/m.exec(text)?.[1] ?? '');
  return { version: version ?? call.view.settings.version, text };
}

/** What went wrong with a request, as client-go says it. */
export function problemText({ code, message, details }: RefusalStatus): string {
  if (code !== 0) return message;
  const host = details?.name ?? '127.0.0.1:6443';
  return `${ASKED.replace('127.0.0.1:6443', host.replace(/^https:\/\//, ''))}: ${message}`;
}
