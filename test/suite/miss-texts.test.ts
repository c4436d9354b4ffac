import { beforeAll, describe, expect, test } from 'vitest';
import { HOUR } from '../../src/kernel/time/millis.ts';
import { failureLines } from '../../src/suite/failure-text.ts';
import { runCase } from '../../src/suite/run-case.ts';
import { wordsIn } from '../../src/words/words-in.ts';
import { scenarioOf } from '../support/play-scenario.ts';

/** A pod that writes two lines, runs for ten seconds, and fails. */
const POD = `apiVersion: v1
kind: Pod
metadata: { name: web, labels: { app: web } }
spec:
  restartPolicy: Never
  containers:
    - name: c
      image: busybox:1.36
      command: [sh, -c, "echo starting; echo ready; sleep 10; echo bye; exit 3"]
`;

/** One expectation of each kind, each of which is missed. */
const EXPECTATIONS = {
  resource: '{ resource: { kind: Pod, metadata: { name: web }, status: { phase: Running } } }',
  absent: '{ absent: true, resource: { kind: Pod, metadata: { name: web } } }',
  count: '{ count: { between: [2, 3] }, resource: { kind: Pod }, selector: app=web }',
  jsonpath:
    '{ resource: { kind: Pod, metadata: { name: web } }, jsonpath: { "{.status.containerStatuses[0].state.terminated.exitCode}": { lt: 3 } } }',
  output: '{ output: { contains: Succeeded } }',
  exitCode: '{ of: shown, exitCode: 1 }',
  event: '{ event: { reason: Started, object: { name: web }, count: { gte: 2 } } }',
  logs: '{ logs: { pod: web, order: [ready, starting] } }',
  previous: '{ logs: { pod: web, previous: true, contains: bye } }',
  captured: '{ captured: { shown: { gt: 3 } } }',
  traffic: '{ traffic: { lost: 0 } }',
  within: '{ within: 5s, resource: { kind: Pod, metadata: { name: web }, status: { phase: Running } } }',
  for: '{ for: 5s, absent: true, resource: { kind: ConfigMap, metadata: { name: kube-root-ca.crt } } }',
  until: '{ until: { event: { reason: Killing } }, resource: { kind: Pod, status: { phase: Running } } }',
} as const;

const WATCHES = {
  always: '{ resource: { kind: Pod, metadata: { name: web }, status: { phase: Running } } }',
  never: '{ logs: { pod: web, contains: bye } }',
  eventually: '{ resource: { kind: Pod, metadata: { name: web }, status: { phase: Succeeded } } }',
} as const;

const texts = new Map<string, string>();

beforeAll(() => {
  const expected = Object.values(EXPECTATIONS).map((each) => `      - ${each}\n`);
  const watched = Object.entries(WATCHES).map(([form, each]) => `${form}: [${each}]\n`);
  const text = `apiVersion: kubereel.dev/v1
kind: Scenario
metadata: { name: tiny }
cluster: { nodes: 1, presentImages: ["busybox:1.36"] }
steps:
  - run: kubectl apply -f pod.yaml
  - traffic: { client: shop, to: "http://web/", rate: 1, for: 3s }
  - wait: 20s
  - run: kubectl get pod web
    capture: { shown: { jsonpath: "{.status.startTime}", resource: { kind: Pod, metadata: { name: web } } } }
    expect:
${expected.join('')}${watched.join('')}`;
  const of = { name: 'tiny', path: 'shop/scenario.yaml', tags: [] };
  const scenario = scenarioOf({ 'scenario.yaml': text, 'pod.yaml': POD });
  const { failures } = runCase(of, scenario, { language: 'en', timeoutMs: HOUR }).result;
  const words = wordsIn('en').suite;
  for (const failure of failures) {
    const key = (failure.place ?? []).join('.');
    texts.set(key, failureLines(failure, words).join('\n'));
  }
});

describe('what was missed says what was wanted and found, since when, why, and how to look at it', () => {
  test.each([
    ...Object.keys(EXPECTATIONS).map((kind, index) => [kind, `steps.3.expect.${index}`]),
    ...Object.keys(WATCHES).map((form) => [form, `${form}.0`]),
  ])('%s', (_, place) => {
    expect(texts.get(place ?? '')).toMatchSnapshot();
  });

  test('and nothing else was missed', () => {
    expect(texts.size).toBe(Object.keys(EXPECTATIONS).length + Object.keys(WATCHES).length);
  });
});
