import { describe, expect, test } from 'vitest';
import type { Pod, PodStatus } from '../../../../src/cluster/objects/kubernetes.ts';
import { podWith, updateErrors } from './new-objects.ts';

const c = { name: 'c', image: 'nginx' };

describe('a pod may be changed', () => {
  test.each<[what: string, before: object, after: object]>([
    ['in its images', {}, { containers: [{ ...c, image: 'nginx:2', imagePullPolicy: 'Always' }] }],
    ['in its labels', {}, {}],
    ['by a toleration more', {}, { tolerations: [{ key: 'a', operator: 'Exists' }] }],
    ['by an earlier deadline', { activeDeadlineSeconds: 60 }, { activeDeadlineSeconds: 30 }],
    [
      'by opening a gate',
      { schedulingGates: [{ name: 'a' }, { name: 'b' }] },
      { schedulingGates: [{ name: 'b' }] },
    ],
    [
      'in where it may go while it is gated',
      { schedulingGates: [{ name: 'a' }] },
      { nodeSelector: { disk: 'ssd' } },
    ],
    [
      'to end, when it never would have',
      { terminationGracePeriodSeconds: -1 },
      { terminationGracePeriodSeconds: 1 },
    ],
  ])('%s', (_, before, after) => {
    expect(updateErrors(podWith(after, { labels: { a: 'b' } }), podWith(before))).toEqual([]);
  });
});

describe('a pod may not be changed', () => {
  test.each<[what: string, before: object, after: object, error: string]>([
    [
      'in how many containers it has',
      {},
      { containers: [c, { ...c, name: 'd' }] },
      'spec.containers: Forbidden: pod updates may not add or remove containers',
    ],
    [
      'by taking a toleration away',
      { tolerations: [{ key: 'a', operator: 'Exists' }] },
      {},
      'spec.tolerations: Forbidden: existing toleration can not be modified except its tolerationSeconds',
    ],
    [
      'by a later deadline',
      { activeDeadlineSeconds: 30 },
      { activeDeadlineSeconds: 60 },
      'spec.activeDeadlineSeconds: Invalid value: 60: must be less than or equal to previous value',
    ],
    [
      'by taking its deadline away',
      { activeDeadlineSeconds: 30 },
      {},
      'spec.activeDeadlineSeconds: Invalid value: null: must not update from a positive integer to nil value',
    ],
    [
      'by a new gate',
      {},
      { schedulingGates: [{ name: 'a' }] },
      "spec.schedulingGates[0].name: Forbidden: only deletion is allowed, but found new scheduling gate 'a'",
    ],
  ])('%s', (_, before, after, error) => {
    expect(updateErrors(podWith(after), podWith(before))).toEqual([error]);
  });

  test('in anything else of its spec, and the difference is shown', () => {
    const [error, ...more] = updateErrors(podWith({ hostname: 'new' }), podWith({ hostname: 'old' }));
    expect(more).toEqual([]);
    expect(error).toBe(
      [
        'spec: Forbidden: pod updates may not change fields other than `spec.containers[*].image`,' +
          '`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,' +
          '`spec.tolerations` (only additions to existing tolerations),' +
          '`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
        '@@ -64,7 +64,7 @@',
        '   "SELinuxChangePolicy": null',
        '  },',
        '  "ImagePullSecrets": null,',
        '- "Hostname": "old",',
        '+ "Hostname": "new",',
        '  "Subdomain": "",',
        '  "SetHostnameAsFQDN": null,',
        '  "Affinity": null,',
        '',
      ].join('\n'),
    );
  });

  test.each<[what: string, metadata: object, error: string]>([
    ['name', { name: 'other' }, 'metadata.name: Invalid value: "other": field is immutable'],
    ['namespace', { namespace: 'other' }, 'metadata.namespace: Invalid value: "other": field is immutable'],
  ])('in its %s', (_, metadata, error) => {
    expect(updateErrors(podWith({}, metadata), podWith({}))).toEqual([error]);
  });

  test('by a finalizer once it is being deleted', () => {
    const deleted = { deletionTimestamp: '2026-01-01T00:00:00Z', finalizers: ['a.b/c'] };
    const after = podWith({}, { ...deleted, finalizers: ['a.b/c', 'a.b/e', 'a.b/d'] });
    expect(updateErrors(after, podWith({}, deleted))).toEqual([
      'metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, ' +
        'found new finalizers []string{"a.b/d", "a.b/e"}',
    ]);
  });
});

describe("a pod's status", () => {
  const withStatus = (status: PodStatus, spec: object = {}): Pod => ({ ...podWith(spec), status });
  const ended = (exitCode: number): PodStatus => ({
    containerStatuses: [
      {
        name: 'c',
        image: '',
        imageID: '',
        ready: false,
        restartCount: 0,
        state: { terminated: { exitCode } },
      },
    ],
  });
  const running: PodStatus = {
    containerStatuses: [
      { name: 'c', image: '', imageID: '', ready: true, restartCount: 1, state: { running: {} } },
    ],
  };
  const revived =
    'status.containerStatuses[0].state: Forbidden: may not be transitioned to non-terminated state';

  test.each<[policy: string, exitCode: number, errors: string[]]>([
    ['Always', 0, []],
    ['OnFailure', 1, []],
    ['OnFailure', 0, [revived]],
    ['Never', 1, [revived]],
  ])('may bring a container back: restart policy %s, exit code %i', (restartPolicy, exitCode, errors) => {
    const spec = { restartPolicy };
    expect(updateErrors(withStatus(running, spec), withStatus(ended(exitCode), spec), 'status')).toEqual(
      errors,
    );
  });

  test.each<[before: PodStatus, after: PodStatus, error: string]>([
    [
      { qosClass: 'BestEffort' },
      { qosClass: 'Burstable' },
      'status.qosClass: Invalid value: "Burstable": field is immutable',
    ],
    [
      {},
      { podIPs: [{ ip: '10.0.0' }] },
      'status.podIPs[0]: Invalid value: "10.0.0": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
    ],
  ])('%j may not become %j', (before, after, error) => {
    expect(updateErrors(withStatus(after), withStatus(before), 'status')).toEqual([error]);
  });
});
