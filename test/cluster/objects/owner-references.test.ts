import { expect, test } from 'vitest';
import {
  controllerOf,
  controllerReference,
  isControlledBy,
} from '../../../src/cluster/objects/owner-references.ts';

const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', metadata: { name: 'web', uid: 'u-1' } };
const pod = (uid: string) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    ownerReferences: [
      { apiVersion: 'v1', kind: 'Node', name: 'n', uid: 'u-0' },
      { ...controllerReference(owner), uid },
    ],
  },
});

test('the controller is the owner that says so, found again by its uid', () => {
  expect(controllerOf(pod('u-1'))).toEqual({
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    name: 'web',
    uid: 'u-1',
    controller: true,
    blockOwnerDeletion: true,
  });
  expect(isControlledBy(pod('u-1'), owner)).toBe(true);
  expect(isControlledBy(pod('u-2'), owner)).toBe(false);
  expect(isControlledBy({ ...pod('u-1'), metadata: {} }, owner)).toBe(false);
});
