import { expect, it } from 'vitest';
import { evaluate } from '../../../../src/cluster/objects/cel/evaluate.ts';

it.each([
  "timestamp('2026-01-01T00:00:00Z').getDayOfYear()",
  "timestamp('2026-01-01T00:00:00Z').getHours('Asia/Kathmandu')",
  "timestamp('2026-01-01T00:00:00Z').getFullYear( self.zone )",
])('an expression that would ask the host is refused: %s', (expression) => {
  expect(evaluate(expression, { self: { zone: 'UTC' } })).toEqual({
    ok: false,
    why: expect.stringContaining('not simulated'),
  });
});

it('the same in UTC is answered', () => {
  expect(evaluate("timestamp('2026-03-01T05:06:07Z').getHours() == 5", {})).toEqual({
    ok: true,
    value: true,
  });
});
