const CONTAINER = {
  name: 'main',
  image: 'nginx',
  ports: [{ containerPort: 80, name: 'http', protocol: 'TCP' }],
  env: [
    { name: 'A', value: 'b' },
    { name: 'N', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
  ],
  resources: { requests: { cpu: '100m' }, limits: { memory: '64Mi' } },
  readinessProbe: { httpGet: { path: '/', port: 'http' }, periodSeconds: 5 },
  volumeMounts: [{ name: 'v', mountPath: '/v' }],
};
const POD_SPEC = {
  containers: [CONTAINER],
  initContainers: [{ name: 'init', image: 'busybox', command: ['true'] }],
  volumes: [{ name: 'v', emptyDir: {} }],
  affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'a/b' }] } },
  tolerations: [{ key: 'a', operator: 'Exists' }],
  topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'x', whenUnsatisfiable: 'DoNotSchedule' }],
};
const LABELLED = { metadata: { labels: { app: 'web' } }, spec: POD_SPEC };
const SELECTOR = { matchLabels: { app: 'web' }, matchExpressions: [{ key: 'x', operator: 'DoesNotExist' }] };
/** Objects that would be granted, by where they are sent. */
export const GOOD: Readonly<Record<string, object>> = {
  '/api/v1/namespaces/default/pods': { metadata: { name: 'web', labels: { a: 'b' } }, spec: POD_SPEC },
  '/apis/apps/v1/namespaces/default/deployments': {
    metadata: { name: 'web' },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: 'web' } },
      template: LABELLED,
      strategy: { type: 'Recreate' },
    },
  },
  '/apis/apps/v1/namespaces/default/statefulsets': {
    metadata: { name: 'db' },
    spec: {
      serviceName: 'db',
      selector: { matchLabels: { app: 'web' } },
      template: LABELLED,
      volumeClaimTemplates: [
        {
          metadata: { name: 'v' },
          spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
        },
      ],
    },
  },
  '/api/v1/namespaces/default/services': {
    metadata: { name: 'web' },
    spec: {
      type: 'NodePort',
      selector: { app: 'web' },
      ports: [{ name: 'a', port: 80, targetPort: 'http' }],
    },
  },
  '/apis/networking.k8s.io/v1/namespaces/default/ingresses': {
    metadata: { name: 'web' },
    spec: {
      rules: [
        {
          host: 'a.b',
          http: {
            paths: [
              { path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { number: 80 } } } },
            ],
          },
        },
      ],
    },
  },
  '/apis/networking.k8s.io/v1/namespaces/default/networkpolicies': {
    metadata: { name: 'np' },
    spec: {
      podSelector: SELECTOR,
      ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } }] }],
    },
  },
  '/apis/batch/v1/namespaces/default/cronjobs': {
    metadata: { name: 'cj' },
    spec: {
      schedule: '*/5 * * * *',
      jobTemplate: { spec: { template: { spec: { ...POD_SPEC, restartPolicy: 'Never' } } } },
    },
  },
  '/apis/policy/v1/namespaces/default/poddisruptionbudgets': {
    metadata: { name: 'pdb' },
    spec: { minAvailable: '50%', selector: SELECTOR },
  },
  '/apis/autoscaling/v2/namespaces/default/horizontalpodautoscalers': {
    metadata: { name: 'hpa' },
    spec: {
      maxReplicas: 3,
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
      metrics: [
        {
          type: 'Resource',
          resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 5 } },
        },
      ],
    },
  },
  '/apis/rbac.authorization.k8s.io/v1/clusterroles': {
    metadata: { name: 'r' },
    rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }],
  },
  '/apis/apiextensions.k8s.io/v1/customresourcedefinitions': {
    metadata: { name: 'widgets.example.com' },
    spec: {
      group: 'example.com',
      scope: 'Namespaced',
      names: { plural: 'widgets', kind: 'Widget' },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          schema: { openAPIV3Schema: { type: 'object', properties: { spec: { type: 'object' } } } },
        },
      ],
    },
  },
  '/apis/storage.k8s.io/v1/storageclasses': { metadata: { name: 'fast' }, provisioner: 'a.b/c' },
  '/api/v1/namespaces/default/persistentvolumeclaims': {
    metadata: { name: 'c' },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
  },
  '/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies': {
    metadata: { name: 'p' },
    spec: {
      matchConstraints: {
        resourceRules: [
          { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] },
        ],
      },
      validations: [{ expression: 'object.spec.x == 1' }],
    },
  },
};
