import type { ClusterSettings } from '../contract/settings.ts';
import type { KubeObject } from '../objects/kube-object.ts';
import { inVersion, type KubeVersion, type Since } from '../objects/versions.ts';
import { kubeadmConfig, kubeletConfig } from './cluster-config.ts';
import { corednsImage, kubernetesImage } from './images.ts';

/**
 * What kubeadm puts into kube-system besides static pods: coredns and kube-proxy (kubeadm: phases/addons), in
 * the order in which it makes them.
 */
export function addonObjects({ version, nodes }: ClusterSettings, podCidr?: string): readonly KubeObject[] {
  const grows = nodes.some(({ controlPlane, spare }) => controlPlane && spare);
  const [plane] = nodes.filter(({ controlPlane }) => controlPlane);
  return [
    // More machines may only be added where clients do not depend on one of them.
    kubeadmConfig(version, grows ? { endpoint: `${plane?.name}:6443` } : {}),
    kubeletConfig(version),
    account('coredns'),
    role('system:coredns', [
      rule('', ['endpoints', 'services', 'pods', 'namespaces']),
      rule('discovery.k8s.io', ['endpointslices']),
    ]),
    binding('system:coredns', 'system:coredns', 'coredns'),
    configMap('coredns', {}, { Corefile: COREFILE }),
    corednsDeployment(version),
    DNS_SERVICE,
    account('kube-proxy'),
    binding('kubeadm:node-proxier', 'system:node-proxier', 'kube-proxy'),
    configMap('kube-proxy', { app: 'kube-proxy' }, proxyConfig(nodes[0]?.name ?? '', podCidr)),
    proxyDaemonSet(kubernetesImage('kube-proxy', version)),
  ] as unknown as readonly KubeObject[];
}

const NAMESPACE = 'kube-system';

/** What keeps ordinary pods off the machines of the control plane. */
const TAINTS: Since<readonly string[]> = [
  [0, ['node-role.kubernetes.io/master', 'node-role.kubernetes.io/control-plane']],
  [25, ['node-role.kubernetes.io/control-plane']],
];

const DNS_LABELS = { 'k8s-app': 'kube-dns' };
const PROXY_LABELS = { 'k8s-app': 'kube-proxy' };
const LINUX = { 'kubernetes.io/os': 'linux' };

function account(name: string): object {
  return { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace: NAMESPACE } };
}

function rule(group: string, resources: readonly string[]): object {
  return { apiGroups: [group], resources, verbs: ['list', 'watch'] };
}

function role(name: string, rules: readonly object[]): object {
  return { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name }, rules };
}

function binding(name: string, roleName: string, of: string): object {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: roleName },
    subjects: [{ kind: 'ServiceAccount', name: of, namespace: NAMESPACE }],
  };
}

function configMap(name: string, labels: Readonly<Record<string, string>>, data: object): object {
  const metadata = { name, namespace: NAMESPACE, ...(Object.keys(labels).length > 0 && { labels }) };
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata, data };
}

const COREFILE = `.:53 {
    errors
    health {
       lameduck 5s
    }
    ready
    kubernetes cluster.local in-addr.arpa ip6.arpa {
       pods insecure
       fallthrough in-addr.arpa ip6.arpa
       ttl 30
    }
    prometheus :9153
    forward . /etc/resolv.conf {
       max_concurrent 1000
    }
    cache 30 {
       disable success cluster.local
       disable denial cluster.local
    }
    loop
    reload
    loadbalance
}
`;

function corednsDeployment(version: KubeVersion): object {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'coredns', namespace: NAMESPACE, labels: DNS_LABELS },
    spec: {
      replicas: 2,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1 } },
      selector: { matchLabels: DNS_LABELS },
      template: {
        metadata: { labels: DNS_LABELS },
        spec: {
          priorityClassName: 'system-cluster-critical',
          serviceAccountName: 'coredns',
          affinity: { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [APART] } },
          tolerations: [
            { key: 'CriticalAddonsOnly', operator: 'Exists' },
            ...inVersion(TAINTS, version).map((key) => ({ key, effect: 'NoSchedule' })),
          ],
          nodeSelector: LINUX,
          containers: [
            {
              name: 'coredns',
              image: corednsImage(version),
              imagePullPolicy: 'IfNotPresent',
              resources: { limits: { memory: '170Mi' }, requests: { cpu: '100m', memory: '70Mi' } },
              args: ['-conf', '/etc/coredns/Corefile'],
              volumeMounts: [{ name: 'config-volume', mountPath: '/etc/coredns', readOnly: true }],
              ...DNS_HEALTH,
              securityContext: {
                allowPrivilegeEscalation: false,
                capabilities: { add: ['NET_BIND_SERVICE'], drop: ['ALL'] },
                readOnlyRootFilesystem: true,
              },
            },
          ],
          dnsPolicy: 'Default',
          volumes: [
            {
              name: 'config-volume',
              configMap: { name: 'coredns', items: [{ key: 'Corefile', path: 'Corefile' }] },
            },
          ],
        },
      },
    },
  };
}

