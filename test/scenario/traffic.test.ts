import { describe, expect, test } from 'vitest';
import type { Event } from '../../src/cluster/contract/event.ts';
import type { TrafficNews } from '../../src/cluster/contract/traffic-rows.ts';
import { answeredIn, lostIn, NO_TRAFFIC, totalsAfter } from '../../src/cluster/world/traffic-totals.ts';
import type { Entry } from '../../src/kernel/log/entry.ts';
import { createTimeline } from '../../src/replay/timeline.ts';
import { why } from '../../src/replay/why.ts';
import { entryLine } from '../../src/report/entry-line.ts';
import { playedLog, playToEnd, scenarioOf } from '../support/play-scenario.ts';

type Log = readonly Entry<Event>[];

const WEB = `apiVersion: v1
kind: Pod
metadata: { name: web, labels: { app: web, track: blue } }
spec:
  nodeName: node-2
  containers: [{ name: nginx, image: "nginx:1.27", ports: [{ containerPort: 80 }] }]
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  type: NodePort
  selector: { app: web }
  ports: [{ port: 80, nodePort: 30080 }]
---
apiVersion: v1
kind: Pod
metadata: { name: probe }
spec:
  nodeName: node-1
  containers: [{ name: c, image: "busybox:1.36", command: [sleep, "10000"] }]
`;

/** A pod that serves, a service, and what a client's requests come to in two seconds. */
function playedWith(steps: string, before = ''): Log {
  const text = `apiVersion: kubereel.dev/v1
kind: Scenario
metadata: { name: tiny }
cluster: { nodes: 2, presentImages: ["nginx:1.27", "busybox:1.36"] }
steps:
  - run: kubectl apply -f web.yaml
  - wait: 4s
${before}${steps}`;
  return playToEnd(scenarioOf({ 'scenario.yaml': text, 'web.yaml': WEB })).log;
}

function newsIn(log: Log): readonly (TrafficNews & { readonly seq: number })[] {
  return log.flatMap(({ event, seq }) => (event.type === 'TrafficCounted' ? [{ ...event, seq }] : []));
}

function totalsIn(log: Log): string {
  const { answered, versions, losses } = newsIn(log).reduce(totalsAfter, NO_TRAFFIC);
  const lost = losses.map(({ outcome, count, because }) => `${outcome} ${count}: ${because}`);
  return [JSON.stringify(answered), JSON.stringify(versions), ...lost].join('; ');
}

describe('a client asks', () => {
  const IP = `  - run: kubectl get svc web -o jsonpath={.spec.clusterIP}
    capture: { ip: { line: "/.+/" } }
`;
  test.each`
    where                                          | what                                                     | became
    ${'by the name of a service'}                  | ${'to: "http://web/"'}                                   | ${'{"2xx":20}; {"1.27":20}'}
    ${'by its whole name'}                         | ${'to: "http://web.default.svc.cluster.local/"'}         | ${'{"2xx":20}; {"1.27":20}'}
    ${'for what is not there'}                     | ${'to: "http://web/nothing"'}                            | ${'{"4xx":20}; {"1.27":20}'}
    ${'from a pod'}                                | ${'to: "http://web/", from: { pod: probe }'}             | ${'{"2xx":20}; {"1.27":20}'}
    ${'and tells versions apart by a label'}       | ${'to: "http://web/", versions: { label: track }'}       | ${'{"2xx":20}; {"blue":20}'}
    ${'from outside, a port of a node'}            | ${'to: "http://node-1:30080/", from: outside'}           | ${'{"2xx":20}; {"1.27":20}'}
    ${'from a node, by address'}                   | ${`to: "http://\${ip}/", from: { node: node-1 }`}        | ${'{"2xx":20}; {"1.27":20}'}
    ${'from a node, which does not know the name'} | ${'to: "http://web/", from: { node: node-1 }'}           | ${'{}; {}; unresolved 20: there is no such name: web'}
    ${'from outside, where no way leads in'}       | ${`to: "http://\${ip}/", from: outside, timeout: 500ms`} | ${'{}; {}; timedOut 20: there is no way to that address from outside'}
    ${'a port where nobody listens'}               | ${'to: "http://web:81/", timeout: 500ms'}                | ${'{}; {}; timedOut 20: the rules of node-1 do not know that address'}
    ${'with connections that it keeps'}            | ${'to: "http://web/", keepAlive: 2'}                     | ${'{"2xx":20}; {"1.27":20}'}
    ${'from a pod that does not run'}              | ${'to: "http://web/", from: { pod: web-later }'}         | ${'{}; {}'}
  `('$where', ({ what, became }: Readonly<Record<string, string>>) => {
    const log = playedWith(
      `  - traffic: { client: shop, rate: 10, for: 2s, ${what} }\n  - wait: 4s\n  - run: "true"\n`,
      what?.includes('ip}') ? IP : '',
    );
    expect(totalsIn(log)).toBe(became);
  });
});

