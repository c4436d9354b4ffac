import { expect, it } from 'vitest';
import { evaluate } from '../../../../src/cluster/objects/cel/evaluate.ts';

it.each([
  [
    "isIP('10.0.0.1') && !isIP('10.0.0.256') && !isIP('010.0.0.1') && isIP('fd00::1') && !isIP('1::2::3')",
    true,
  ],
  ["ip('10.0.0.1').family() == 4 && ip('::1').family() == 6 && ip('::1').isLoopback()", true],
  ['ip(self.address).family() == 4', true],
  ["ip('169.254.1.1').isLinkLocalUnicast() && !ip('169.254.1.1').isGlobalUnicast()", true],
  ["isCIDR('10.0.0.0/8') && !isCIDR('10.0.0.0/33') && !isCIDR('10.0.0.0')", true],
  ["cidr('10.0.0.0/8').containsIP(self.address) && cidr('10.0.0.0/8').containsCIDR('10.9.0.0/16')", true],
  ["cidr('10.0.0.0/16').containsIP('10.1.0.1') || cidr('10.0.0.0/16').containsCIDR('10.0.0.0/8')", false],
  ["cidr('10.1.2.3/12').prefixLength() == 12 && cidr('fd00::/8').containsIP('fd12::1')", true],
])('%s is %s', (expression, wanted) => {
  expect(evaluate(expression, { self: { address: '10.2.3.4' } })).toEqual({ ok: true, value: wanted });
});

it('what is no address is an error in the words of the API server', () => {
  expect(evaluate("ip('nowhere').family() == 4", {})).toEqual({
    ok: false,
    why: expect.stringContaining('IP Address "nowhere" parse error during conversion from string'),
  });
});
