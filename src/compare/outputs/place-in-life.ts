import { isCut, type TypedCommand } from '../play.ts';
import { alignStates } from '../pods/align-pod.ts';
import type { Pair } from '../pods/compare-times.ts';
import type { PodPlay } from '../pods/pod-play.ts';
import { transitionOf } from '../pods/transitions.ts';

/** How far a pod had come in both plays when the same command was typed. */
export interface PlaceInLife {
  /**
   * How far apart its states up to this one came, at most; absent: it was in another state in one of the
   * plays.
   */
  readonly apartMs?: number;
  /**
   * Whether drawn times have made the plays differ in what else can be seen: how often it backed off, and
   * when.
   */
  readonly drawn: boolean;
}

/** What a watch reported and what a command read may be this far apart. */
const NEAR_MS = 250;

/** Tells for each pod of two plays where it was when a command ran. */
export function placesInLife(wanted: ReadonlyMap<string, PodPlay>, actual: ReadonlyMap<string, PodPlay>) {
  const pairs = new Map<string, readonly Pair[]>();
  const pairsOf = (pod: string, a: PodPlay, b: PodPlay) => {
    const known = pairs.get(pod) ?? alignStates(a, b).pairs;
    pairs.set(pod, known);
    return known;
  };
  return (
    pod: string,
    commands: { readonly wanted: TypedCommand; readonly actual: TypedCommand },
  ): PlaceInLife => {
    const [a, b] = [wanted.get(pod), actual.get(pod)];
    if (!a || !b) return { drawn: true };
    const [i, j] = [stateDuring(a, commands.wanted), stateDuring(b, commands.actual)];
    const drawn = a.states
      .slice(0, (i ?? 0) + 1)
      .some((state, index) => transitionOf(a.states[index - 1], state) === 'backing off');
    if (i === undefined || j === undefined) return { drawn };
    const lived = pairsOf(pod, a, b).filter(([first]) => first <= i);
    const [first, second] = lived.at(-1) ?? [-1, -1];
    if (first !== i || second !== j) return { drawn };
    const begun = (play: PodPlay, index: number, { beginMs }: TypedCommand) =>
      beginMs - (play.states[index]?.atMs ?? 0);
    const apart = lived.map(([one, other]) =>
      Math.abs(begun(a, one, commands.wanted) - begun(b, other, commands.actual)),
    );
    return { apartMs: Math.max(0, ...apart), drawn };
  };
}

/**
 * The one state in which a pod was all the time that a command ran; -1: it was not there; undefined: it
 * changed then, or its play ended before.
 */
function stateDuring({ states, play }: PodPlay, { beginMs, endMs }: TypedCommand): number | undefined {
  if (isCut(play) && beginMs > play.watchedMs) return undefined;
  const before = states.findLastIndex(({ atMs }) => atMs < beginMs - NEAR_MS);
  const after = states.findLastIndex(({ atMs }) => atMs < endMs + NEAR_MS);
  return before === after ? before : undefined;
}
