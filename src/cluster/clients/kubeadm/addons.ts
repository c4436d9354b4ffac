import type { Doing } from '../../contract/doing.ts';
import { kubeadmConfig, kubeletConfig } from '../../kubeadm/cluster-config.ts';
import { corednsImage, kubernetesImage } from '../../kubeadm/images.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type { ConfigMap, DaemonSet, Deployment } from '../../objects/kubernetes.ts';
import { formatKubeVersion } from '../../objects/versions.ts';
import { readClusterConfig } from './cluster-config.ts';
import type { Phase } from './run-phases.ts';
import { targetOf } from './target-of.ts';

const NAMESPACE = 'kube-system';

/** What the cluster is, as it is written down in the cluster itself. */
export const storeConfig: Phase = function* (run) {
  const { call, say } = run;
  const target = targetOf(run);
  say(
    `[upload-config] Storing the configuration used in ConfigMap "kubeadm-config" in the "${NAMESPACE}" Namespace`,
  );
  const known = yield* readClusterConfig(call);
  const text =
    'text' in known
      ? known.text.replace(/^kubernetesVersion:.*$/m, `kubernetesVersion: ${formatKubeVersion(target)}`)
      : '';
  const config = kubeadmConfig(target);
  yield* put(text === '' ? config : { ...config, data: { ClusterConfiguration: text } });
  const kubelet = kubeletConfig(target);
  const { name } = kubelet.metadata;
  say(
    `[kubelet] Creating a ConfigMap "${name}" in namespace ${NAMESPACE} with the configuration for the kubelets in the cluster`,
  );
  yield* put(kubelet);
  return 'done';
};

function* put(map: ConfigMap): Doing<void> {
  const { name = '' } = map.metadata;
  const place = { resource: 'configmaps', namespace: NAMESPACE } as const;
  const got = yield { verb: 'get', ...place, name };
  if (got.ok) yield { verb: 'patch', ...place, name, patchType: 'merge', patch: { data: map.data } };
  else if (got.status.code === 404) yield { verb: 'create', ...place, object: map as KubeObject };
}

/** kube-proxy and CoreDNS are brought to the images of the version (kubeadm: phases/addons). */
export const applyAddons: Phase = function* (run) {
  const { say } = run;
  const target = targetOf(run);
  for (const line of RBAC_LINES) say(line);
  const isDns = yield* setImage('deployments.apps', 'coredns', corednsImage(target));
  if (isDns) say('[addons] Applied essential addon: CoreDNS');
  const isProxy = yield* setImage('daemonsets.apps', 'kube-proxy', kubernetesImage('kube-proxy', target));
  if (isProxy) say('[addons] Applied essential addon: kube-proxy');
  return 'done';
};

const RBAC_LINES = [
  '[bootstrap-token] Configured RBAC rules to allow Node Bootstrap tokens to get nodes',
  '[bootstrap-token] Configured RBAC rules to allow Node Bootstrap tokens to post CSRs in order for nodes to get long term certificate credentials',
  '[bootstrap-token] Configured RBAC rules to allow the csrapprover controller automatically approve CSRs from a Node Bootstrap Token',
  '[bootstrap-token] Configured RBAC rules to allow certificate rotation for all node client certificates in the cluster',
];

function* setImage(resource: string, name: string, image: string): Doing<boolean> {
  const place = { resource, namespace: NAMESPACE, name } as const;
  const got = yield { verb: 'get', ...place };
  if (!got.ok) return false;
  const { spec } = got.object as DaemonSet | Deployment;
  const containers = spec?.template.spec?.containers.map((container) =>
    container.name === name ? { ...container, image } : container,
  );
  const patch = { spec: { template: { spec: { containers } } } };
  yield { verb: 'patch', ...place, patchType: 'merge', patch };
  return true;
}
