import { describe, expect, test } from 'vitest';
import { createErrors, podWith, podWithContainer } from './new-objects.ts';

const dnsLabel =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with " +
  "an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";

describe('a container', () => {
  test.each<[container: object, ...errors: string[]]>([
    [{ name: '' }, 'spec.containers[0].name: Required value'],
    [{ name: 'Web_1' }, `spec.containers[0].name: Invalid value: "Web_1": ${dnsLabel}`],
    [{ name: 'a.b' }, 'spec.containers[0].name: Invalid value: "a.b": must not contain dots'],
    [{ image: '' }, 'spec.containers[0].image: Required value'],
    [
      { image: ' nginx' },
      'spec.containers[0].image: Invalid value: " nginx": must not have leading or trailing whitespace',
    ],
    [
      { imagePullPolicy: 'Sometimes' },
      'spec.containers[0].imagePullPolicy: Unsupported value: "Sometimes": supported values: "Always", "IfNotPresent", "Never"',
    ],
    [{ ports: [{ containerPort: 0 }] }, 'spec.containers[0].ports[0].containerPort: Required value'],
    [
      { ports: [{ containerPort: 70_000 }] },
      'spec.containers[0].ports[0].containerPort: Invalid value: 70000: must be between 1 and 65535, inclusive',
    ],
    [
      { ports: [{ containerPort: 80, protocol: 'HTTP' }] },
      'spec.containers[0].ports[0].protocol: Unsupported value: "HTTP": supported values: "SCTP", "TCP", "UDP"',
    ],
    [
      { ports: [{ containerPort: 80, name: 'Web_port' }] },
      'spec.containers[0].ports[0].name: Invalid value: "Web_port": must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)',
    ],
    [
      {
        ports: [
          { containerPort: 80, name: 'web' },
          { containerPort: 81, name: 'web' },
        ],
      },
      'spec.containers[0].ports[1].name: Duplicate value: "web"',
    ],
    [
      {
        ports: [
          { containerPort: 80, hostPort: 8080 },
          { containerPort: 81, hostPort: 8080 },
        ],
      },
      'spec.containers[0].ports[1].hostPort: Duplicate value: "TCP//8080"',
    ],
    [
      { env: [{ name: 'A=B', value: '1' }] },
      `spec.containers[0].env[0].name: Invalid value: "A=B": a valid environment variable name must consist only of printable ASCII characters other than '='`,
    ],
    [
      { env: [{ name: 'A', valueFrom: {} }] },
      'spec.containers[0].env[0].valueFrom: Invalid value: "": must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`',
    ],
    [
      { env: [{ name: 'A', value: 'x', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }] },
      'spec.containers[0].env[0].valueFrom: Invalid value: "": ' +
        'may not be specified when `value` is not empty',
    ],
    [
      { env: [{ name: 'A', valueFrom: { fieldRef: { fieldPath: 'status.phase' } } }] },
      'spec.containers[0].env[0].valueFrom.fieldRef.fieldPath: Unsupported value: "status.phase": supported values: "metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName", "status.hostIP", "status.hostIPs", "status.podIP", "status.podIPs"',
    ],
    [
      { env: [{ name: 'A', valueFrom: { fieldRef: { fieldPath: 'spec.foo' } } }] },
      'spec.containers[0].env[0].valueFrom.fieldRef.fieldPath: Invalid value: "spec.foo": error converting fieldPath: field label not supported: spec.foo',
    ],
    [
      { envFrom: [{ prefix: 'P_' }] },
      'spec.containers[0].envFrom: Invalid value: "": must specify one of: `configMapRef` or `secretRef`',
    ],
    [
      { resources: { limits: { cpu: '1' }, requests: { cpu: '2' } } },
      'spec.containers[0].resources.requests: Invalid value: "2": must be less than or equal to cpu limit of 1',
    ],
    [
      { resources: { limits: { cpus: '1' } } },
      'spec.containers[0].resources.limits[cpus]: Invalid value: "cpus": must be a standard resource type or fully qualified',
      'spec.containers[0].resources.limits[cpus]: Invalid value: "cpus": must be a standard resource for containers',
      'spec.containers[0].resources.requests[cpus]: Invalid value: "cpus": must be a standard resource type or fully qualified',
      'spec.containers[0].resources.requests[cpus]: Invalid value: "cpus": must be a standard resource for containers',
    ],
    [
      { resources: { requests: { memory: '-1Gi' } } },
      'spec.containers[0].resources.requests[memory]: Invalid value: "-1Gi": must be greater than or equal to 0',
    ],
    [
      { resources: { requests: { 'example.com/gpu': '1' } } },
      'spec.containers[0].resources.limits: Required value: Limit must be set for non overcommitable resources',
    ],
    [
      { resources: { limits: { 'example.com/gpu': '500m' } } },
      'spec.containers[0].resources.limits[example.com/gpu]: Invalid value: "500m": must be an integer',
      'spec.containers[0].resources.requests[example.com/gpu]: Invalid value: "500m": must be an integer',
    ],
    [
      { volumeMounts: [{ name: 'data', mountPath: '/data' }] },
      'spec.containers[0].volumeMounts[0].name: Not found: "data"',
    ],
    [
      { restartPolicy: 'Sometimes' },
      'spec.containers[0].restartPolicy: Unsupported value: "Sometimes": supported values: "Always", "Never", "OnFailure"',
    ],
    [
      { securityContext: { privileged: true, allowPrivilegeEscalation: false } },
      'spec.containers[0].securityContext: Invalid value: {"allowPrivilegeEscalation":false,"privileged":true}: cannot set `allowPrivilegeEscalation` to false and `privileged` to true',
    ],
  ])('%j is refused', (container, ...errors) => {
    expect(createErrors(podWithContainer(container))).toEqual(errors);
  });

  test('may have everything that is right', () => {
    const container = {
      ports: [{ containerPort: 80, name: 'web' }],
      env: [{ name: 'not-C', valueFrom: { resourceFieldRef: { resource: 'limits.cpu', divisor: '1m' } } }],
      envFrom: [{ configMapRef: { name: 'c' } }],
      volumeMounts: [{ name: 'data', mountPath: '/data', subPath: 'a/b' }],
      resources: { limits: { cpu: '1', memory: '1Gi', 'example.com/gpu': '2' } },
      lifecycle: { preStop: { sleep: { seconds: 5 } } },
      livenessProbe: { exec: { command: ['true'] } },
    };
    expect(createErrors(podWithContainer(container, { volumes: [{ name: 'data', emptyDir: {} }] }))).toEqual(
      [],
    );
  });
});

