import { expect, test } from 'vitest';
import type { HealthCode } from '../../../src/cluster/gitops/application.ts';
import { healthOf, worseOf } from '../../../src/cluster/gitops/health-of.ts';
import type { KubeObject } from '../../../src/cluster/objects/kube-object.ts';

const of = (kind: string, fields: object, generation = 1): KubeObject =>
  ({ apiVersion: 'v1', kind, metadata: { name: 'web', generation }, ...fields }) as KubeObject;
const deployment = (status: object, spec: object = { replicas: 3 }) =>
  of('Deployment', { spec, status: { observedGeneration: 1, ...status } });
const pod = (status: object, restartPolicy = 'Always') =>
  of('Pod', { spec: { restartPolicy, containers: [] }, status });

test.each<readonly [KubeObject, string]>([
  [of('ConfigMap', {}), ''],
  [deployment({ updatedReplicas: 3, replicas: 3, availableReplicas: 3 }), 'Healthy'],
  [
    deployment({ updatedReplicas: 1 }),
    'Progressing Waiting for rollout to finish: 1 out of 3 new replicas have been updated...',
  ],
  [
    deployment({ updatedReplicas: 3, replicas: 4 }),
    'Progressing Waiting for rollout to finish: 1 old replicas are pending termination...',
  ],
  [
    deployment({ updatedReplicas: 3, replicas: 3, availableReplicas: 2 }),
    'Progressing Waiting for rollout to finish: 2 of 3 updated replicas are available...',
  ],
  [
    deployment({
      conditions: [{ type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded' }],
    }),
    'Degraded Deployment "web" exceeded its progress deadline',
  ],
  [deployment({}, { replicas: 3, paused: true }), 'Suspended Deployment is paused'],
  [
    of('Deployment', { spec: {}, status: { observedGeneration: 1 } }, 2),
    'Progressing Waiting for rollout to finish: observed deployment generation less than desired generation',
  ],
  [of('Job', { status: {} }), 'Progressing'],
  [of('Job', { status: { conditions: [{ type: 'Complete', status: 'True' }] } }), 'Healthy'],
  [of('Job', { status: { conditions: [{ type: 'Failed', message: 'no' }] } }), 'Degraded no'],
  [pod({ phase: 'Pending' }), 'Progressing'],
  [pod({ phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] }), 'Healthy'],
  [
    pod({
      phase: 'Running',
      containerStatuses: [{ state: { waiting: { reason: 'CrashLoopBackOff', message: 'back-off' } } }],
    }),
    'Degraded back-off',
  ],
  [pod({ phase: 'Running' }, 'Never'), 'Progressing'],
  [pod({ phase: 'Succeeded' }, 'Never'), 'Healthy'],
  [of('PersistentVolumeClaim', { status: { phase: 'Pending' } }), 'Progressing'],
  [of('Service', { spec: { type: 'LoadBalancer' } }), 'Progressing'],
  [of('Service', { spec: {} }), 'Healthy'],
  [
    { ...of('Service', {}), metadata: { name: 'web', deletionTimestamp: '2026-01-01T00:00:00Z' } },
    'Progressing Pending deletion',
  ],
])('%j is %s', (object, health) => {
  const { status = '', message = '' } = healthOf(object) ?? {};
  expect(`${status} ${message}`.trim()).toBe(health);
});

test('the worst of many counts', () => {
  const healths: readonly HealthCode[] = ['Healthy', 'Progressing', 'Missing', 'Degraded', 'Suspended'];
  expect(healths.reduce(worseOf)).toBe('Degraded');
});
