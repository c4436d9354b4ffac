/** Enough for the last bit: the argument of the series is at most a third. */
const TERMS = 17;

/**
 * ln of a number from 1 on, by arithmetic that is the same in every engine (which `Math.log` need not be):
 * halved until it is below 2, and then by the series of the inverse hyperbolic tangent.
 */
export function naturalLog(value: number): number {
  let rest = value;
  let halvings = 0;
  for (; rest >= 2; rest /= 2) halvings++;
  const ratio = (rest - 1) / (rest + 1);
  let sum = 0;
  for (let term = TERMS; term >= 0; term--) sum = sum * ratio * ratio + 1 / (2 * term + 1);
  return halvings * Math.LN2 + 2 * ratio * sum;
}
