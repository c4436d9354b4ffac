import { describe, expect, test } from 'vitest';
import { playToEnd, scenarioOf } from '../../../support/play-scenario.ts';

const MANIFEST = `
apiVersion: v1
kind: Pod
metadata: { name: web, labels: { app: web } }
spec: { nodeName: node-1, containers: [{ name: c, image: nginx }] }
---
apiVersion: v1
kind: Pod
metadata: { name: client, labels: { app: client } }
spec: { nodeName: node-2, containers: [{ name: c, image: 'curlimages/curl:8.5.0', command: [sleep, infinity] }] }
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
`;
const policyOf = (spec: object): string =>
  JSON.stringify({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'p' },
    spec,
  });

function play(spec: object, ...steps: readonly object[]) {
  return playIn({}, spec, steps);
}

function playIn(addons: object, spec: object, steps: readonly object[]) {
  const document = {
    apiVersion: 'kubereel.dev/v1',
    kind: 'Scenario',
    metadata: { name: 'policies', title: 'Policies' },
    cluster: { nodes: 2, addons },
    steps: [
      { run: 'kubectl apply -f pods.yaml' },
      { run: 'kubectl wait --for=condition=Ready pod --all' },
      { wait: '2s' },
      ...steps,
    ],
  };
  const files = {
    'scenario.yaml': JSON.stringify(document),
    'pods.yaml': MANIFEST,
    'p.yaml': policyOf(spec),
  };
  const { log } = playToEnd(scenarioOf(files));
  const said = log.flatMap(({ event }) =>
    event.type === 'CommandPrinted' ? [`${event.stdout ?? ''}${event.stderr ?? ''}`] : [],
  );
  return { log, said: said.join('') };
}

const apply = { run: 'kubectl apply -f p.yaml' };
const ask = (line: string) => ({ run: `kubectl exec client -- ${line}`, expect: { exitCode: 28 } });

describe('a policy that lets nothing', () => {
  test('in meets connections with silence, for as long as who asks is patient', () => {
    const { said, log } = play({ podSelector: {} }, apply, { wait: '1s' }, ask('curl -sS -m 3 http://web'));
    expect(said).toContain('curl: (28) Connection timed out after 3000 milliseconds\n');
    const dropped = log.filter(({ event }) => event.type === 'RequestDropped');
    expect(dropped.map(({ event }) => 'dropped' in event && event.dropped)).toMatchObject([
      { direction: 'Ingress', node: 'node-1', policies: ['default/p'] },
    ]);
    const [first] = dropped;
    expect(log[(first?.cause ?? 0) - 1]?.event.type).toBe('RequestSent');
  });

  test('out keeps names from being known', () => {
    const spec = { podSelector: {}, policyTypes: ['Egress'] };
    const { said } = play(spec, apply, { wait: '1s' }, ask('curl -sS -m 3 http://web'), {
      run: 'kubectl exec client -- curl -sS http://web',
      expect: { exitCode: 6 },
    });
    expect(said).toContain('curl: (28) Resolving timed out after 3000 milliseconds\n');
    expect(said).toContain('curl: (6) Could not resolve host: web\n');
  });

  test('is told of where requests of a client are lost', () => {
    const traffic = (client: string, keepAlive: number) => ({
      traffic: {
        client,
        to: 'http://web/',
        from: { pod: 'client' },
        rate: 10,
        timeout: '1s',
        ...(keepAlive && { keepAlive }),
      },
    });
    const { log } = play({ podSelector: {} }, traffic('new', 0), traffic('kept', 2), { wait: '2s' }, apply, {
      wait: '4s',
    });
    const losses = log.flatMap(({ event }) =>
      event.type === 'TrafficCounted'
        ? (event.losses ?? []).map((loss) => ({ ...loss, client: event.client }))
        : [],
    );
    expect(losses.length).toBeGreaterThan(0);
    for (const { client, outcome, because, cause } of losses) {
      expect({ client, outcome, because }).toEqual({
        client: 'new',
        outcome: 'timedOut',
        because: 'NetworkPolicy default/p selects default/web and does not let it come in',
      });
      expect(log[(cause ?? 0) - 1]?.event.type).toBe('PoliciesSynced');
    }
  });
});

test('a network plugin that knows nothing of policies lets everything through', () => {
  const ask = { run: 'kubectl exec client -- curl -s -o /dev/null -w %{http_code} -m 3 http://web' };
  const { said } = playIn({ networkPolicy: false }, { podSelector: {} }, [apply, { wait: '1s' }, ask]);
  expect(said).toContain('networkpolicy.networking.k8s.io/p created\n200');
});
