import { expect, test } from 'vitest';
import {
  autoscalerAsFirst,
  autoscalerAsStored,
} from '../../../src/cluster/apiserver/decode/autoscaler-version.ts';

const cpu = {
  type: 'Resource',
  resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 60 } },
};
const others = [
  { type: 'Resource', resource: { name: 'memory', target: { type: 'AverageValue', averageValue: '1Gi' } } },
  { type: 'Pods', pods: { metric: { name: 'hits' }, target: { type: 'AverageValue', averageValue: '5' } } },
  {
    type: 'Object',
    object: {
      describedObject: { kind: 'Ingress', name: 'web' },
      metric: { name: 'requests', selector: { matchLabels: { a: 'b' } } },
      target: { type: 'Value', value: '10k' },
    },
  },
  { type: 'External', external: { metric: { name: 'queue' }, target: { type: 'Value', value: '30' } } },
];
const base = { maxReplicas: 5, scaleTargetRef: { kind: 'Deployment', name: 'web' } };
const autoscaler = {
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: { name: 'web' },
  spec: { ...base, metrics: [...others, cpu], behavior: { scaleDown: { selectPolicy: 'Max' } } },
  status: {
    desiredReplicas: 2,
    currentMetrics: [{ type: 'Resource', resource: { name: 'cpu', current: { averageUtilization: 7 } } }],
    conditions: [{ type: 'AbleToScale', status: 'True' }],
  },
};

test('the first version has a field for processors, and annotations for all else', () => {
  const { metadata, ...first } = autoscalerAsFirst(autoscaler);
  expect(first).toEqual({
    apiVersion: 'autoscaling/v1',
    kind: 'HorizontalPodAutoscaler',
    spec: { ...base, targetCPUUtilizationPercentage: 60 },
    status: { desiredReplicas: 2, currentCPUUtilizationPercentage: 7 },
  });
  const notes = metadata.annotations ?? {};
  expect(JSON.parse(notes['autoscaling.alpha.kubernetes.io/metrics'] ?? '')).toEqual([
    { type: 'Resource', resource: { name: 'memory', targetAverageValue: '1Gi' } },
    { type: 'Pods', pods: { metricName: 'hits', targetAverageValue: '5' } },
    {
      type: 'Object',
      object: {
        target: { kind: 'Ingress', name: 'web' },
        metricName: 'requests',
        selector: { matchLabels: { a: 'b' } },
        targetValue: '10k',
      },
    },
    { type: 'External', external: { metricName: 'queue', targetValue: '30' } },
  ]);
});

test('what it shows means the same when it comes back', () => {
  const { spec, metadata } = autoscalerAsStored(autoscalerAsFirst(autoscaler)) as typeof autoscaler;
  expect(spec).toEqual(autoscaler.spec);
  expect(metadata).toEqual({ name: 'web' });
});
