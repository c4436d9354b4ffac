import { describe, expect, test } from 'vitest';
import type { Event } from '../../src/cluster/contract/event.ts';
import type { Entry } from '../../src/kernel/log/entry.ts';
import type { Scenario } from '../../src/scenario/scenario.ts';
import { playToEnd, scenarioOf } from '../support/play-scenario.ts';
import { expectSameTail } from '../support/same-tail.ts';
import { storyOf } from './teller/story-lines.ts';

const WEB = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 4
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - name: c
          image: "nginx:1.27"
          livenessProbe: { tcpSocket: { port: 80 }, periodSeconds: 2 }
          readinessProbe: { httpGet: { path: /, port: 80 }, periodSeconds: 2, failureThreshold: 1 }
`;

interface Played {
  readonly scenario: Scenario;
  readonly log: readonly Entry<Event>[];
}

function played(steps: string, nodes = '2'): Played {
  const text = `apiVersion: kubereel.dev/v1
kind: Scenario
metadata: { name: tiny }
cluster: { nodes: ${nodes}, presentImages: ["nginx:1.27"] }
steps:
${steps}`;
  const scenario = scenarioOf({ 'scenario.yaml': text, 'web.yaml': WEB });
  return { scenario, log: playToEnd(scenario).log };
}

function missed({ log }: Played): string[] {
  return storyOf(log).filter((line) => / (?:missed|broken|notice) /.test(line));
}

const PLANE = '[{ name: cp, controlPlane: true }]';
const PLANES = `[${['a', 'b', 'c'].map((name) => `{ name: ${name}, controlPlane: true }`).join(', ')}]`;
const READY = (count: number): string =>
  `{ resource: { kind: Deployment, metadata: { name: web }, status: { readyReplicas: ${count} } } }`;

describe('a program that is slow', () => {
  test('binds one pod after another, each as late as it is said, and is quick again when mended', () => {
    const run = played(`  - fault: { slow: kube-scheduler, by: 2s }
  - run: kubectl apply -f web.yaml
  - wait: 20s
  - fault: { mend: kube-scheduler }
  - run: kubectl scale deployment web --replicas=6
  - wait: 5s
`);
    const bound = run.log.filter(
      ({ actor, event }) => actor === 'scheduler' && event.type === 'ObjectUpdated',
    );
    const times = bound.map(({ at }) => Math.round(at / 1000));
    expect(times.slice(0, 4)).toEqual([2, 4, 6, 8]);
    expect(times.slice(4).every((at) => at === 20)).toBe(true);
  });

  test('hears late of what it watches, and nobody else does', () => {
    const run = played(`  - run: kubectl apply -f web.yaml
  - expect: ${READY(4).replace(/\}\s*$/, ', within: 1m }')}
  - fault: { slow: watches, of: kube-controller-manager, by: 10s, for: 1m }
  - run: kubectl scale deployment web --replicas=1
  - expect: { resource: { kind: ReplicaSet, spec: { replicas: 4 } }, for: 9s }
  - expect: { resource: { kind: ReplicaSet, spec: { replicas: 1 } }, within: 3s }
  - wait: 1m
`);
    expect(missed(run)).toEqual([]);
    const stops = run.log.filter(({ more, at }) => !more && at > 5000).map(({ seq }) => seq);
    const lines = run.log.map((entry) => JSON.stringify(entry));
    for (const part of [0.05, 0.3, 0.6, 0.9])
      expectSameTail({ ...run, lines, stop: stops[Math.floor(stops.length * part)] ?? 0 });
  });
});

describe('an API server', () => {
  test('that is slow keeps kubectl and controllers waiting', () => {
    const run = played(`  - fault: { slow: kube-apiserver, by: 1500ms }
  - run: kubectl create deployment api --image=nginx:1.27
  - run: kubectl get deployment api
  - wait: 20s
  - expect: { resource: { kind: Deployment, metadata: { name: api }, status: { readyReplicas: 1 } } }
`);
    expect(missed(run)).toEqual([]);
    const ended = run.log.filter(({ event }) => event.type === 'CommandEnded').map(({ at }) => at);
    expect(ended.map((at) => Math.floor(at / 1500))).toEqual([1, 2]);
  });

  test.each`
    because          | says
    ${'overloaded'}  | ${'Error from server (TooManyRequests): the server has received too many requests and has asked us to try again later'}
    ${'unavailable'} | ${'Error from server (ServiceUnavailable): the server is currently unable to handle the request'}
    ${'serverError'} | ${'Error from server: etcdserver: leader changed'}
  `('that is $because refuses in its words, and whom it is said of alone', (row) => {
    const { because, says } = row as Readonly<Record<string, string>>;
    const run = played(`  - fault: { fail: requests, because: ${because}, of: kubectl, for: 30s }
  - run: kubectl get nodes
    expect: { exitCode: 1, stderr: "${says}" }
  - wait: 40s
  - run: kubectl get nodes
