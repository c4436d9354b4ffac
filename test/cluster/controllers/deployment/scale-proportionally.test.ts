import fc from 'fast-check';
import { expect, test } from 'vitest';
import { maxSurge } from '../../../../src/cluster/controllers/deployment/rollout-limits.ts';
import { sharesOf } from '../../../../src/cluster/controllers/deployment/scale-proportionally.ts';
import { deploymentOf, replicaSetOf } from '../workloads.ts';

const MAXIMUM = 'deployment.kubernetes.io/max-replicas';

function shares(wanted: number, sizes: readonly number[], before: number): Record<string, number> {
  const sets = sizes.map((size, index) =>
    replicaSetOf({ name: 'abcdef'[index] ?? '', size, annotations: { [MAXIMUM]: String(before) } }),
  );
  const given = sharesOf(deploymentOf({ replicas: wanted }), sets);
  return Object.fromEntries(given.map(([set, to]) => [set.metadata.name ?? '', to]));
}

test.each`
  wanted | sizes        | before | shares                  | why
  ${20}  | ${[8, 5]}    | ${13}  | ${{ a: 15, b: 10 }}     | ${'25 may be there, and each grows by its share'}
  ${6}   | ${[3, 1]}    | ${4}   | ${{ a: 6, b: 2 }}       | ${'a5: the old one to 6, the new one to 2'}
  ${5}   | ${[8, 5]}    | ${13}  | ${{ a: 4, b: 3 }}       | ${'7 may be there'}
  ${0}   | ${[8, 5]}    | ${13}  | ${{ a: 0, b: 0 }}       | ${'nothing is wanted'}
  ${10}  | ${[5, 5, 3]} | ${13}  | ${{ a: 5, b: 5, c: 3 }} | ${'nothing is to be added'}
  ${12}  | ${[5, 5]}    | ${10}  | ${{ a: 7, b: 8 }}       | ${'of two alike the newer is first, and takes the rest'}
`('$sizes for $wanted: $shares, as $why', ({ wanted, sizes, before, shares: expected }) => {
  expect(shares(wanted, sizes, before)).toEqual(expected);
});

test('together they come to what may be there, whatever they were', () => {
  const size = fc.integer({ min: 1, max: 40 });
  const wanted = fc.integer({ min: 1, max: 60 });
  fc.assert(
    fc.property(wanted, fc.array(size, { minLength: 2, maxLength: 5 }), (replicas, sizes) => {
      const before = sizes.reduce((sum, each) => sum + each, 0);
      const given = Object.values(shares(replicas, sizes, before));
      const allowed = replicas + maxSurge(deploymentOf({ replicas }));
      expect(given.reduce((sum, each) => sum + each, 0)).toBe(allowed);
      expect(Math.min(...given)).toBeGreaterThanOrEqual(0);
    }),
  );
});
