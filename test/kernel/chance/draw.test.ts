import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { draw, drawHex, drawUuid, drawWhole } from '../../../src/kernel/chance/draw.ts';

const chance = { seed: 'test' };

describe('keyed draws', () => {
  test('the same key gives the same draw, another key another', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, other) => {
        expect(draw(chance, 'a', one)).toBe(draw(chance, 'a', one));
        if (one !== other) expect(draw(chance, 'a', one)).not.toBe(draw(chance, 'a', other));
      }),
    );
  });

  test('draws are uniform: no tenth of the range gets more than its share and a fifth', () => {
    const tenths = Array<number>(10).fill(0);
    for (let index = 0; index < 20_000; index++) {
      const tenth = Math.floor(draw(chance, 'uniform', index) * 10);
      tenths[tenth] = (tenths[tenth] ?? 0) + 1;
    }
    for (const count of tenths) expect(Math.abs(count - 2000)).toBeLessThan(400);
  });

  test('whole numbers reach both ends and stay within', () => {
    const seen = new Set(Array.from({ length: 500 }, (_, index) => drawWhole(chance, 3, 7, 'whole', index)));
    expect([...seen].sort()).toEqual([3, 4, 5, 6, 7]);
  });

  test('uuids are of version 4, and differ', () => {
    const uuids = Array.from({ length: 1000 }, (_, index) => drawUuid(chance, 'uid', index));
    for (const uuid of uuids)
      expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(new Set(uuids).size).toBe(1000);
  });

  test('hexadecimal digits come in the number that was asked for', () => {
    expect(drawHex(chance, 64, 'container')).toMatch(/^[0-9a-f]{64}$/);
  });

  test('draws never change: scenarios count on their seed', () => {
    expect(draw({ seed: '1' }, 'watch', 'scheduler', 7)).toBe(0.0023602714826819193);
  });
});
