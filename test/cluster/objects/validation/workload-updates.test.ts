import { describe, expect, test } from 'vitest';
import { formatFieldError } from '../../../../src/cluster/objects/validation/field-error.ts';
import { validateUpdate } from '../../../../src/cluster/objects/validation/validate-object.ts';
import { updateErrors } from './new-objects.ts';
import { templateOf, workloadOf } from './workload-objects.ts';

describe('a change is refused', () => {
  const forbidden =
    'spec: Forbidden: updates to statefulset spec for fields other than ' +
    "'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden";

  test.each<[kind: string, from: object, to: object, errors: readonly string[]]>([
    ['Deployment', { replicas: 1 }, { replicas: 3 }, []],
    [
      'Deployment',
      {},
      { selector: { matchLabels: { app: 'db' } }, template: templateOf({}, { app: 'db' }) },
      ['spec.selector: Invalid value: {"matchLabels":{"app":"db"}}: field is immutable'],
    ],
    [
      'DaemonSet',
      {},
      { selector: { matchLabels: { app: 'db' } }, template: templateOf({}, { app: 'db' }) },
      ['spec.selector: Invalid value: {"matchLabels":{"app":"db"}}: field is immutable'],
    ],
    ['StatefulSet', { serviceName: 'a' }, { serviceName: 'b' }, [forbidden]],
    ['StatefulSet', {}, { podManagementPolicy: 'Parallel' }, [forbidden]],
    [
      'StatefulSet',
      {},
      { replicas: 9, minReadySeconds: 4, ordinals: { start: 3 }, revisionHistoryLimit: 2 },
      [],
    ],
    ['Job', {}, { completions: 4 }, ['spec.completions: Invalid value: 4: field is immutable']],
    ['Job', { completions: 1, parallelism: 1 }, { completions: 1, parallelism: 4 }, []],
    [
      'Job',
      { completionMode: 'Indexed', completions: 2, parallelism: 2 },
      { completionMode: 'Indexed', completions: 3, parallelism: 3 },
      [],
    ],
    [
      'Job',
      { completionMode: 'Indexed', completions: 2, parallelism: 2 },
      { completionMode: 'Indexed', completions: 3, parallelism: 2 },
      ['spec.completions: Invalid value: 3: can only be modified in tandem with spec.parallelism'],
    ],
  ])('of a %s from %j to %j', (kind, from, to, errors) => {
    expect(updateErrors(workloadOf(kind, to), workloadOf(kind, from))).toEqual(errors);
  });

  test('of a Job that runs, in its template', () => {
    const other = {
      template: templateOf({ restartPolicy: 'Never', containers: [{ name: 'c', image: 'other' }] }),
    };
    const [error] = updateErrors(workloadOf('Job', other), workloadOf('Job', {}));
    expect(error).toMatch(/^spec\.template: Invalid value: .*: field is immutable$/);
    const held = { suspend: true };
    const placed = {
      suspend: true,
      template: templateOf({ restartPolicy: 'Never', nodeSelector: { a: 'b' } }),
    };
    expect(updateErrors(workloadOf('Job', placed), workloadOf('Job', held))).toEqual([]);
  });

  test('of a StatefulSet of 1.20 in more than three fields', () => {
    const stored = (spec: object) => {
      const set = workloadOf('StatefulSet', spec);
      return { ...set, metadata: { ...set.metadata, resourceVersion: '7' } };
    };
    const errors = validateUpdate(stored({ minReadySeconds: 3 }), stored({}), undefined, {
      minor: 20,
      patch: 2,
    });
    expect(errors.map(formatFieldError)).toEqual([
      "spec: Forbidden: updates to statefulset spec for fields other than 'replicas', 'template', and 'updateStrategy' are forbidden",
    ]);
  });
});
