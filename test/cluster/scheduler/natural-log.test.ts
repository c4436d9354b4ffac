import { expect, test } from 'vitest';
import { naturalLog } from '../../../src/cluster/scheduler/spread/natural-log.ts';

test('the natural logarithm is that of the engine, but for the last bits', () => {
  for (let value = 1; value <= 6000; value++) {
    expect(Math.abs(naturalLog(value) - Math.log(value))).toBeLessThan(4e-15);
  }
});
