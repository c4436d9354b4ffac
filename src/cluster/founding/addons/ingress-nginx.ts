import type { KubeObject } from '../../objects/kube-object.ts';
import { type AddonNames, binding, role, ruleOf } from './addon-access.ts';

const VERSION = '1.15.1';
const NAMESPACE = 'ingress-nginx';
const CONTROLLER = 'ingress-nginx-controller';
const NAMES: AddonNames = { name: 'ingress-nginx', namespace: NAMESPACE };
const SELECTOR = {
  'app.kubernetes.io/component': 'controller',
  'app.kubernetes.io/instance': 'ingress-nginx',
  'app.kubernetes.io/name': 'ingress-nginx',
};
const LABELS = {
  ...SELECTOR,
  'app.kubernetes.io/part-of': 'ingress-nginx',
  'app.kubernetes.io/version': VERSION,
};

/**
 * ingress-nginx as its own manifest for clouds has it (deploy/static/provider/cloud/deploy.yaml), in the
 * order in which it is applied; as in that for kind, it serves Ingresses that name no class as well. Its
 * webhook's certificate is there already.
 */
export function ingressNginxObjects({
  hasBalancers,
}: {
  readonly hasBalancers: boolean;
}): readonly KubeObject[] {
  return [
    {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name: NAMESPACE,
        labels: { 'app.kubernetes.io/instance': NAMESPACE, 'app.kubernetes.io/name': NAMESPACE },
      },
    },
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { ...NAMES, labels: LABELS } },
    role(NAMES, [
      ruleOf('', ['configmaps', 'endpoints', 'nodes', 'pods', 'secrets', 'namespaces'], ['list', 'watch']),
      ruleOf('', ['services'], ['get', 'list', 'watch']),
      ruleOf('networking.k8s.io', ['ingresses', 'ingressclasses'], ['get', 'list', 'watch']),
      ruleOf('networking.k8s.io', ['ingresses/status'], ['update']),
      ruleOf('', ['events'], ['create', 'patch']),
      ruleOf('coordination.k8s.io', ['leases'], ['list', 'watch', 'get', 'update', 'create']),
      ruleOf('discovery.k8s.io', ['endpointslices'], ['list', 'watch', 'get']),
    ]),
    binding(NAMES),
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: CONTROLLER, namespace: NAMESPACE, labels: LABELS },
    },
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'ingress-nginx-admission', namespace: NAMESPACE },
      type: 'Opaque',
      data: { ca: 'Y2E=', cert: 'Y2VydA==', key: 'a2V5' },
    },
    controllerService(hasBalancers),
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: `${CONTROLLER}-admission`, namespace: NAMESPACE, labels: LABELS },
      spec: {
        type: 'ClusterIP',
        ports: [{ appProtocol: 'https', name: 'https-webhook', port: 443, targetPort: 'webhook' }],
        selector: SELECTOR,
      },
    },
    deployment(),
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'IngressClass',
      metadata: { name: 'nginx', labels: LABELS },
      spec: { controller: 'k8s.io/ingress-nginx' },
    },
  ] as unknown as readonly KubeObject[];
}

/** Where nobody runs load balancers it has a port of the nodes (deploy/static/provider/baremetal). */
function controllerService(hasBalancers: boolean): object {
  const port = (name: string, number: number) => ({
    appProtocol: name,
    name,
    port: number,
    protocol: 'TCP',
    targetPort: name,
  });
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: CONTROLLER, namespace: NAMESPACE, labels: LABELS },
    spec: {
      ...(hasBalancers ? { type: 'LoadBalancer', externalTrafficPolicy: 'Local' } : { type: 'NodePort' }),
      ports: [port('http', 80), port('https', 443)],
      selector: SELECTOR,
    },
  };
}

function deployment(): object {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: CONTROLLER, namespace: NAMESPACE, labels: LABELS },
    spec: {
      minReadySeconds: 0,
      revisionHistoryLimit: 10,
      selector: { matchLabels: SELECTOR },
      strategy: { rollingUpdate: { maxUnavailable: 1 }, type: 'RollingUpdate' },
      template: {
        metadata: { labels: LABELS },
        spec: {
          automountServiceAccountToken: true,
          containers: [container()],
          dnsPolicy: 'ClusterFirst',
          nodeSelector: { 'kubernetes.io/os': 'linux' },
          serviceAccountName: 'ingress-nginx',
          terminationGracePeriodSeconds: 300,
          volumes: [{ name: 'webhook-cert', secret: { secretName: 'ingress-nginx-admission' } }],
        },
      },
    },
  };
}

function container(): object {
  const httpGet = { path: '/healthz', port: 10_254, scheme: 'HTTP' };
  const probe = {
    httpGet,
    initialDelaySeconds: 10,
    periodSeconds: 10,
    successThreshold: 1,
    timeoutSeconds: 1,
  };
  const field = (name: string, fieldPath: string) => ({ name, valueFrom: { fieldRef: { fieldPath } } });
  return {
    name: 'controller',
    image: `registry.k8s.io/ingress-nginx/controller:v${VERSION}`,
    imagePullPolicy: 'IfNotPresent',
    args: [
      '/nginx-ingress-controller',
      `--publish-service=$(POD_NAMESPACE)/${CONTROLLER}`,
      '--election-id=ingress-nginx-leader',
      '--controller-class=k8s.io/ingress-nginx',
      '--ingress-class=nginx',
      `--configmap=$(POD_NAMESPACE)/${CONTROLLER}`,
      '--watch-ingress-without-class=true',
      '--validating-webhook=:8443',
      '--validating-webhook-certificate=/usr/local/certificates/cert',
      '--validating-webhook-key=/usr/local/certificates/key',
    ],
    env: [field('POD_NAME', 'metadata.name'), field('POD_NAMESPACE', 'metadata.namespace')],
    lifecycle: { preStop: { exec: { command: ['/wait-shutdown'] } } },
    livenessProbe: { ...probe, failureThreshold: 5 },
    readinessProbe: { ...probe, failureThreshold: 3 },
    ports: [
      { containerPort: 80, name: 'http', protocol: 'TCP' },
      { containerPort: 443, name: 'https', protocol: 'TCP' },
      { containerPort: 8443, name: 'webhook', protocol: 'TCP' },
    ],
    resources: { requests: { cpu: '100m', memory: '90Mi' } },
    volumeMounts: [{ mountPath: '/usr/local/certificates/', name: 'webhook-cert', readOnly: true }],
  };
}