describe('a probe', () => {
  test.each<[probes: object, ...errors: string[]]>([
    [
      { livenessProbe: { httpGet: { port: 80 }, successThreshold: 2 } },
      'spec.containers[0].livenessProbe.successThreshold: Invalid value: 2: must be 1',
    ],
    [{ startupProbe: {} }, 'spec.containers[0].startupProbe: Required value: must specify a handler type'],
    [
      { readinessProbe: { exec: { command: ['a'] }, tcpSocket: { port: 1 } } },
      'spec.containers[0].readinessProbe.tcpSocket: Forbidden: may not specify more than 1 handler type',
    ],
    [{ livenessProbe: { exec: {} } }, 'spec.containers[0].livenessProbe.exec.command: Required value'],
    [
      { livenessProbe: { tcpSocket: { port: 0 } } },
      'spec.containers[0].livenessProbe.tcpSocket.port: Invalid value: 0: must be between 1 and 65535, inclusive',
    ],
    [
      { livenessProbe: { httpGet: { port: 80, scheme: 'FTP' }, periodSeconds: -1 } },
      'spec.containers[0].livenessProbe.httpGet.scheme: Unsupported value: "FTP": supported values: "HTTP", "HTTPS"',
      'spec.containers[0].livenessProbe.periodSeconds: Invalid value: -1: must be greater than or equal to 0',
    ],
    [
      { readinessProbe: { httpGet: { port: 80 }, terminationGracePeriodSeconds: 5 } },
      'spec.containers[0].readinessProbe.terminationGracePeriodSeconds: Invalid value: 5: must not be set for readinessProbes',
    ],
    [
      { lifecycle: { preStop: { sleep: { seconds: 60 } } } },
      'spec.containers[0].lifecycle.preStop.sleep: Invalid value: 60: must be non-negative and less than terminationGracePeriodSeconds (30)',
    ],
  ])('%j is refused', (probes, ...errors) => {
    expect(createErrors(podWithContainer(probes))).toEqual(errors);
  });
});