test('minutes of requests are few entries', () => {
  const log = playedWith('  - traffic: { client: shop, to: "http://web/", rate: 100 }\n  - wait: 5m\n');
  expect(totalsIn(log)).toBe('{"2xx":30000}; {"1.27":30000}');
  expect(newsIn(log).length).toBeLessThan(310);
  const coarse = playedWith(
    '  - traffic: { client: shop, to: "http://web/", rate: 100, window: 1m }\n  - wait: 5m\n',
  );
  expect(newsIn(coarse).length).toBeLessThan(10);
});

describe('lost requests', () => {
  const log = playedLog('rolling-update-without-readiness');
  const timeline = createTimeline(log);
  const lossy = newsIn(log).filter(({ losses }) => losses !== undefined);

  test('are, with those that are answered and under way, all that were sent, at any commit', () => {
    let totals = NO_TRAFFIC;
    for (const news of newsIn(log)) {
      totals = totalsAfter(totals, news);
      expect(answeredIn(totals) + lostIn(totals) + (news.inFlight ?? 0)).toBe(totals.sent);
    }
    expect(lostIn(totals)).toBeGreaterThan(100);
  });

  test('each name an entry that they were lost to, and that came before', () => {
    for (const { losses = [], seq } of lossy) {
      for (const { cause } of losses) {
        expect(cause).not.toBeNull();
        expect(cause ?? seq).toBeLessThan(seq);
      }
    }
  });

  test('lead to the pod that did not listen yet, and to whoever made it', () => {
    const early = lossy.find(({ losses }) => losses?.[0]?.because.endsWith('yet'));
    const [cause, ...causes] = [...why(timeline, early?.seq ?? 0)];
    const pod = early?.losses?.[0]?.pod;
    expect(cause?.event).toMatchObject({ type: 'ContainerStarted', pod });
    expect(linesOf(causes)).toContain('$ kubectl set image deployment/shop shop=shop:1.1');
  });

  test('lead to the pod that was going, and to why it went', () => {
    const late = lossy.find(({ losses }) => losses?.[0]?.because === 'it takes no more connections');
    const causes = [...why(timeline, late?.seq ?? 0)];
    expect(causes[0]?.event).toMatchObject({ type: 'ProcessAdvanced', pod: late?.losses?.[0]?.pod });
    const lines = linesOf(causes).join('\n');
    expect(lines).toMatch(/SIGTERM sent to container shop/);
    expect(lines).toMatch(/Pod shop-\S+: is to be deleted/);
    expect(lines).toMatch(/ReplicaSet shop-\S+: spec.replicas/);
  });

  function linesOf(entries: Log): string[] {
    return entries.map((entry) => entryLine(entry, timeline.worldAt(entry.seq)));
  }
});

describe('what is expected of traffic', () => {
  const judged = (log: Log): string[] =>
    log.flatMap(({ event }) => {
      if (event.type === 'ExpectationMet') return [`met ${event.what}`];
      if (event.type === 'ExpectationMissed') return [`missed ${event.what} | ${event.why.split('\n')[0]}`];
      return event.type === 'InvariantBroken' ? [`broken ${event.what} | ${event.why.split('\n')[0]}`] : [];
    });

  test('is judged as of the very moment, of all or of the step', () => {
    const log = playedWith(`  - traffic: { client: shop, to: "http://web/", rate: 10 }
  - wait: 1550ms
    expect: [{ traffic: { sent: 16, lost: 0 } }, { traffic: { versions: { "1.27": { gte: 15 }, "2": 0 } } }]
  - wait: 1s
    expect: [{ traffic: { since: step, answered: { lte: 11 } } }, { traffic: { answered: { lte: 11 } } }]
`);
    expect(judged(log)).toEqual([
      'met traffic: sent 16, lost 0',
      'met traffic: versions.2 0, versions.1.27 >= 15',
      'met traffic in this step: answered <= 11',
      'missed traffic: answered <= 11 | answered is 26, wanted <= 11',
    ]);
  });

  test('may be waited for, and must stay so where it stands under always', () => {
    const log = playedWith(`  - traffic: { client: shop, to: "http://web/", rate: 10 }
  - wait: { until: { traffic: { client: shop, answered: { gte: 20 } } }, timeout: 10s }
  - run: kubectl delete pod web
  - wait: 5s
  - traffic: { client: shop, stop: true }
always: [{ traffic: { client: shop, lost: 0 } }]
`);
    const [until, broken, ...rest] = judged(log);
    expect(until).toBe('met traffic shop: answered >= 20');
    expect(broken).toMatch(/^broken traffic shop: lost 0 \| lost is \d+, wanted 0$/);
    expect(rest).toEqual([]);
    const told = log.find(({ event }) => event.type === 'InvariantBroken');
    expect(log[(told?.cause ?? 0) - 1]?.event.type).toMatch(
      /ProcessAdvanced|ProxyRulesSynced|SandboxStopped/,
    );
  });
});
