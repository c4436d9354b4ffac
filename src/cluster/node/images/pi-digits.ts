/** So many digits of pi as perl's `print bpi(n)` has them, the 3 among them; by Machin's formula. */
export function piDigits(count: number): string {
  const digits = Math.min(Math.max(count, 1), MOST_DIGITS);
  const unit = 10n ** BigInt(digits + GUARD_DIGITS);
  const pi = 4n * (4n * inverseArctangent(5n, unit) - inverseArctangent(239n, unit));
  const text = String(pi).slice(0, digits);
  return digits === 1 ? text : `${text.slice(0, 1)}.${text.slice(1)}`;
}

const MOST_DIGITS = 10_000;
/** What the errors of the last places may reach. */
const GUARD_DIGITS = 10;

/** `unit * arctan(1 / x)` */
function inverseArctangent(x: bigint, unit: bigint): bigint {
  let power = unit / x;
  let sum = power;
  for (let divisor = 3n, sign = -1n; power > 0n; divisor += 2n, sign = -sign) {
    power /= x * x;
    sum += (sign * power) / divisor;
  }
  return sum;
}
