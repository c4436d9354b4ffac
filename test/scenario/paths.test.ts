import { describe, expect, test } from 'vitest';
import type { Event } from '../../src/cluster/contract/event.ts';
import type { Entry } from '../../src/kernel/log/entry.ts';
import type { Scenario } from '../../src/scenario/scenario.ts';
import { playToEnd, scenarioOf } from '../support/play-scenario.ts';
import { expectSameTail } from '../support/same-tail.ts';
import { storyOf } from './teller/story-lines.ts';

const PODS = ['web', 'client']
  .map(
    (name) => `apiVersion: v1
kind: Pod
metadata: { name: ${name}, labels: { app: ${name} } }
spec:
  containers:
    - name: c
      image: "nginx:1.27"
      readinessProbe: { httpGet: { path: /, port: 80 }, periodSeconds: 2 }
`,
  )
  .join('---\n');
const SERVICE = `---
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
`;

function played(steps: string): readonly Entry<Event>[] {
  return playedAs(steps).log;
}

function playedAs(steps: string): { readonly scenario: Scenario; readonly log: readonly Entry<Event>[] } {
  const text = `apiVersion: kubereel.dev/v1
kind: Scenario
metadata: { name: tiny }
cluster: { nodes: 2, presentImages: ["nginx:1.27"] }
steps:
  - run: kubectl apply -f pods.yaml
  - expect: { count: 2, resource: { kind: Pod, status: { conditions: [{ type: Ready, status: "True" }] } }, within: 1m }
  - traffic: { client: shop, to: "http://web/", rate: 10, from: { pod: client }, timeout: 2s }
  - traffic: { client: kept, to: "http://web/", rate: 10, from: { pod: client }, timeout: 2s, keepAlive: 1 }
  - wait: 2s
${steps}`;
  const scenario = scenarioOf({ 'scenario.yaml': text, 'pods.yaml': PODS + SERVICE });
  return { scenario, log: playToEnd(scenario).log };
}

function missed(log: readonly Entry<Event>[]): string[] {
  return storyOf(log).filter((line) => / (?:missed|broken) /.test(line));
}

const losing = (client: string): string => `{ traffic: { client: ${client}, lost: { gt: 5 } } }`;

describe('a path', () => {
  test('that is cut between two lets nothing through, of open connections neither, and is whole after its time', () => {
    const log = played(`  - fault: { cut: path, between: [pods/app=client, pods/app=web], for: 8s }
  - wait: 3s
  - expect: [${losing('shop')}, ${losing('kept')}]
  - run: kubectl exec client -- curl -s -m 1 http://web/
    expect: { exitCode: 28 }
  - wait: 10s
  - traffic: { client: shop, stop: true }
  - traffic: { client: after, to: "http://web/", rate: 10, from: { pod: client }, for: 5s }
  - wait: 6s
  - expect: { traffic: { client: after, lost: 0, answered: 50 } }
`);
    expect(missed(log)).toEqual([]);
    const ready = log.flatMap(({ event }) => ('set' in event ? Object.keys(event.set ?? {}) : []));
    expect(ready).not.toContain('/status/conditions/2/status False');
  });

  test('that is slow in one direction is felt by requests twice, and by open connections once', () => {
    const log = played(`  - traffic: { client: shop, stop: true }
  - traffic: { client: kept, stop: true }
  - fault: { slow: path, by: 100ms, to: pods/app=web }
  - traffic: { client: new, to: "http://web/", rate: 10, from: { pod: client }, for: 5s }
  - traffic: { client: open, to: "http://web/", rate: 10, from: { pod: client }, for: 5s, keepAlive: 1 }
  - wait: 6s
  - expect: { traffic: { client: new, lost: 0, latency: { p50: { between: [200ms, 220ms] } } } }
  - expect: { traffic: { client: open, lost: 0, latency: { p50: { between: [100ms, 120ms] } } } }
`);
    expect(missed(log)).toEqual([]);
  });

  test('that loses packets costs time more often than answers', () => {
    const log = played(`  - traffic: { client: shop, stop: true }
  - fault: { lose: packets, share: 10%, between: [pods/app=client, pods/app=web] }
  - traffic: { client: new, to: "http://web/", rate: 20, from: { pod: client }, timeout: 30s, for: 10s }
  - wait: 45s
  - expect:
      traffic: { client: new, lost: 0, latency: { p50: { lt: 30ms }, p90: { gte: 800ms } } }
`);
    expect(missed(log)).toEqual([]);
  });

  test('that is slow from anybody makes probes time out, and the pod unready', () => {
    const log = played(`  - fault: { slow: path, by: 600ms, to: pods/app=web }
  - expect:
      within: 20s
      event: { reason: Unhealthy, message: { contains: context deadline exceeded } }
  - expect:
      within: 20s
      resource: { kind: Pod, metadata: { name: web }, status: { conditions: [{ type: Ready, status: "False" }] } }
  - expect: { resource: { kind: Pod, metadata: { name: client }, status: { conditions: [{ type: Ready, status: "True" }] } } }
  - fault: { mend: path }
  - expect:
      within: 20s
      resource: { kind: Pod, metadata: { name: web }, status: { conditions: [{ type: Ready, status: "True" }] } }
`);
    expect(missed(log)).toEqual([]);
  });

  test('is forked as it was, in the middle of it', () => {
    const { scenario, log } = playedAs(`  - fault: { lose: packets, share: 50%, to: pods/app=web, for: 5s }
  - wait: 10s
`);
    const lines = log.map((entry) => JSON.stringify(entry));
    const stops = log.filter(({ more, at }) => !more && at > 0).map(({ seq }) => seq);
    for (const part of [0.5, 0.7, 0.8, 0.9])
      expectSameTail({ scenario, log, lines, stop: stops[Math.floor(stops.length * part)] ?? 0 });
  });
});
