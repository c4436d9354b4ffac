import { describe, expect, test } from 'vitest';
import type { Pod } from '../../../src/cluster/objects/kubernetes.ts';
import { checkPodResize } from '../../../src/cluster/objects/validation/pod/check-pod-resize.ts';
import { playToEnd, scenarioOf } from '../../support/play-scenario.ts';

const POD = `apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers:
  - name: web
    image: nginx:1.27
    resizePolicy: [{ resourceName: memory, restartPolicy: RestartContainer }]
    resources: { requests: { cpu: 100m, memory: 64Mi }, limits: { cpu: 200m, memory: 128Mi } }
`;

const resize = (resources: string): string =>
  `- run: kubectl patch pod web --subresource resize -p '{"spec":{"containers":[{"name":"web","resources":${resources}}]}}'`;

const status = (text: string): string =>
  `- expect: { resource: { kind: Pod, metadata: { name: web }, status: ${text} } }`;

/** Plays steps on a pod that runs. */
function play(steps: readonly string[], version = '1.36'): boolean {
  const scenario = `apiVersion: kubereel.dev/v1
kind: Scenario
metadata: { name: resized, title: { en: Resized } }
cluster: { nodes: 1, version: "${version}", presentImages: ["nginx:1.27"] }
steps:
- run: kubectl apply -f web.yaml
- run: kubectl wait pod/web --for=condition=Ready
${steps.join('\n')}
`;
  const { log } = playToEnd(scenarioOf({ 'scenario.yaml': scenario, 'web.yaml': POD }));
  const end = log.at(-1)?.event;
  return end?.type === 'ScenarioEnded' && end.passed;
}

describe('containers are given more or less', () => {
  test('of the processor at once, of memory with a restart where they ask for it', () => {
    const steps = [
      resize('{"limits":{"cpu":"400m"}}'),
      '- wait: 3s',
      status('{ containerStatuses: [{ restartCount: 0, resources: { limits: { cpu: 400m } } }] }'),
      resize('{"limits":{"memory":"256Mi"}}'),
      '- wait: 5s',
      status('{ containerStatuses: [{ restartCount: 1, resources: { limits: { memory: 256Mi } } }] }'),
      resize('{"requests":{"cpu":"90"},"limits":{"cpu":"90"}}'),
      '- wait: 3s',
      status('{ conditions: [{ type: PodResizePending, reason: Deferred }] }'),
      status('{ containerStatuses: [{ allocatedResources: { cpu: 100m } }] }'),
      resize('{"requests":{"cpu":"200m"},"limits":{"cpu":"400m"}}'),
      '- wait: 3s',
      status('{ containerStatuses: [{ allocatedResources: { cpu: 200m }, restartCount: 1 }] }'),
    ];
    expect(play(steps)).toBe(true);
  });

  test('what no node has is infeasible before 1.36, and nothing is resized before 1.33', () => {
    const tooMuch = resize('{"requests":{"cpu":"90"},"limits":{"cpu":"90"}}');
    expect(
      play(
        [tooMuch, '- wait: 3s', status('{ conditions: [{ type: PodResizePending, reason: Infeasible }] }')],
        '1.34',
      ),
    ).toBe(true);
    expect(play([`${tooMuch}\n  expect: { exitCode: 1 }`], '1.32')).toBe(true);
  });
});

const pod = (resources: object, more: object = {}): Pod =>
  ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', namespace: 'default', uid: 'u', resourceVersion: '1' },
    spec: {
      restartPolicy: 'Always',
      dnsPolicy: 'ClusterFirst',
      terminationGracePeriodSeconds: 30,
      containers: [
        {
          name: 'web',
          image: 'nginx',
          imagePullPolicy: 'Always',
          terminationMessagePolicy: 'File',
          resources,
          ...more,
        },
      ],
    },
  }) as unknown as Pod;

const BURSTABLE = { requests: { cpu: '100m' }, limits: { cpu: '200m' } };

test.each<[why: string, after: Pod, problem: string | undefined]>([
  ['more is fine', pod({ requests: { cpu: '150m' }, limits: { cpu: '300m' } }), undefined],
  ['a limit may not go', pod({ requests: { cpu: '100m' } }), 'resource limits cannot be removed'],
  [
    'the class of service stays',
    pod({ requests: { cpu: '1', memory: '1Gi' }, limits: { cpu: '1', memory: '1Gi' } }),
    'Pod QOS Class may not change as a result of resizing',
  ],
  [
    'nothing else may change',
    pod(BURSTABLE, { image: 'httpd' }),
    'only cpu and memory resources are mutable',
  ],
])('%s', (_why, after, problem) => {
  const details = checkPodResize(after, pod(BURSTABLE)).map(({ detail }) => detail);
  expect(details).toEqual(problem === undefined ? [] : [problem]);
});
