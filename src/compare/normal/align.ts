/** Two sequences put side by side: which element of one is which of the other. */
export interface Alignment {
  /** Indexes of elements that are the same, wanted and actual, ascending. */
  readonly pairs: readonly (readonly [number, number])[];
  /** Where they part; absent when they agree. */
  readonly parting?: { readonly wanted: number; readonly actual: number };
}

/** The last elements that are the same in both. */
export function lastPairOf({ pairs }: Alignment): readonly [number, number] | undefined {
  return pairs.at(-1);
}

export interface Likeness<Item> {
  same(wanted: Item, actual: Item): boolean;
  /**
   * Whether a play may as well go without this element: a race, whose name and reason stand in `races.ts`.
   */
  mayMiss(sequence: readonly Item[], index: number): boolean;
  /** Whether both tell of the same step, but not the same of it: then neither is missing. */
  rivals?(wanted: Item, actual: Item): boolean;
  /** Whether the rest of the longer sequence is only what the other play had no time left for. */
  mayEnd(at: { readonly wanted: number; readonly actual: number }): boolean;
}

/**
 * Of all ways to put them side by side that leave out only what may be missing, one with the most pairs; if
 * there is none, the one that gets farthest.
 */
export function align<Item>(
  wanted: readonly Item[],
  actual: readonly Item[],
  { same, mayMiss, mayEnd, rivals }: Likeness<Item>,
): Alignment {
  const width = actual.length + 1;
  // Pairs up to here, or -1 where no way leads; and the step that led here.
  const score = new Array<number>((wanted.length + 1) * width).fill(-1);
  const came = new Array<Step | undefined>(score.length);
  const reach = (from: number, to: number, step: Step) => {
    const value = (score[from] ?? 0) + (step === 'pair' ? 1 : 0);
    if (value <= (score[to] ?? -1)) return;
    score[to] = value;
    came[to] = step;
  };
  score[0] = 0;
  let farthest = 0;
  let agreed: number | undefined;
  for (let at = 0; at < score.length; at++) {
    if ((score[at] ?? -1) < 0) continue;
    const i = Math.floor(at / width);
    const j = at % width;
    const [a, b] = [wanted[i], actual[j]];
    if (a !== undefined && b !== undefined && same(a, b)) reach(at, at + width + 1, 'pair');
    if (a !== undefined && mayMiss(wanted, i)) reach(at, at + width, 'wanted');
    if (b !== undefined && mayMiss(actual, j)) reach(at, at + 1, 'actual');
    if (isFarther(at, farthest, { score, width })) farthest = at;
    const ends = a === undefined || b === undefined;
    const whole = a === undefined && b === undefined;
    if (
      ends &&
      (whole || mayEnd({ wanted: i, actual: j })) &&
      (agreed === undefined || isFarther(at, agreed, { score, width }))
    )
      agreed = at;
  }
  const end = agreed ?? farthest;
  const pairs = pairsUpTo(end, came, width);
  if (agreed !== undefined) return withoutRivals({ pairs }, { wanted, actual, rivals });
  return { pairs, parting: { wanted: Math.floor(end / width), actual: end % width } };
}

interface Rivalry<Item> {
  readonly wanted: readonly Item[];
  readonly actual: readonly Item[];
  readonly rivals: Likeness<Item>['rivals'];
}

/** Up to the first place where something was left out on both sides that is one thing told differently. */
function withoutRivals<Item>({ pairs }: Alignment, { wanted, actual, rivals }: Rivalry<Item>): Alignment {
  if (!rivals) return { pairs };
  const end = [wanted.length, actual.length] as const;
  let before: readonly [number, number] = [-1, -1];
  for (const [index, pair] of [...pairs, end].entries()) {
    for (let i = before[0] + 1; i < pair[0]; i++) {
      for (let j = before[1] + 1; j < pair[1]; j++) {
        const [a, b] = [wanted[i], actual[j]];
        const areRivals = a !== undefined && b !== undefined && rivals(a, b);
        if (areRivals) return { pairs: pairs.slice(0, index), parting: { wanted: i, actual: j } };
      }
    }
    before = pair;
  }
  return { pairs };
}

type Step = 'pair' | 'wanted' | 'actual';

interface Grid {
  readonly score: readonly number[];
  readonly width: number;
}

/** More pairs, or as many and less left out. */
function isFarther(at: number, than: number, { score }: Grid): boolean {
  const [a, b] = [score[at] ?? -1, score[than] ?? -1];
  return a > b;
}

function pairsUpTo(
  end: number,
  came: readonly (Step | undefined)[],
  width: number,
): readonly [number, number][] {
  const pairs: [number, number][] = [];
  for (let at = end; at > 0; ) {
    const step = came[at];
    if (step === undefined) break;
    at -= step === 'pair' ? width + 1 : step === 'wanted' ? width : 1;
    if (step === 'pair') pairs.push([Math.floor(at / width), at % width]);
  }
  return pairs.reverse();
}
