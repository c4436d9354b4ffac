import { describe, expect, test } from 'vitest';
import { withDefaults } from '../../../../src/cluster/objects/defaults/apply-defaults.ts';
import type { Pod, Service } from '../../../../src/cluster/objects/kubernetes.ts';
import type { KubeVersion } from '../../../../src/cluster/objects/versions.ts';

const V136: KubeVersion = { minor: 36, patch: 2 };
const V120: KubeVersion = { minor: 20, patch: 2 };

function pod(spec: object): Pod {
  const manifest = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec } as Pod;
  return withDefaults(manifest, V136);
}

function object(apiVersion: string, kind: string, rest: object, version = V136): Record<string, unknown> {
  return withDefaults({ apiVersion, kind, metadata: { name: 'x' }, ...rest }, version) as never;
}

describe('a pod', () => {
  test('with nothing but a container has all that Kubernetes fills in', () => {
    expect(pod({ containers: [{ name: 'c', image: 'nginx' }] })).toEqual({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'p' },
      spec: {
        containers: [
          {
            name: 'c',
            image: 'nginx',
            imagePullPolicy: 'Always',
            resources: {},
            terminationMessagePath: '/dev/termination-log',
            terminationMessagePolicy: 'File',
          },
        ],
        dnsPolicy: 'ClusterFirst',
        enableServiceLinks: true,
        restartPolicy: 'Always',
        schedulerName: 'default-scheduler',
        securityContext: {},
        terminationGracePeriodSeconds: 30,
      },
      status: {},
    });
  });

  test('keeps what it says, even zeros where they say something', () => {
    const { spec } = pod({
      containers: [{ name: 'c', image: 'i:1', imagePullPolicy: 'Never' }],
      terminationGracePeriodSeconds: 0,
      enableServiceLinks: false,
      hostNetwork: false,
      nodeSelector: {},
    });
    expect(spec).toMatchObject({ terminationGracePeriodSeconds: 0, enableServiceLinks: false });
    expect(spec.containers[0]?.imagePullPolicy).toBe('Never');
    expect(spec).not.toHaveProperty('hostNetwork');
    expect(spec).not.toHaveProperty('nodeSelector');
  });

  test('probes with the usual times, and by HTTP at the root', () => {
    const [container] = pod({
      containers: [
        {
          name: 'c',
          image: 'i:1',
          livenessProbe: { httpGet: { port: 8080 }, periodSeconds: 5, initialDelaySeconds: 0 },
          readinessProbe: { grpc: { port: 1 } },
          lifecycle: { preStop: { httpGet: { port: 'http' } } },
        },
      ],
    }).spec.containers;
    expect(container?.livenessProbe).toEqual({
      httpGet: { path: '/', port: 8080, scheme: 'HTTP' },
      timeoutSeconds: 1,
      periodSeconds: 5,
      successThreshold: 1,
      failureThreshold: 3,
    });
    expect(container?.readinessProbe).toMatchObject({ grpc: { port: 1, service: '' }, periodSeconds: 10 });
    expect(container?.lifecycle?.preStop?.httpGet).toEqual({ path: '/', port: 'http', scheme: 'HTTP' });
  });

  test('requests what it limits, in canonical amounts', () => {
    const [container] = pod({
      containers: [
        {
          name: 'c',
          image: 'i:1',
          resources: { limits: { cpu: '1000m', memory: '1024Mi' }, requests: { cpu: '0.1' } },
        },
      ],
    }).spec.containers;
    expect(container?.resources).toEqual({
      limits: { cpu: '1', memory: '1Gi' },
      requests: { cpu: '100m', memory: '1Gi' },
    });
  });

  test('that limits itself as a whole requests what its containers do, and otherwise its limit', () => {
    const { spec } = pod({
      containers: [{ name: 'c', image: 'i:1', resources: { requests: { cpu: '100m' } } }],
      resources: { limits: { cpu: '1', memory: '1Gi' } },
    });
    expect(spec.resources?.requests).toEqual({ cpu: '100m', memory: '1Gi' });
  });

  test('has files that all can read, and an empty folder where no source is given', () => {
    const { spec } = pod({
      containers: [{ name: 'c', image: 'i:1' }],
      volumes: [
        { name: 'none' },
        { name: 'secret', secret: { secretName: 's' } },
        { name: 'config', configMap: { name: 'c', defaultMode: 256 } },
        { name: 'host', hostPath: { path: '/x' } },
        {
          name: 'all',
          projected: {
            sources: [
              { serviceAccountToken: { path: 'token' } },
              { downwardAPI: { items: [{ path: 'n', fieldRef: { fieldPath: 'metadata.name' } }] } },
            ],
          },
        },
      ],
    });
    expect(spec.volumes).toEqual([
      { name: 'none', emptyDir: {} },
      { name: 'secret', secret: { secretName: 's', defaultMode: 0o644 } },
      { name: 'config', configMap: { name: 'c', defaultMode: 256 } },
      { name: 'host', hostPath: { path: '/x', type: '' } },
      {
        name: 'all',
        projected: {
          defaultMode: 0o644,
          sources: [
            { serviceAccountToken: { path: 'token', expirationSeconds: 3600 } },
            {
              downwardAPI: {
                items: [{ path: 'n', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.name' } }],
              },
            },
          ],
        },
      },
    ]);
  });

  test('on the host network has its ports there', () => {
    const ports = [{ containerPort: 80 }, { containerPort: 81, hostPort: 81, protocol: 'UDP' }];
    const { spec } = pod({ hostNetwork: true, containers: [{ name: 'c', image: 'i:1', ports }] });
    expect(spec.containers[0]?.ports).toEqual([
      { containerPort: 80, hostPort: 80, protocol: 'TCP' },
      { containerPort: 81, hostPort: 81, protocol: 'UDP' },
    ]);
  });

  test('bears its account under both names', () => {
    const { spec } = pod({ containers: [], serviceAccount: 'old' });
    expect(spec).toMatchObject({ serviceAccount: 'old', serviceAccountName: 'old' });
  });
});

describe('defaults', () => {
  test('leave the object that they are given alone, and change nothing a second time', () => {
    const manifest = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'p' },
      spec: { containers: [{ name: 'c', image: 'i', resources: { limits: { cpu: '0.5' } } }] },
    };
    const before = structuredClone(manifest);
    const once = withDefaults(manifest, V136);
    expect(manifest).toEqual(before);
    expect(withDefaults(once, V136)).toEqual(once);
  });

  test('of a template leave to the pods what is theirs', () => {
    const template = {
      spec: { hostNetwork: true, containers: [{ name: 'c', image: 'i', ports: [{ containerPort: 80 }] }] },
    };
    const deployment = object('apps/v1', 'Deployment', { spec: { template } });
    expect(deployment['spec']).toMatchObject({
      replicas: 1,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '25%', maxSurge: '25%' } },
      template: { metadata: {}, spec: { restartPolicy: 'Always' } },
    });
    expect(deployment).not.toHaveProperty('spec.template.spec.enableServiceLinks');
    expect(deployment).not.toHaveProperty('spec.template.spec.containers.0.ports.0.hostPort');
  });

  test('of a template showed in old versions that it has no time of creation', () => {
    const spec = { template: { spec: { containers: [] } } };
    expect(object('apps/v1', 'ReplicaSet', { spec }, V120)).toHaveProperty('spec.template.metadata', {
      creationTimestamp: null,
    });
    expect(object('apps/v1', 'ReplicaSet', { spec }, V136)).toHaveProperty('spec.template.metadata', {});
  });

  test('of a Secret turn what was written as text into data', () => {
    const secret = object('v1', 'Secret', {
      data: { a: 'eA==', b: 'eQ==' },
      stringData: { b: 'new', c: '한' },
    });
    expect(secret).toEqual({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'x' },
      type: 'Opaque',
      data: { a: 'eA==', b: 'bmV3', c: '7ZWc' },
    });
  });

  test('of a namespace label it with its name, since 1.21', () => {
    expect(object('v1', 'Namespace', {})).toMatchObject({
      metadata: { labels: { 'kubernetes.io/metadata.name': 'x' } },
      status: { phase: 'Active' },
    });
    expect(object('v1', 'Namespace', {}, V120)['metadata']).toEqual({ name: 'x' });
  });

  test('of a node allow all that it has', () => {
    expect(object('v1', 'Node', { status: { capacity: { cpu: '4' } } })).toMatchObject({
      status: { allocatable: { cpu: '4' }, daemonEndpoints: { kubeletEndpoint: { Port: 0 } } },
    });
  });

  test('of a Service lead to the same port', () => {
    const service = object('v1', 'Service', { spec: { ports: [{ port: 80 }], sessionAffinity: 'ClientIP' } });
    expect((service as unknown as Service).spec).toEqual({
      internalTrafficPolicy: 'Cluster',
      ports: [{ port: 80, protocol: 'TCP', targetPort: 80 }],
      sessionAffinity: 'ClientIP',
      sessionAffinityConfig: { clientIP: { timeoutSeconds: 10_800 } },
      type: 'ClusterIP',
    });
  });

  test.each<[spec: object, expected: object]>([
    [{}, { completions: 1, parallelism: 1, backoffLimit: 6, completionMode: 'NonIndexed', suspend: false }],
    [{ parallelism: 3 }, { parallelism: 3 }],
    [{ completions: 3 }, { completions: 3, parallelism: 1 }],
    [{ backoffLimitPerIndex: 1 }, { backoffLimit: 2_147_483_647 }],
  ])('of a Job with %j', (spec, expected) => {
    const job = object('batch/v1', 'Job', { spec: { ...spec, template: { spec: { containers: [] } } } });
    expect(job['spec']).toMatchObject(expected);
    if ('parallelism' in spec) expect(job['spec']).not.toHaveProperty('completions');
  });

  test('of kinds that Kubernetes does not have are none', () => {
    const widget = { size: 0, empty: {}, nothing: null };
    expect(object('example.com/v1', 'Widget', { spec: widget })['spec']).toEqual(widget);
  });
});
