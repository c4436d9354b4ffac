import { expect, test } from 'vitest';
import { playToEnd, scenarioOf } from '../support/play-scenario.ts';
import { storyOf } from './teller/story-lines.ts';

const WEB = `apiVersion: v1
kind: Pod
metadata: { name: web, labels: { app: web } }
spec:
  nodeName: node-1
  containers: [{ name: c, image: "shop:1.0" }]
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
`;

const HEAD = `apiVersion: kubereel.dev/v1
kind: Scenario
metadata: { name: tiny }
cluster: { nodes: 2, presentImages: ["shop:1.0"] }
images:
  shop:1.0:
    program: { startup: 100ms, listens: [{ port: 80, protocol: http, answers: [{ path: "*", status: 200, delay: 40ms }] }] }
`;

test('shares, latencies and figures of late are what they are, and nothing more is counted of others', () => {
  const text = `${HEAD}steps:
  - traffic: { client: early, to: "http://web/", rate: 20 }
  - run: kubectl apply -f web.yaml
  - wait: { until: { resource: { kind: Pod, status: { phase: Running } } }, timeout: 1m }
  - wait: 20s
  - run: "true"
    expect:
      - traffic: { client: early, last: 10s, lost: 0, answeredShare: { gte: 1 }, versionShares: { "1.0": { gte: 1 } } }
      - traffic: { client: early, answeredShare: { between: [0.5, 0.999] } }
      - traffic: { client: early, latency: { p50: { between: [40ms, 50ms] }, max: { lt: 100ms } } }
      - traffic: { client: early, latency: { p99: { lt: 40ms } } }
  - traffic: { client: other, to: "http://web/", rate: 20 }
  - wait: 3s
  - run: "true"
    expect: { traffic: { client: other, lost: 0 } }
`;
  const { log } = playToEnd(scenarioOf({ 'scenario.yaml': text, 'web.yaml': WEB }));
  const missed = storyOf(log).filter((line) => / missed /.test(line));
  expect(missed.map((line) => line.replace(/^\d+ /, '').split('\n')[0])).toEqual([
    expect.stringMatching(
      /^missed traffic early: latency\.p99 < "40ms" \| latency\.p99 is "4\dms", wanted < "40ms"/,
    ),
  ]);
  const counted = log.flatMap(({ event }) => (event.type === 'TrafficCounted' ? [event] : []));
  expect(counted.some(({ client, latencies }) => client === 'early' && latencies)).toBe(true);
  expect(counted.every(({ client, latencies }) => client === 'early' || !latencies)).toBe(true);
});
