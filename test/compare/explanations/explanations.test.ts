import { describe, expect, test } from 'vitest';
import { EXPLANATIONS } from '../../../src/compare/explanations/explanations.ts';
import { type Cases, explains } from './fixtures.ts';
import { OF_CONTROLLERS } from './of-controllers.ts';
import { OF_QUEUES_AND_RESTORES } from './of-queues-and-restores.ts';

const CASES: Cases = { ...OF_CONTROLLERS, ...OF_QUEUES_AND_RESTORES };

describe('differences that are explained', () => {
  const ids = EXPLANATIONS.map(({ id }) => id);
  test('have ids of their own', () => expect(new Set(ids).size).toBe(ids.length));
  test('are all tested', () => expect(Object.keys(CASES).sort()).toEqual(ids.toSorted()));

  test.each(Object.entries(CASES).flatMap(([id, { yes }]) => yes.map((one) => [id, one[0], one] as const)))(
    '%s: %s',
    (id, _, one) => expect(explains(id, one)).toBe(true),
  );
  test.each(Object.entries(CASES).flatMap(([id, { no }]) => no.map((one) => [id, one[0], one] as const)))(
    '%s is no excuse for this: %s',
    (id, _, one) => expect(explains(id, one)).toBe(false),
  );
});