`);
    expect(missed(run)).toEqual(missed(run).filter((line) => line.includes('as before')));
    const refused = run.log.filter(({ event }) => event.type === 'RequestRefused').map(({ actor }) => actor);
    expect([...new Set(refused)]).toEqual(['kubectl']);
  });

  test('that refuses half of all requests is asked again, until all is done', () => {
    const run =
      played(`  - fault: { fail: requests, because: unavailable, share: 50%, of: kube-controller-manager }
  - run: kubectl apply -f web.yaml
  - expect: { resource: { kind: Deployment, metadata: { name: web }, status: { readyReplicas: 4 } }, within: 3m }
`);
    expect(missed(run)).toEqual([]);
    expect(run.log.some(({ event, actor }) => event.type === 'RequestRefused' && actor !== 'kubectl')).toBe(
      true,
    );
  });

  test('that leaves nobody time to renew a lease ends its leaders, which come back', () => {
    const run = played(
      `  - fault: { slow: kube-apiserver, by: 6s, for: 30s }
  - wait: 1m
  - expect: { resource: { kind: Pod, metadata: { name: kube-scheduler-cp, namespace: kube-system }, status: { containerStatuses: [{ restartCount: { gte: 1 } }] } }, within: 2m }
`,
      PLANE,
    );
    expect(missed(run).filter((line) => !line.includes('as before'))).toEqual([]);
    const stopped = run.log.flatMap(({ event }) => (event.type === 'ProgramStopped' ? event.program : []));
    expect(new Set(stopped)).toEqual(new Set(['kube-scheduler', 'kube-controller-manager']));
  });
});

describe('a disk of etcd', () => {
  test('that is slow makes writes wait, and etcd say so', () => {
    const run = played(
      `  - fault: { slow: etcd, by: 900ms, for: 1m }
  - run: kubectl create configmap slow
  - run: kubectl logs -n kube-system etcd-cp
    expect: { output: '"msg":"apply request took too long","took":"900ms"' }
`,
      PLANE,
    );
    expect(missed(run)).toEqual([]);
    const [first] = run.log.filter(({ event }) => event.type === 'CommandEnded');
    expect(first?.at).toBeGreaterThan(900);
  });

  test('of the leader alone costs it its lead and nobody a write; of all, writes', () => {
    const leaders = (run: Played): number =>
      run.log.filter(({ event }) => event.type === 'EtcdLeaderElected').length;
    const leader = (node: string): Played =>
      played(
        `  - fault: { slow: etcd, by: 2s, node: ${node} }\n  - wait: 30s\n  - run: kubectl create configmap quick\n`,
        PLANES,
      );
    const runs = ['a', 'b', 'c'].map(leader);
    const elections = runs.map(leaders).sort();
    expect(elections).toEqual([elections[0], elections[0], (elections[0] ?? 0) + 1]);
    for (const run of runs) expect(missed(run)).toEqual([]);
  });
});

test('a container that is frozen takes connections, answers nothing, and goes on where it was', () => {
  const run = played(`  - run: kubectl apply -f web.yaml
  - expect: ${READY(4).replace(/\}\s*$/, ', within: 1m }')}
  - run: kubectl get pods -l app=web
    capture: { pod: { line: '/(web-\\S+)/' } }
  - fault: { freeze: container, pod: "\${pod}", for: 20s }
  - expect:
      within: 10s
      event: { reason: Unhealthy, message: { contains: 'Readiness probe failed: Get "http://' } }
  - expect: ${READY(3).replace(/\}\s*$/, ', within: 10s }')}
  - expect: ${READY(4).replace(/\}\s*$/, ', within: 30s }')}
  - expect: { resource: { kind: Pod, metadata: { name: "\${pod}" }, status: { containerStatuses: [{ restartCount: 0 }] } } }
`);
  expect(missed(run).filter((line) => !line.includes('running again'))).toEqual([]);
});

test('a member of etcd whose data is not what it wrote ends whenever it starts', () => {
  const run = played(
    `  - fault: { corrupt: etcd, node: b }
  - wait: 1m
  - run: kubectl get nodes
  - run: kubectl logs -n kube-system etcd-b --previous
    expect: { output: found data inconsistency with peers }
  - expect: { resource: { kind: Pod, metadata: { name: etcd-b, namespace: kube-system }, status: { containerStatuses: [{ ready: false, restartCount: { gte: 2 } }] } }, within: 1m }
`,
    PLANES,
  );
  expect(missed(run)).toEqual([]);
});
