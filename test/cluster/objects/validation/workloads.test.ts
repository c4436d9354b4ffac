import { describe, expect, test } from 'vitest';
import { createErrors } from './new-objects.ts';
import { cronSpec, templateOf, workloadOf } from './workload-objects.ts';

const LABELS =
  'spec.template.metadata.labels: Invalid value: {"app":"web"}: `selector` does not match template `labels`';

describe('a new object is refused', () => {
  test.each<[kind: string, spec: object, errors: readonly string[]]>([
    ['Deployment', {}, []],
    [
      'Deployment',
      { replicas: -1 },
      ['spec.replicas: Invalid value: -1: must be greater than or equal to 0'],
    ],
    ['Deployment', { selector: { matchLabels: { app: 'db' } } }, [LABELS]],
    ['Deployment', { selector: undefined }, ['spec.selector: Required value', LABELS]],
    [
      'Deployment',
      { selector: {} },
      ['spec.selector: Invalid value: {}: empty selector is invalid for deployment'],
    ],
    [
      'Deployment',
      { template: templateOf({ restartPolicy: 'Never' }) },
      ['spec.template.spec.restartPolicy: Unsupported value: "Never": supported values: "Always"'],
    ],
    [
      'Deployment',
      { template: templateOf({ containers: [] }) },
      ['spec.template.spec.containers: Required value'],
    ],
    [
      'Deployment',
      { strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 0, maxUnavailable: '0%' } } },
      ['spec.strategy.rollingUpdate.maxUnavailable: Invalid value: "0%": may not be 0 when `maxSurge` is 0'],
    ],
    [
      'Deployment',
      { strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: '150%' } } },
      ['spec.strategy.rollingUpdate.maxUnavailable: Invalid value: "150%": must not be greater than 100%'],
    ],
    [
      'Deployment',
      { strategy: { type: 'Recreate', rollingUpdate: { maxSurge: 1 } } },
      ["spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy `type` is 'Recreate'"],
    ],
    [
      'Deployment',
      { progressDeadlineSeconds: 10, minReadySeconds: 10 },
      ['spec.progressDeadlineSeconds: Invalid value: 10: must be greater than minReadySeconds'],
    ],
    [
      'ReplicaSet',
      { minReadySeconds: -2 },
      ['spec.minReadySeconds: Invalid value: -2: must be greater than or equal to 0'],
    ],
    [
      'DaemonSet',
      { selector: {} },
      ['spec.selector: Invalid value: {}: empty selector is invalid for daemonset'],
    ],
    [
      'DaemonSet',
      { updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 0 } } },
      ['spec.updateStrategy.rollingUpdate.maxUnavailable: Required value: cannot be 0 when maxSurge is 0'],
    ],
    [
      'DaemonSet',
      { updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1, maxSurge: '10%' } } },
      [
        'spec.updateStrategy.rollingUpdate.maxSurge: Invalid value: "10%": may not be set when maxUnavailable is non-zero',
      ],
    ],
    ['StatefulSet', { serviceName: 'db' }, []],
    [
      'StatefulSet',
      { podManagementPolicy: 'Random' },
      ["spec.podManagementPolicy: Invalid value: \"Random\": must be 'OrderedReady' or 'Parallel'"],
    ],
    [
      'StatefulSet',
      { ordinals: { start: -1 } },
      ['spec.ordinals.start: Invalid value: -1: must be greater than or equal to 0'],
    ],
    [
      'StatefulSet',
      { persistentVolumeClaimRetentionPolicy: { whenScaled: 'Keep' } },
      [
        'spec.persistentVolumeClaimRetentionPolicy.whenScaled: Unsupported value: "Keep": supported values: "Retain", "Delete"',
      ],
    ],
    [
      'StatefulSet',
      {
        template: templateOf({
          containers: [{ name: 'c', image: 'x', volumeMounts: [{ name: 'data', mountPath: '/d' }] }],
        }),
      },
      ['spec.template.spec.containers[0].volumeMounts[0].name: Not found: "data"'],
    ],
    ['Job', {}, []],
    ['Job', { parallelism: -1 }, ['spec.parallelism: Invalid value: -1: must be greater than or equal to 0']],
    [
      'Job',
      { template: templateOf() },
      ['spec.template.spec.restartPolicy: Required value: valid values: "OnFailure", "Never"'],
    ],
    [
      'Job',
      { completionMode: 'Indexed', parallelism: 2 },
      ['spec.completions: Required value: when completion mode is Indexed'],
    ],
    [
      'Job',
      { backoffLimitPerIndex: 1 },
      ['spec.backoffLimitPerIndex: Invalid value: 1: requires indexed completion mode'],
    ],
    [
      'Job',
      { podFailurePolicy: { rules: [{ action: 'FailJob', onExitCodes: { operator: 'In', values: [0] } }] } },
      [
        'spec.podFailurePolicy.rules[0].onExitCodes.values[0]: Invalid value: 0: must not be 0 for the In operator',
      ],
    ],
    [
      'Job',
      { podFailurePolicy: { rules: [{ action: 'Ignore' }] } },
      [
        'spec.podFailurePolicy.rules[0]: Invalid value: specifying one of OnExitCodes and OnPodConditions is required',
      ],
    ],
    ['CronJob', {}, []],
    [
      'CronJob',
      { schedule: 'bad' },
      ['spec.schedule: Invalid value: "bad": expected exactly 5 fields, found 1: [bad]'],
    ],
    [
      'CronJob',
      { schedule: '61 * * * *' },
      ['spec.schedule: Invalid value: "61 * * * *": end of range (61) above maximum (59): 61'],
    ],
    [
      'CronJob',
      { schedule: 'TZ=UTC * * * * *' },
      [
        'spec.schedule: Invalid value: "TZ=UTC * * * * *": cannot use TZ or CRON_TZ in schedule, use timeZone field instead',
      ],
    ],
    [
      'CronJob',
      { concurrencyPolicy: 'Never' },
      ['spec.concurrencyPolicy: Unsupported value: "Never": supported values: "Allow", "Forbid", "Replace"'],
    ],
    [
      'CronJob',
      cronSpec({ template: templateOf() }),
      [
        'spec.jobTemplate.spec.template.spec.restartPolicy: Required value: valid values: "OnFailure", "Never"',
      ],
    ],
  ])('%s with %j', (kind, spec, errors) => {
    expect(createErrors(workloadOf(kind, spec))).toEqual(errors);
  });

  test('a CronJob whose Jobs would have too long a name', () => {
    const name = 'a'.repeat(53);
    expect(createErrors(workloadOf('CronJob', {}, name))).toEqual([
      `metadata.name: Invalid value: "${name}": must be no more than 52 characters`,
    ]);
  });

  test('unless the claims of a StatefulSet are the volumes that it mounts', () => {
    const mounting = templateOf({
      containers: [{ name: 'c', image: 'x', volumeMounts: [{ name: 'data', mountPath: '/d' }] }],
    });
    const claim = { metadata: { name: 'data' }, spec: { accessModes: ['ReadWriteOnce'] } };
    expect(
      createErrors(workloadOf('StatefulSet', { template: mounting, volumeClaimTemplates: [claim] })),
    ).toEqual([]);
  });
});
