import { describe, expect, test } from 'vitest';
import type { Pod } from '../../../src/cluster/objects/kubernetes.ts';
import { playToEnd, scenarioOf } from '../../support/play-scenario.ts';
import { logOf, played, podOf } from '../node/pods.ts';

const settings = { presentImages: ['busybox:1.36', 'nginx'] };
const web: Pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web' },
  spec: { nodeName: 'node-1', containers: [{ name: 'c', image: 'nginx', ports: [{ containerPort: 80 }] }] },
};

function said(script: string, { until = 30_000, nodes = 1, node = 'node-1' } = {}): string {
  const client = podOf('client', `sleep 3; ${script}; sleep 1000`, { spec: { nodeName: node } });
  return logOf(played([web, client], { until, nodes, settings }), 'client');
}

describe('a request from a container', () => {
  test('is answered by whoever listens at the address of a pod', () => {
    expect(said('wget -qO- http://10.88.1.2/ | head -4')).toContain('<title>Welcome to nginx!</title>');
  });

  test('goes to pods on other nodes too', () => {
    const text = said('wget -qO- http://10.88.1.2/ | head -4', { nodes: 2, node: 'node-2' });
    expect(text).toContain('<title>Welcome to nginx!</title>');
  });

  test('shows in the log of who answers, with the address of who asks', () => {
    const client = podOf('client', 'sleep 3; wget -qO- http://10.88.1.2/x; sleep 1000');
    const play = played([web, client], { until: 30_000, settings });
    expect(logOf(play, 'web')).toMatch(/^10\.88\.1\.3 .*"GET \/x HTTP\/1\.[01]" 404/m);
  });

  test.each([
    ['a port where nobody listens', 'wget -qO- http://10.88.1.2:81/', /refused/],
    ['itself, where nobody listens', 'wget -qO- http://localhost:81/', /refused/],
    ['the address of no pod', 'wget -qO- http://10.88.1.99/', /[Nn]o route to host|unreachable/],
    ['a name that nobody has', 'wget -qO- http://nobody/', /bad address/],
  ])('to %s fails', (_, script, text) => {
    expect(said(`${script} 2>&1`)).toMatch(text);
  });

  test.each<[string, string, object, RegExp]>([
    ['does not listen yet', 'sleep 30; httpd -f -p 8080', {}, /refused/],
    ['has ended and will be started again', 'sleep 1; exit 1', {}, /refused/],
    [
      'has ended for good, and whose address nobody has any more',
      'exit 0',
      { restartPolicy: 'Never' },
      /No route/,
    ],
    ['is stopped', 'httpd -p 8080; kill -STOP $(pidof httpd); sleep 1000', {}, /timed out/],
  ])('to a pod whose program %s fails', (_, script, spec, text) => {
    const server = podOf('server', script, { spec: { nodeName: 'node-1', ...spec } });
    const asking = 'sleep 12; wget -T 5 -qO- http://10.88.1.2:8080/ 2>&1; sleep 1000';
    const client = podOf('client', asking, { spec: { nodeName: 'node-2' } });
    const play = played([server, client], { until: 40_000, nodes: 2, settings });
    expect(logOf(play, 'client')).toMatch(text);
  });

  test('into silence lasts as long as the one who asks is willing to wait', () => {
    expect(said('date +%s; wget -T 5 -qO- http://192.0.2.1/ 2>&1; date +%s')).toMatch(/timed out/);
    const times = said('date +%s; wget -T 5 -qO- http://192.0.2.1/ 2>/dev/null; date +%s').match(/^\d+$/gm);
    expect(Number(times?.[1]) - Number(times?.[0])).toBe(5);
  });

  // Linux asks for a connection anew after 1, 3, 7 seconds and so on: the rule is there after five.
  test('into silence is sent again, and finds the way that has been made meanwhile', () => {
    const service = `
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { clusterIP: 10.96.0.50, selector: { run: web }, ports: [{ port: 80 }] }`;
    const scenario = `
apiVersion: kubereel.dev/v1
kind: Scenario
metadata: { name: late }
cluster: { presentImages: ["nginx:1.27", "busybox:1.36"] }
steps:
  - run: kubectl run web --image=nginx:1.27
  - run: kubectl run client --image=busybox:1.36 -- sh -c 'date +%s; wget -qO- http://10.96.0.50/ | grep title; date +%s; sleep 1000'
  - wait: 5s
  - run: kubectl apply -f service.yaml
  - wait: 8s
  - run: kubectl logs client
    expect: { output: { matches: "/^(\\\\d+)\\\\n<title>Welcome to nginx!</title>\\\\n\\\\d+\\\\n$/" } }`;
    const { log } = playToEnd(scenarioOf({ 'scenario.yaml': scenario, 'service.yaml': service }));
    expect(log.at(-1)?.event).toEqual({ type: 'ScenarioEnded', passed: true });
  });

  test('reaches a container of the same pod by localhost', () => {
    const pod = {
      ...web,
      spec: {
        containers: [
          ...web.spec.containers,
          {
            name: 'd',
            image: 'busybox:1.36',
            command: ['sh', '-c', 'sleep 3; wget -qO- localhost | grep title'],
          },
        ],
      },
    };
    expect(logOf(played([pod], { until: 20_000, settings }), 'web', 'd')).toContain('Welcome to nginx!');
  });
});
