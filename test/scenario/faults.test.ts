import { describe, expect, test } from 'vitest';
import type { Event } from '../../src/cluster/contract/event.ts';
import type { Entry } from '../../src/kernel/log/entry.ts';
import { playToEnd, scenarioOf } from '../support/play-scenario.ts';
import { expectSameTail } from '../support/same-tail.ts';
import { storyOf } from './teller/story-lines.ts';

const POD = `apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  nodeName: node-1
  containers: [{ name: c, image: "nginx:1.27" }]
`;

function played(steps: string, cluster = '{ nodes: 2 }'): readonly Entry<Event>[] {
  const text = `apiVersion: kubereel.dev/v1
kind: Scenario
metadata: { name: tiny }
cluster: ${cluster}
steps:
${steps}`;
  return playToEnd(scenarioOf({ 'scenario.yaml': text, 'pod.yaml': POD })).log;
}

/** What was missed; a story whose expectations all hold says nothing. */
function missed(steps: string, cluster?: string): string[] {
  return storyOf(played(steps, cluster)).filter((line) => / (?:missed|broken|notice) /.test(line));
}

const RUNS = '{ resource: { kind: Pod, status: { phase: Running } }, within: 10m }';

describe('a registry that fails', () => {
  test.each`
    because           | says
    ${'unreachable'}  | ${'Head "https://registry-1.docker.io/v2/library/nginx/manifests/1.27": dial tcp'}
    ${'unauthorized'} | ${'pull access denied, repository does not exist or may require authorization'}
    ${'rateLimited'}  | ${'429 Too Many Requests - Server message: toomanyrequests'}
    ${'serverError'}  | ${'503 Service Unavailable'}
  `('($because) keeps a pod waiting with the words of containerd, until it is well again', (row) => {
    const { because, says } = row as Readonly<Record<string, string>>;
    const message = `['Failed to pull image "nginx:1.27": rpc error', '${says}']`;
    const waiting = '{ containerStatuses: [{ state: { waiting: { reason: ImagePullBackOff } } }] }';
    const steps = `  - fault: { fail: pulls, because: ${because}, registry: docker.io, for: 3m }
  - run: kubectl apply -f pod.yaml
    expect:
      - { event: { reason: Failed, type: Warning, message: { contains: ${message} } }, within: 2m }
      - { resource: { kind: Pod, status: ${waiting} }, within: 3m }
      - ${RUNS}
`;
    expect(missed(steps)).toEqual([]);
  });

  test('is not that of an image that is there already, nor one of another host', () => {
    const overrides = `'{"spec":{"nodeName":"node-1"}}'`;
    const steps = `  - fault: { fail: pulls, because: notFound, registry: quay.io }
  - fault: { slow: pulls, by: 20s, registry: docker.io }
  - run: kubectl apply -f pod.yaml
    expect:
      - { absent: true, resource: { kind: Pod, status: { phase: Running } }, for: 20s }
      - ${RUNS}
  - fault: { fail: pulls, because: unauthorized }
  - run: kubectl run again --image=nginx:1.27 --overrides=${overrides}
    expect: { resource: { kind: Pod, metadata: { name: again }, status: { phase: Running } }, within: 20s }
`;
    expect(missed(steps)).toEqual([]);
  });
});

