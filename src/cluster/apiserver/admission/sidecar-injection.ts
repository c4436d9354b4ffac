import { hasAddon } from '../../contract/settings.ts';
import type { Container, Namespace, Pod } from '../../objects/kubernetes.ts';
import { storageKey } from '../../objects/storage-key.ts';
import type { AdmissionPlugin } from './admission-plugin.ts';

/**
 * Istio's webhook, which gives pods a proxy of their own where their namespace asks for it (istio:
 * pkg/kube/inject). What sends their packets there, its init container, is not among them.
 */
export const sidecarInjection: AdmissionPlugin = {
  name: 'MutatingAdmissionWebhook',
  resources: ['pods'],
  onCreate(draft, { settings, store, namespace }) {
    if (!hasAddon(settings, 'istio') || namespace === undefined) return undefined;
    const pod = draft as Pod;
    const key = storageKey({ resource: 'namespaces', name: namespace });
    const labels = store.read<Namespace>(key)?.metadata.labels ?? {};
    const own = pod.metadata.labels?.['sidecar.istio.io/inject'];
    const isWanted = own === undefined ? labels['istio-injection'] === 'enabled' : own === 'true';
    if (!isWanted || pod.spec.hostNetwork) return undefined;
    const { containers } = pod.spec;
    if (containers.some(({ name }) => name === PROXY.name)) return undefined;
    pod.spec.containers = [...containers, { ...PROXY }];
    const name = pod.metadata.labels?.['app.kubernetes.io/name'] ?? pod.metadata.labels?.['app'];
    pod.metadata.labels = {
      ...pod.metadata.labels,
      'security.istio.io/tlsMode': 'istio',
      ...(name !== undefined && { 'service.istio.io/canonical-name': name }),
      'service.istio.io/canonical-revision': pod.metadata.labels?.['version'] ?? 'latest',
    };
    pod.metadata.annotations = {
      ...pod.metadata.annotations,
      'sidecar.istio.io/status': '{"containers":["istio-proxy"],"revision":"default"}',
    };
    return undefined;
  },
};

const PROXY: Container = {
  name: 'istio-proxy',
  image: 'docker.io/istio/proxyv2:1.26.2',
  args: ['proxy', 'sidecar', '--domain', '$(POD_NAMESPACE).svc.cluster.local', '--proxyLogLevel=warning'],
  imagePullPolicy: 'IfNotPresent',
  ports: [{ containerPort: 15_090, name: 'http-envoy-prom', protocol: 'TCP' }],
  resources: { limits: { cpu: '2', memory: '1Gi' }, requests: { cpu: '100m', memory: '128Mi' } },
  terminationMessagePath: '/dev/termination-log',
  terminationMessagePolicy: 'File',
};
