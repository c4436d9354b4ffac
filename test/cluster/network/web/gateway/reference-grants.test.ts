import { expect, test } from 'vitest';
import { rowReader } from '../../../../../src/cluster/world/readers.ts';
import { playToEnd, scenarioOf } from '../../../../support/play-scenario.ts';

const manifests = `apiVersion: v1
kind: Namespace
metadata: { name: shop }
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop, labels: { app: web } }
spec: { containers: [{ name: c, image: "nginx:1.27" }] }
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: front }
spec: { gatewayClassName: nginx, listeners: [{ name: http, port: 80, protocol: HTTP }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: shop }
spec:
  parentRefs: [{ name: front }]
  hostnames: [shop.example.com]
  rules: [{ backendRefs: [{ name: web, namespace: shop, port: 80 }] }]
`;
const grant = `apiVersion: gateway.networking.k8s.io/v1beta1
kind: ReferenceGrant
metadata: { name: from-default, namespace: shop }
spec:
  from: [{ group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: default }]
  to: [{ group: "", kind: Service }]
`;

test('a route leads into another namespace where that one grants it', () => {
  const status = `kubectl get httproute shop -o jsonpath='{.status.parents[0].conditions[?(@.type=="ResolvedRefs")].reason}'`;
  const ask = 'curl -s -o /dev/null -w "%{http_code}" http://shop.example.com/';
  const steps = [
    { run: 'kubectl apply -f a.yaml' },
    { wait: '90s' },
    { run: `${status}; ${ask}` },
    { run: 'kubectl apply -f grant.yaml' },
    { wait: '10s' },
    { run: `${status}; ${ask}` },
  ];
  const document = { apiVersion: 'kubereel.dev/v1', kind: 'Scenario', metadata: { name: 'grants' }, steps };
  const files = { 'a.yaml': manifests, 'grant.yaml': grant, 'scenario.yaml': JSON.stringify(document) };
  const { run } = playToEnd(scenarioOf(files));
  const rows = rowReader({ tables: run.world.store.tables, seq: run.world.seq });
  const said = ['step-3', 'step-6'].map((step) => rows.row('commands', step)?.stdout);
  expect(said).toEqual(['RefNotPermitted500', 'ResolvedRefs200']);
});
