import { describe, expect, test } from 'vitest';
import type { BalancerRow } from '../../../src/cluster/contract/balancer-rows.ts';
import { playToEnd, scenarioOf } from '../../support/play-scenario.ts';

const WEB = `
apiVersion: v1
kind: Pod
metadata: { name: web, labels: { app: web } }
spec: { nodeName: node-1, containers: [{ name: web, image: nginx:1.27 }] }
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { type: LoadBalancer, selector: { app: web }, ports: [{ port: 80 }] }
`;

/** What was told of a load balancer, and the row of it at the end, where a scenario goes on like that. */
function balanced(steps: string, cluster = '{ nodes: 3 }') {
  const scenario = scenarioOf({
    'web.yaml': WEB,
    'scenario.yaml': `
apiVersion: kubereel.dev/v1
kind: Scenario
metadata: { name: balanced, title: { en: Balanced } }
cluster: ${cluster}
steps:
  - run: kubectl apply -f web.yaml
  - wait: 60s
${steps}
`,
  });
  const { run, log } = playToEnd(scenario);
  const reasons = log.flatMap(({ event }) =>
    event.type === 'ObjectCreated' && event.resource === 'events' && 'involvedObject' in event.object
      ? [event.object as unknown as { reason: string; involvedObject: { kind: string } }]
      : [],
  );
  const { world } = run;
  const rows: readonly BalancerRow[] = world.store.tables.balancers.list('all', '', world.seq);
  const answers = log.flatMap(({ event }) => (event.type === 'CommandPrinted' ? [event.stdout ?? ''] : []));
  return {
    told: reasons
      .filter(({ involvedObject }) => involvedObject.kind === 'Service')
      .map(({ reason }) => reason),
    healthy: rows.map(({ targets }) => Object.keys(targets).filter((node) => targets[node]?.isHealthy)),
    targets: rows.map(({ targets }) => Object.keys(targets)),
    answers,
  };
}

describe('a load balancer', () => {
  test('is made, is told of machines that are left out, and goes with its service', () => {
    const made = balanced(`
  - run: kubectl get service web -o jsonpath='{.metadata.finalizers} {.status.loadBalancer.ingress[0].ip}'
  - run: kubectl label node node-3 node.kubernetes.io/exclude-from-external-load-balancers=
  - wait: 2s`);
    expect(made.answers.join('')).toContain('["service.kubernetes.io/load-balancer-cleanup"] 203.0.113.10');
    expect(made.told).toEqual(['EnsuringLoadBalancer', 'EnsuredLoadBalancer', 'UpdatedLoadBalancer']);
    expect(made.targets).toEqual([['node-1', 'node-2']]);
    const gone = balanced('  - run: kubectl delete service web --timeout=10s');
    expect(gone.told.slice(2)).toEqual(['DeletingLoadBalancer', 'DeletedLoadBalancer']);
    expect(gone.targets).toEqual([]);
  });

  test('leaves out a machine after the third check without an answer, and takes it back after one', () => {
    const off = '  - fault: { stop: machine, node: node-2 }\n';
    expect(balanced(`${off}  - wait: 16s`).healthy).toEqual([['node-1', 'node-2', 'node-3']]);
    expect(balanced(`${off}  - wait: 26s`).healthy).toEqual([['node-1', 'node-3']]);
    const back = `${off}  - wait: 26s\n  - fault: { start: machine, node: node-2 }\n  - wait: 30s`;
    expect(balanced(back).healthy).toEqual([['node-1', 'node-2', 'node-3']]);
  });

  test('sends to machines with an endpoint alone where the traffic stays local', () => {
    const local = balanced(`
  - run: >-
      kubectl patch service web -p '{"spec":{"externalTrafficPolicy":"Local"}}'
  - wait: 40s`);
    expect(local.healthy).toEqual([['node-1']]);
  });

  test('is nobody’s where a cluster has its own control plane, unless it is said', () => {
    const none = balanced(
      '  - run: kubectl get service web',
      '{ nodes: 1, addons: { loadBalancer: false } }',
    );
    expect(none.answers.join('')).toMatch(/LoadBalancer +\S+ +<pending>/);
  });
});
