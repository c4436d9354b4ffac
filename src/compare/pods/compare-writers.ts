import type { Divergence, Told } from '../divergence.ts';
import { makerOf, type Writer, writerOf } from '../normal/writers.ts';
import type { Pair } from './compare-times.ts';
import type { PodPlay } from './pod-play.ts';
import type { PodState } from './pod-states.ts';
import { describeState } from './print-parting.ts';
import { type Transition, transitionOf } from './transitions.ts';

interface Sides {
  readonly wanted: PodPlay;
  readonly actual: PodPlay;
  readonly pairs: readonly Pair[];
}

/** States that another component wrote than in the recording, or than writes them in Kubernetes. */
export function compareWriters(about: string, { wanted, actual, pairs }: Sides): readonly Divergence[] {
  return pairs.flatMap(([i, j]): Divergence[] => {
    const [a, b] = [wanted.states[i], actual.states[j]];
    if (!a || !b) return [];
    const [before, was] = [wanted.states[i - 1], actual.states[j - 1]];
    // One that is there again after it had gone was made by nobody: etcd was turned back.
    if (was && transitionOf(was, b) === 'created') return [];
    const [first, second] = [writersOf(before, a), writersOf(was, b)];
    if (!first || !second || first.some((one) => second.includes(one))) return [];
    const [wrote, writes] = [first.join(' or '), second.join(' or ')];
    const [wantedTold, actualTold] = [toldOf(before, a, wrote), toldOf(was, b, writes)];
    const text = `  ${transitionOf(before, a)} is written by ${writes}, wanted ${wrote}`;
    return [
      { about, aspect: 'writers', of: 'writers', atMs: a.atMs, wanted: wantedTold, actual: actualTold, text },
    ];
  });
}

function toldOf(before: PodState | undefined, state: PodState, by: Writer): Told {
  const { atMs, seq } = state;
  return {
    atMs,
    says: `${describeState(before, state)}, written by ${by}`,
    ...(seq !== undefined && { seq }),
  };
}

/** The one who wrote it, where that is told, or those who may; undefined: anybody. */
function writersOf(before: PodState | undefined, state: PodState): readonly Writer[] | undefined {
  if (state.by !== undefined) return [writerOf(state.by)];
  const transition = transitionOf(before, state);
  if (transition === 'created') {
    const maker = makerOf(state.pod.metadata);
    return maker === undefined ? undefined : [maker];
  }
  if (transition === 'scheduled') return ['scheduler'];
  return OF_KUBELET.includes(transition) ? ['kubelet'] : undefined;
}

const OF_KUBELET: readonly Transition[] = [
  'accepted',
  'sandbox up',
  'started',
  'exited',
  'restarted',
  'backing off',
  'waiting',
  'finished',
  'deletion seen',
];
