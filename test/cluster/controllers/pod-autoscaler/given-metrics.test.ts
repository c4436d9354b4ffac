import { describe, expect, test } from 'vitest';
import { rowReader } from '../../../../src/cluster/world/readers.ts';
import { playToEnd, scenarioOf } from '../../../support/play-scenario.ts';

const deployment = (name: string): string => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec: { replicas: 2, selector: { matchLabels: { app: ${name} } }, template: { metadata: { labels: { app: ${name} } }, spec: { containers: [{ name: c, image: "busybox:1.36", command: [sleep, infinity] }] } } }
---
`;
const autoscaler = (name: string, metric: string): string => `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: ${name} }
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: ${name} }
  minReplicas: 1
  maxReplicas: 20
  metrics: [${metric}]
---
`;
const object = (target: string): string =>
  `{ type: Object, object: { metric: { name: rps }, describedObject: { apiVersion: v1, kind: Service, name: s }, target: ${target} } }`;
const external = (target: string): string =>
  `{ type: External, external: { metric: { name: queue }, target: ${target} } }`;
const pods = (name: string): string =>
  `{ type: Pods, pods: { metric: { name: ${name} }, target: { type: AverageValue, averageValue: 100 } } }`;

const CASES: readonly (readonly [name: string, metric: string])[] = [
  ['external-average', external('{ type: AverageValue, averageValue: 30 }')],
  ['external-value', external('{ type: Value, value: 100 }')],
  ['object-average', object('{ type: AverageValue, averageValue: 50 }')],
  ['object-value', object('{ type: Value, value: 100 }')],
  ['pods-each', pods('each')],
  ['pods-share', pods('share')],
  ['nobody', pods('unheard-of')],
];

describe('metrics that a scenario tells', () => {
  const show = 'kubectl get hpa --no-headers | tr -s " " | cut -d" " -f1,3- | sed "s/ [^ ]*$//"';
  const scenario = scenarioOf({
    'a.yaml': CASES.map(([name, metric]) => deployment(name) + autoscaler(name, metric)).join(''),
    'scenario.yaml': JSON.stringify({
      apiVersion: 'kubereel.dev/v1',
      kind: 'Scenario',
      metadata: { name: 'metrics' },
      cluster: {
        nodes: 2,
        metrics: {
          queue: {
            values: [
              { at: '0s', value: 60 },
              { at: '60s', value: 150 },
            ],
          },
          rps: 150,
          each: '150',
          share: { values: [{ at: '0s', value: 350 }], shared: true },
        },
      },
      steps: [
        { run: 'kubectl apply -f a.yaml' },
        { wait: '50s' },
        { run: show },
        { wait: '90s' },
        { run: show },
      ],
    }),
  });
  const { run } = playToEnd(scenario);
  const rows = rowReader({ tables: run.world.store.tables, seq: run.world.seq });
  const linesOf = (step: string): string[] => rows.row('commands', step)?.stdout.trim().split('\n') ?? [];

  test('decide how many pods there are', () => {
    expect(linesOf('step-3')).toEqual([
      'external-average 30/30 (avg) 1 20 2',
      'external-value 60/100 1 20 2',
      'nobody <unknown>/100 1 20 2',
      'object-average 50/50 (avg) 1 20 3',
      'object-value 150/100 1 20 5',
      'pods-each 150/100 1 20 5',
      'pods-share 87500m/100 1 20 4',
    ]);
  });

  test('and are worth something else later', () => {
    const later = linesOf('step-5');
    expect(later[0]).toBe('external-average 30/30 (avg) 1 20 5');
    // One number for all asks for more as long as it is above the target.
    expect(Number(later[1]?.split(' ').at(-1))).toBeGreaterThan(2);
  });
});
