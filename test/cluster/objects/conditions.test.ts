import { expect, test } from 'vitest';
import { findCondition, isConditionTrue, withCondition } from '../../../src/cluster/objects/conditions.ts';

const ready = { type: 'Ready', status: 'True', lastTransitionTime: 'then' };
const initialized = { type: 'Initialized', status: 'True', lastTransitionTime: 'then' };

test('a condition keeps its time until its status changes, and always its place', () => {
  const sameStatus = { ...ready, reason: 'Other', lastTransitionTime: 'now' };
  expect(withCondition([ready, initialized], sameStatus)).toEqual([
    { ...sameStatus, lastTransitionTime: 'then' },
    initialized,
  ]);
  const changed = { ...ready, status: 'False', lastTransitionTime: 'now' };
  expect(withCondition([ready, initialized], changed)).toEqual([changed, initialized]);
  expect(withCondition(undefined, ready)).toEqual([ready]);
});

test('a condition is true only when it is there and says so', () => {
  expect([
    isConditionTrue([ready], 'Ready'),
    isConditionTrue([ready], 'Other'),
    isConditionTrue(undefined, 'Ready'),
  ]).toEqual([true, false, false]);
  expect(findCondition([{ ...ready, status: 'Unknown' }], 'Ready')?.status).toBe('Unknown');
});
