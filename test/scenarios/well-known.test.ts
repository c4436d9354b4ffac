import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { playToEnd, scenarioOf } from '../support/play-scenario.ts';

const read = (name: string): string =>
  readFileSync(new URL(`well-known/${name}.yaml`, import.meta.url), 'utf8');

/** What is still wanted once the manifest has been applied: commands, and what they print. */
type Asked = readonly (readonly [command: string, pattern: string])[];

const AVAILABLE = 'kubectl wait --for=condition=Available deployment --all -A --timeout=3m';
const RESTARTS = "kubectl get pods -A -o jsonpath='{.items[*].status.containerStatuses[*].restartCount}'";

function scenarioFor(name: string, asked: Asked): string {
  const steps = [
    { run: `kubectl apply -f ${name}.yaml` },
    { run: AVAILABLE },
    ...asked.map(([run, matches]) => ({ run, expect: { output: { matches } } })),
    { run: RESTARTS, expect: { output: { matches: '^0( 0)*$' } } },
  ];
  const apiVersion = 'kubereel.dev/v1';
  return JSON.stringify({ apiVersion, kind: 'Scenario', metadata: { name }, cluster: { nodes: 3 }, steps });
}

describe('manifests that everybody knows come up as they stand, and restart nothing', () => {
  test.each<[string, Asked]>([
    ['guestbook', [['kubectl exec deploy/frontend -- curl -s http://frontend', 'Guestbook']]],
    ['wordpress', [['kubectl get svc wordpress', 'LoadBalancer']]],
    ['nginx', [['kubectl exec deploy/nginx-deployment -- curl -s my-nginx', 'Hello from a ConfigMap']]],
    ['voting-app', [['kubectl exec deploy/redis -- redis-cli ping', 'PONG']]],
    ['shop-of-many-languages', [['kubectl logs deploy/loadgenerator -c frontend-check', 'is reachable']]],
    ['prometheus', [['kubectl -n monitoring rollout status ds/node-exporter', 'successfully rolled out']]],
    [
      'many-kinds',
      [
        ['kubectl rollout status statefulset/mongo', 'roll out complete: 3 new pods'],
        ['kubectl wait --for=condition=Complete job/pi --timeout=1m', 'condition met'],
        ['kubectl get pods -l app=es', 'elasticsearch-.* 1/1 +Running +0 '],
      ],
    ],
    ['own-images', [['kubectl get job import', 'import +Complete +1/1 ']]],
  ])('%s', (name, asked) => {
    const files = { 'scenario.yaml': scenarioFor(name, asked), [`${name}.yaml`]: read(name) };
    const { log } = playToEnd(scenarioOf(files));
    const missed = log.flatMap(({ event }) => (event.type === 'ExpectationMissed' ? [event.why] : []));
    expect(missed).toEqual([]);
  });

  test('but a command that is called as if it were not there is not', () => {
    const pod = `
apiVersion: v1
kind: Pod
metadata: { name: web }
spec: { containers: [{ name: web, image: "ghcr.io/acme/api:v2", command: [/no-such-binary] }] }`;
    const steps = [
      { run: 'kubectl apply -f pod.yaml' },
      { wait: '5s' },
      {
        run: 'kubectl describe pod web',
        expect: { output: 'stat /no-such-binary: no such file or directory' },
      },
    ];
    const scenario = { apiVersion: 'kubereel.dev/v1', kind: 'Scenario', metadata: { name: 'x' }, steps };
    const { log } = playToEnd(scenarioOf({ 'scenario.yaml': JSON.stringify(scenario), 'pod.yaml': pod }));
    expect(log.at(-1)?.event).toEqual({ type: 'ScenarioEnded', passed: true });
  });
});
