import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { firstTick, lastTick, nextSync } from '../../../src/cluster/node/clock.ts';

describe('the clocks of a kubelet', () => {
  test('the first tick from an instant and the last up to it enclose it within a period', () => {
    const grid = fc.record({
      anchor: fc.integer({ min: -1e9, max: 1e9 }),
      period: fc.integer({ min: 1, max: 1e6 }),
    });
    fc.assert(
      fc.property(grid, fc.integer({ min: 0, max: 1e9 }), (ticks, at) => {
        const [first, last] = [firstTick(ticks, at), lastTick(ticks, at)];
        expect(first).toBeGreaterThanOrEqual(at);
        expect(last).toBeLessThanOrEqual(at);
        expect(first - last === 0 ? first === at : first - last === ticks.period).toBe(true);
      }),
    );
  });

  test.each`
    minor | failed   | retryIn  | low     | high    | what
    ${36} | ${false} | ${null}  | ${60e3} | ${90e3} | ${'is looked at again after a minute to a minute and a half'}
    ${36} | ${true}  | ${null}  | ${10e3} | ${15e3} | ${'failed: after 10 to 15 seconds'}
    ${36} | ${true}  | ${20e3}  | ${20e3} | ${30e3} | ${'backs off: when that is over, up to half more'}
    ${36} | ${true}  | ${160e3} | ${60e3} | ${90e3} | ${'backs off for long: as if nothing were'}
    ${36} | ${true}  | ${-5e3}  | ${0}    | ${0}    | ${'has backed off: at once'}
    ${20} | ${true}  | ${160e3} | ${10e3} | ${15e3} | ${'1.20 does not look at how long the back-off is'}
  `('a pod that $what', ({ minor, failed, retryIn, low, high }) => {
    const version = { minor, patch: 0 };
    fc.assert(
      fc.property(fc.string(), fc.nat(), (seed, works) => {
        const sync = {
          pod: 'p',
          works,
          now: 5000,
          failed,
          ...(retryIn !== null && { retryAt: 5000 + retryIn }),
        };
        const wait = nextSync({ seed }, version, sync) - 5000;
        expect(wait).toBeGreaterThanOrEqual(low);
        expect(wait).toBeLessThanOrEqual(high);
      }),
    );
  });
});