describe('what breaks on a machine', () => {
  const node = (name: string, type: string, status: string): string =>
    `{ resource: { kind: Node, metadata: { name: ${name} }, status: { conditions: [{ type: ${type}, status: "${status}" }] } }, within: 10m }`;

  test('a process that is killed is started again; what is not there is said not to be there', () => {
    const path = '{.status.containerStatuses[0].lastState.terminated.exitCode}';
    const steps = `  - run: kubectl apply -f pod.yaml && echo gone
  - wait: { until: { resource: { kind: Pod, status: { phase: Running } } } }
  - fault: { kill: container, pod: web }
  - expect: { resource: { kind: Pod }, jsonpath: { "${path}": 137 }, within: 10s }
  - fault: { kill: container, pod: gone }
`;
    expect(missed(steps).map((line) => line.replace(/^\d+ /, ''))).toEqual([
      'notice fault: no container runs that could be killed in a pod "gone"',
    ]);
  });

  test('a container runtime that does not answer keeps pods waiting, and its node is not ready', () => {
    const steps = `  - fault: { stop: containerd, node: node-1, for: 3m }
  - run: kubectl apply -f pod.yaml
    expect:
      - ${node('node-1', 'Ready', 'False')}
      - { resource: { kind: Pod, status: { phase: Pending } } }
  - wait: 3m
  - expect: [${node('node-1', 'Ready', 'True')}, ${RUNS}]
`;
    expect(missed(steps)).toEqual([]);
  });

  test('a disk that somebody fills is short of room until the file is gone', () => {
    const steps = `  - run: kubectl apply -f pod.yaml
  - wait: 10s
  - fault: { fill: disk, node: node-1, size: 17Gi }
  - expect:
      - ${node('node-1', 'DiskPressure', 'True')}
      - { event: { reason: Evicted }, within: 1m }
      - ${node('node-2', 'DiskPressure', 'False')}
  - fault: { free: disk, node: node-1 }
  - expect: ${node('node-1', 'DiskPressure', 'False')}
`;
    const nodes =
      '[{ name: node-1, capacity: { ephemeral-storage: 20Gi } }, { name: node-2, capacity: { ephemeral-storage: 20Gi } }]';
    expect(missed(steps, `{ nodes: ${nodes} }`)).toEqual([]);
  });

  test('a clock that is behind dates what its kubelet writes, and nobody minds', () => {
    const lease = (name: string): string =>
      `resource: { kind: Lease, metadata: { name: ${name}, namespace: kube-node-lease } }`;
    const steps = `  - fault: { skew: clock, node: node-1, by: -5m, for: 2m }
  - wait: 90s
  - run: kubectl get nodes
    capture:
      late: { jsonpath: "{.spec.renewTime}", ${lease('node-1')} }
      right: { jsonpath: "{.spec.renewTime}", ${lease('node-2')} }
    expect:
      - { captured: { right: { grown: { since: "\${late}", by: { between: [280, 320] } } } } }
      - ${node('node-1', 'Ready', 'True')}
  - wait: 1m
  - expect: { ${lease('node-1')}, jsonpath: { "{.spec.renewTime}": { gt: "\${right}" } } }
`;
    expect(missed(steps)).toEqual([]);
  });

  test('a network is cut of a zone, for a while', () => {
    const ready = (count: number): string =>
      `{ resource: { kind: Node, status: { conditions: [{ type: Ready, status: "True" }] } }, count: ${count}, within: 3m }`;
    const inZone = (name: string, zone: string): string =>
      `{ name: ${name}, labels: { topology.kubernetes.io/zone: ${zone} } }`;
    const steps = `  - fault: { cut: network, node: zone/a, from: control-plane, for: 2m }
  - expect: ${ready(1)}
  - wait: 2m
  - expect: ${ready(3)}
`;
    const nodes = [inZone('node-1', 'a'), inZone('node-2', 'a'), inZone('node-3', 'b')].join(', ');
    expect(missed(steps, `{ nodes: [${nodes}] }`)).toEqual([]);
  });

  test('what is mended before its time is not mended once more', () => {
    const log = played(`  - fault: { stop: kubelet, node: node-1, for: 1m }
  - wait: 10s
  - fault: { start: kubelet, node: node-1 }
  - wait: 2m
`);
    const starts = log.filter(({ event, at }) => event.type === 'KubeletStarted' && at > 0);
    expect(starts.map(({ at }) => Math.floor(at / 1000))).toEqual([10]);
    expect(log.filter(({ event }) => event.type === 'FaultEnded')).toHaveLength(1);
  });
});

test('watches that are dropped are begun anew, and nothing is lost by it', () => {
  const log = played(`  - run: kubectl create deployment web --image=nginx:1.27 --replicas=3
  - fault: { drop: watches, of: kube-controller-manager, resources: [pods] }
  - fault: { drop: watches, of: kubelet }
  - expect: { resource: { kind: Deployment, status: { availableReplicas: 3 } }, within: 2m }
`);
  expect(log.filter(({ event }) => event.type === 'CachesRenewed')).toHaveLength(3);
  expect(log.some(({ event }) => event.type === 'ScenarioEnded' && event.passed)).toBe(true);
});

describe('a control plane on machines of its own', () => {
  const CLUSTER = '{ nodes: [{ name: cp-1, controlPlane: true }, { name: node-1 }] }';

  test('is not trusted any more when its certificates are over', () => {
    const steps = `  - run: kubectl get nodes
  - fault: { expire: certificates, node: cp-1, names: [apiserver] }
  - run: kubectl get nodes
    expect: { exitCode: 1, stderr: "x509: certificate has expired or is not yet valid" }
`;
    expect(missed(steps, CLUSTER)).toEqual([]);
  });

  test('has forgotten everything when its only etcd has lost its disk', () => {
    const steps = `  - run: kubectl create configmap precious --from-literal=a=b
  - fault: { lose: etcd, node: cp-1 }
  - expect: { absent: true, resource: { kind: ConfigMap, metadata: { name: precious } }, within: 3m }
`;
    expect(missed(steps, CLUSTER)).toEqual([]);
  });
});

test('a fork anywhere in it reproduces the rest, byte for byte', () => {
  const text = `apiVersion: kubereel.dev/v1
kind: Scenario
metadata: { name: tiny }
cluster: { nodes: 2 }
steps:
  - fault: { fail: pulls, because: rateLimited, for: 40s }
  - fault: { skew: clock, node: node-1, by: 90s, for: 70s }
  - run: kubectl apply -f pod.yaml
  - run: kubectl create deployment web --image=nginx:1.27 --replicas=2
  - wait: 20s
  - fault: { drop: watches, of: kubelet }
  - fault: { drop: watches, of: kube-controller-manager, resources: [pods, deployments] }
  - fault: { stop: containerd, node: node-2, for: 30s }
  - fault: { stop: kube-scheduler, for: 20s }
  - run: kubectl scale deployment web --replicas=4
  - wait: 40s
  - fault: { kill: container, pod: web }
  - fault: { kill: kubelet, node: node-2 }
  - wait: 1m
`;
  const scenario = scenarioOf({ 'scenario.yaml': text, 'pod.yaml': POD });
  const { log } = playToEnd(scenario);
  const lines = log.map((entry) => JSON.stringify(entry));
  const stops = log.filter(({ more }) => !more).map(({ seq }) => seq);
  for (let index = 5; index < stops.length; index += Math.ceil(stops.length / 10)) {
    expectSameTail({ scenario, log, lines, stop: stops[index] ?? 0 });
  }
});
