import type { Doing } from '../../contract/doing.ts';
import { findCondition } from '../../objects/conditions.ts';
import type { Node } from '../../objects/kubernetes.ts';
import { type KubeVersion, parseKubeVersion } from '../../objects/versions.ts';
import { serverVersion } from '../../world/installs.ts';
import type { Call } from '../program.ts';
import { problemText, readClusterConfig } from './cluster-config.ts';

export interface NodeState {
  readonly name: string;
  readonly kubelet: KubeVersion;
  readonly isPlane: boolean;
  readonly isReady: boolean;
}

export interface ClusterState {
  /** Of the API server that answers. */
  readonly server: KubeVersion;
  readonly nodes: readonly NodeState[];
}

/** What kubeadm finds out about a cluster before it changes anything; a text says why it could not. */
export function* clusterState(call: Call): Doing<ClusterState | string> {
  const config = yield* readClusterConfig(call);
  if ('problem' in config && config.isUnreachable) return `failed to get config map: ${config.problem}`;
  const listed = yield { verb: 'list', resource: 'nodes' };
  if (!listed.ok) return problemText(listed.status);
  const { rows, settings } = call.view;
  const nodes = (listed.items ?? []).map((item): NodeState => {
    const { metadata, status } = item as Node;
    const labels = metadata.labels ?? {};
    return {
      name: metadata.name ?? '',
      kubelet: parseKubeVersion(status?.nodeInfo?.kubeletVersion ?? '') ?? settings.version,
      isPlane: PLANE_LABELS.some((label) => labels[label] !== undefined),
      isReady: findCondition(status?.conditions, 'Ready')?.status === 'True',
    };
  });
  return { server: serverVersion(rows, settings), nodes };
}

const PLANE_LABELS = ['node-role.kubernetes.io/control-plane', 'node-role.kubernetes.io/master'];

/** What keeps a control plane from being upgraded (kubeadm: phases/upgrade/health.go). */
export function unhealthy({ nodes }: ClusterState): string | undefined {
  const lost = nodes.filter(({ isPlane, isReady }) => isPlane && !isReady).map(({ name }) => name);
  if (lost.length === 0) return undefined;
  return fatal([
    `[ERROR ControlPlaneNodesReady]: there are NotReady control-planes in the cluster: [${lost.join(' ')}]`,
  ]);
}

/** kubeadm: preflight/checks.go, RunChecks. */
export function fatal(errors: readonly string[]): string {
  const list = errors.map((error) => `\t${error}\n`).join('');
  const hint =
    '[preflight] If you know what you are doing, you can make a check non-fatal with `--ignore-preflight-errors=...`';
  return `[preflight] Some fatal errors occurred:\n${list}${hint}`;
}