function port(name: string, containerPort: number, protocol = 'TCP'): object {
  return { containerPort, name, protocol };
}

const DNS_HEALTH = {
  ports: [
    port('dns', 53, 'UDP'),
    port('dns-tcp', 53),
    port('metrics', 9153),
    port('liveness-probe', 8080),
    port('readiness-probe', 8181),
  ],
  livenessProbe: {
    httpGet: { path: '/health', port: 8080, scheme: 'HTTP' },
    initialDelaySeconds: 60,
    timeoutSeconds: 5,
    successThreshold: 1,
    failureThreshold: 5,
  },
  readinessProbe: { httpGet: { path: '/ready', port: 8181, scheme: 'HTTP' } },
};

/** Rather not on a machine with another of them. */
const APART = {
  weight: 100,
  podAffinityTerm: {
    labelSelector: { matchExpressions: [{ key: 'k8s-app', operator: 'In', values: ['kube-dns'] }] },
    topologyKey: 'kubernetes.io/hostname',
  },
};

const DNS_SERVICE = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: {
    name: 'kube-dns',
    namespace: NAMESPACE,
    labels: {
      ...DNS_LABELS,
      'kubernetes.io/cluster-service': 'true',
      'kubernetes.io/name': 'CoreDNS',
    },
    annotations: { 'prometheus.io/port': '9153', 'prometheus.io/scrape': 'true' },
  },
  spec: {
    clusterIP: '10.96.0.10',
    ports: [
      { name: 'dns', port: 53, protocol: 'UDP', targetPort: 53 },
      { name: 'dns-tcp', port: 53, protocol: 'TCP', targetPort: 53 },
      { name: 'metrics', port: 9153, protocol: 'TCP', targetPort: 9153 },
    ],
    selector: DNS_LABELS,
  },
};

function proxyConfig(node: string, podCidr = '10.88.0.0/16'): object {
  return {
    'config.conf': `apiVersion: kubeproxy.config.k8s.io/v1alpha1
bindAddress: 0.0.0.0
clientConnection:
  kubeconfig: /var/lib/kube-proxy/kubeconfig.conf
clusterCIDR: ${podCidr === '' ? '""' : podCidr}
kind: KubeProxyConfiguration
mode: ""
`,
    'kubeconfig.conf': `apiVersion: v1
kind: Config
clusters:
- cluster:
    certificate-authority: /var/run/secrets/kubernetes.io/serviceaccount/ca.crt
    server: https://${node}:6443
  name: default
contexts:
- context:
    cluster: default
    namespace: default
    user: default
  name: default
current-context: default
users:
- name: default
  user:
    tokenFile: /var/run/secrets/kubernetes.io/serviceaccount/token
`,
  };
}

function proxyDaemonSet(image: string): object {
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: 'kube-proxy', namespace: NAMESPACE, labels: PROXY_LABELS },
    spec: {
      selector: { matchLabels: PROXY_LABELS },
      updateStrategy: { type: 'RollingUpdate' },
      template: {
        metadata: { labels: PROXY_LABELS },
        spec: {
          priorityClassName: 'system-node-critical',
          containers: [
            {
              name: 'kube-proxy',
              image,
              imagePullPolicy: 'IfNotPresent',
              command: [
                '/usr/local/bin/kube-proxy',
                '--config=/var/lib/kube-proxy/config.conf',
                '--hostname-override=$(NODE_NAME)',
              ],
              securityContext: { privileged: true },
              volumeMounts: [
                { mountPath: '/var/lib/kube-proxy', name: 'kube-proxy' },
                { mountPath: '/run/xtables.lock', name: 'xtables-lock' },
                { mountPath: '/lib/modules', name: 'lib-modules', readOnly: true },
              ],
              env: [{ name: 'NODE_NAME', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } }],
            },
          ],
          hostNetwork: true,
          serviceAccountName: 'kube-proxy',
          volumes: [
            { name: 'kube-proxy', configMap: { name: 'kube-proxy' } },
            { name: 'xtables-lock', hostPath: { path: '/run/xtables.lock', type: 'FileOrCreate' } },
            { name: 'lib-modules', hostPath: { path: '/lib/modules' } },
          ],
          tolerations: [{ operator: 'Exists' }],
          nodeSelector: LINUX,
        },
      },
    },
  };
}