describe('a pod', () => {
  const c = { name: 'c', image: 'nginx' };
  test.each<[spec: object, ...errors: string[]]>([
    [{ containers: [] }, 'spec.containers: Required value'],
    [{ containers: [c, c] }, 'spec.containers[1].name: Duplicate value: "c"'],
    [{ initContainers: [c] }, 'spec.initContainers[0].name: Duplicate value: "c"'],
    [
      { initContainers: [{ name: 'i', image: 'i', livenessProbe: { httpGet: { port: 1 } } }] },
      'spec.initContainers[0].livenessProbe: Forbidden: may not be set for init containers without restartPolicy=Always',
    ],
    [
      { restartPolicy: 'Maybe' },
      'spec.restartPolicy: Unsupported value: "Maybe": supported values: "Always", "OnFailure", "Never"',
    ],
    [
      { volumes: [{ name: 'v', emptyDir: {}, secret: { secretName: 's' } }] },
      'spec.volumes[0].secret: Forbidden: may not specify more than 1 volume type',
    ],
    [{ volumes: [{ name: 'v' }, { name: 'v' }] }, 'spec.volumes[1].name: Duplicate value: "v"'],
    [{ volumes: [{ name: 'v', configMap: {} }] }, 'spec.volumes[0].configMap.name: Required value'],
    [
      { volumes: [{ name: 'v', secret: { secretName: 's', items: [{ key: 'k', path: '../x' }] } }] },
      `spec.volumes[0].secret.items[0].path: Invalid value: "../x": must not contain '..'`,
    ],
    [
      { volumes: [{ name: 'v', hostPath: { path: '/x', type: 'Folder' } }] },
      'spec.volumes[0].hostPath.type: Unsupported value: "Folder": supported values: "", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket"',
    ],
    [
      {
        volumes: [
          {
            name: 'v',
            projected: { sources: [{ serviceAccountToken: { path: 't', expirationSeconds: 60 } }] },
          },
        ],
      },
      'spec.volumes[0].projected.sources[0].serviceAccountToken.expirationSeconds: Invalid value: 60: may not specify a duration less than 10 minutes',
    ],
    [
      { tolerations: [{ operator: 'Equal' }] },
      'spec.tolerations[0].operator: Invalid value: "Equal": operator must be Exists when `key` is empty, which means "match all values and all keys"',
    ],
    [
      { tolerations: [{ key: 'k', effect: 'NoSchedule', tolerationSeconds: 5 }] },
      `spec.tolerations[0].effect: Invalid value: "NoSchedule": effect must be 'NoExecute' when \`tolerationSeconds\` is set`,
    ],
    [
      { tolerations: [{ key: 'k', operator: 'Exists', value: 'v' }] },
      `spec.tolerations[0].operator: Invalid value: "v": value must be empty when \`operator\` is 'Exists'`,
    ],
    [
      { tolerations: [{ key: 'k', operator: 'Exists', effect: 'Never' }] },
      'spec.tolerations[0].effect: Unsupported value: "Never": supported values: "NoSchedule", "PreferNoSchedule", "NoExecute"',
    ],
    [
      { nodeName: 'n', schedulingGates: [{ name: 'g' }] },
      'spec.nodeName: Forbidden: cannot be set until all schedulingGates have been cleared',
    ],
    [
      { activeDeadlineSeconds: -1 },
      'spec.activeDeadlineSeconds: Invalid value: -1: must be between 1 and 2147483647, inclusive',
    ],
    [{ hostname: 'a.b' }, 'spec.hostname: Invalid value: "a.b": must not contain dots'],
    [
      { dnsPolicy: 'None' },
      'spec.dnsConfig: Required value: must provide `dnsConfig` when `dnsPolicy` is None',
    ],
    [
      { hostAliases: [{ ip: '300.1.2.3', hostnames: ['a'] }] },
      'spec.hostAliases[0].ip: Invalid value: "300.1.2.3": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
    ],
    [
      {
        affinity: {
          nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [] } },
        },
      },
      'spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms: Required value: must have at least one node selector term',
    ],
    [
      {
        affinity: {
          podAntiAffinity: {
            preferredDuringSchedulingIgnoredDuringExecution: [
              { weight: 0, podAffinityTerm: { topologyKey: 'zone' } },
            ],
          },
        },
      },
      'spec.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].weight: Invalid value: 0: must be in the range 1-100',
    ],
    [
      { topologySpreadConstraints: [{ maxSkew: 0, topologyKey: 'zone', whenUnsatisfiable: 'Never' }] },
      'spec.topologySpreadConstraints[0].maxSkew: Invalid value: 0: must be greater than zero',
      'spec.topologySpreadConstraints[0].whenUnsatisfiable: Unsupported value: "Never": supported values: "DoNotSchedule", "ScheduleAnyway"',
    ],
    [
      { resources: { limits: { cpu: '100m' } }, containers: [{ ...c, resources: { limits: { cpu: '1' } } }] },
      'spec.resources.requests: Invalid value: "1": must be less than or equal to cpu limit of 100m',
      'spec.resources.containers[0][cpu].limits: Invalid value: "1": must be less than or equal to pod limits of 100m',
    ],
    [
      { ephemeralContainers: [{ name: 'd', image: 'd' }] },
      'spec.ephemeralContainers: Forbidden: cannot be set on create',
    ],
  ])('with %j is refused', (spec, ...errors) => {
    expect(createErrors(podWith(spec))).toEqual(errors);
  });

  test('may have sidecars that are probed, gates, and names like any label', () => {
    const sidecar = {
      name: 's',
      image: 's',
      restartPolicy: 'Always',
      readinessProbe: { httpGet: { port: 1 } },
    };
    expect(
      createErrors(podWith({ initContainers: [sidecar], schedulingGates: [{ name: 'a/b' }], hostname: 'h' })),
    ).toEqual([]);
  });
});
