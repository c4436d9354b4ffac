import type { Divergence, Subject, Told } from '../divergence.ts';

/** How many elements are shown before and after the place where two sequences part. */
const AROUND = 3;

/** The first place where two sequences part, with what led there; none when they are the same. */
export function parting(
  subject: Subject,
  wanted: readonly Told[],
  actual: readonly Told[],
): readonly Divergence[] {
  const length = Math.max(wanted.length, actual.length);
  for (let at = 0; at < length; at++) {
    if (wanted[at]?.says !== actual[at]?.says) return [partingAt(subject, { wanted, actual }, [at, at])];
  }
  return [];
}

interface Sequences {
  readonly wanted: readonly Told[];
  readonly actual: readonly Told[];
}

/** The divergence at a place of two sequences, of which they tell the same just before. */
export function partingAt(
  subject: Subject,
  { wanted, actual }: Sequences,
  [i, j]: readonly [wanted: number, actual: number],
): Divergence {
  const show = (all: readonly Told[], at: number) =>
    all
      .slice(Math.max(0, at - AROUND), at + AROUND)
      .map(({ says }, index) => `  ${index === Math.min(at, AROUND) ? '>' : ' '} ${says}`)
      .join('\n');
  const text = `at ${i + 1}\n  wanted:\n${show(wanted, i)}\n  is:\n${show(actual, j)}`;
  return divergenceOf(subject, {
    at: [wanted[i], actual[j]],
    before: [wanted[i - 1], actual[j - 1]],
    text,
  });
}

/** What two plays tell, each or none of them. */
type Pair = readonly [wanted: Told | undefined, actual: Told | undefined];

/** A divergence from what is told where two plays part, and just before. */
export function divergenceOf(
  subject: Subject,
  { at, before, text }: { readonly at: Pair; readonly before: Pair; readonly text: string },
): Divergence {
  const [wanted, actual] = at;
  const [wantedBefore, actualBefore] = before;
  return {
    ...subject,
    atMs: wanted?.atMs ?? wantedBefore?.atMs ?? actual?.atMs ?? 0,
    ...(wanted && { wanted }),
    ...(actual && { actual }),
    ...(wantedBefore && actualBefore && { agreed: { wanted: wantedBefore, actual: actualBefore } }),
    text,
  };
}

/**
 * What one of two sets tells and the other does not, or not as often; what is told in both goes in no order.
 */
export function partingOfSets(
  subject: Subject,
  wanted: readonly Told[],
  actual: readonly Told[],
): readonly Divergence[] {
  const extra = [...without(actual, wanted)];
  // What differs in a number or a word stands on both sides: it is told together.
  const pairs = without(wanted, actual).map((a): readonly [Told, Told | undefined] => {
    const at = extra.findIndex((b) => kernelOf(b) === kernelOf(a));
    return [a, at < 0 ? undefined : extra.splice(at, 1)[0]];
  });
  const told = pairs.map(([a, b]) => [a, b ?? extra.shift()] as const);
  const alone = extra.map((b) => [undefined, b] as const);
  return [...told, ...alone].map(([a, b]): Divergence => {
    const lines = [`  wanted: ${a?.says ?? '(no more)'}`, `  is:     ${b?.says ?? '(no more)'}`];
    return {
      ...subject,
      atMs: a?.atMs ?? b?.atMs ?? 0,
      ...(a && { wanted: a }),
      ...(b && { actual: b }),
      text: lines.join('\n'),
    };
  });
}

/** Without its numbers. */
function kernelOf({ says }: Told): string {
  return says.replace(/\d+/g, '#');
}

function without(all: readonly Told[], others: readonly Told[]): readonly Told[] {
  const left = new Map<string, number>();
  for (const { says } of others) left.set(says, (left.get(says) ?? 0) + 1);
  return all.filter(({ says }) => {
    const count = left.get(says) ?? 0;
    left.set(says, count - 1);
    return count <= 0;
  });
}
