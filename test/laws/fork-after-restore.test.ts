import { describe, expect, test } from 'vitest';
import { drawWhole } from '../../src/kernel/chance/draw.ts';
import type { Scenario } from '../../src/scenario/scenario.ts';
import { playToEnd, scenarioOf } from '../support/play-scenario.ts';
import { expectSameTail } from '../support/same-tail.ts';

const deployment = (name: string, replicas: number): string => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec:
      terminationGracePeriodSeconds: 2
      containers: [{ name: main, image: "busybox:1.36", command: [sleep, "10000"] }]
`;

/** etcd is turned back twice, the second time while caches are still from the future of the first. */
const restoredTwice = (version: string): Scenario =>
  scenarioOf({
    'a.yaml': deployment('a', 2),
    'b.yaml': deployment('b', 2),
    'c.yaml': deployment('c', 1),
    'scenario.yaml': `apiVersion: kubereel.dev/v1
kind: Scenario
metadata: { name: restored-twice, title: { en: Restored } }
cluster: { nodes: 2, version: "${version}" }
steps:
- run: kubectl apply -f a.yaml -f c.yaml
- wait: 8s
- fault: { save: etcd, as: before }
- run: kubectl apply -f b.yaml
- run: kubectl scale deployment a --replicas=3
- run: kubectl delete deployment c
- wait: 15s
- fault: { stop: kube-apiserver }
- fault: { restore: etcd, to: before }
- wait: 2s
- fault: { start: kube-apiserver }
- wait: 20s
- run: kubectl apply -f b.yaml
- wait: 30s
- fault: { restore: etcd, to: before }
- wait: 40s
- fault: { stop: kube-controller-manager }
- fault: { stop: kube-scheduler }
- fault: { restart: kubelet, node: [node-1, node-2] }
- wait: 15s
- fault: { start: kube-controller-manager }
- fault: { start: kube-scheduler }
- wait: 40s
`,
  });

const FORKS = 16;

describe('a fork changes nothing after etcd was turned back', () => {
  test.each(['1.36', '1.20'])(
    `${FORKS} forks of a cluster of %s reproduce the rest byte for byte`,
    (version) => {
      const scenario = restoredTwice(version);
      const { log } = playToEnd(scenario);
      const lines = log.map((entry) => JSON.stringify(entry));
      const restored = log.find(({ event }) => event.type === 'StoreRestored')?.seq ?? 0;
      expect(log.filter(({ event }) => event.type === 'StoreRestored').length).toBe(2);
      const stops = log.filter(({ more, seq }) => !more && seq > restored - 20).map(({ seq }) => seq);
      for (let index = 0; index < FORKS; index++) {
        const drawn = drawWhole({ seed: 'forks' }, 0, stops.length - 1, version, index);
        expectSameTail({ scenario, log, lines, stop: stops[drawn] ?? 0 });
      }
    },
  );
});
