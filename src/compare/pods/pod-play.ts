import { namingOf } from '../normal/names.ts';
import type { Play } from '../play.ts';
import { type Happening, happeningsOf } from './happenings.ts';
import { type PodState, podStatesOf } from './pod-states.ts';

/** One pod's part in a play. */
export interface PodPlay {
  readonly play: Play;
  readonly states: readonly PodState[];
  readonly happenings: readonly Happening[];
}

/** Every pod's part, by the pod's name as every play says it. */
export function podPlaysOf(play: Play): ReadonlyMap<string, PodPlay> {
  const naming = namingOf(play);
  const happenings = happeningsOf(play, naming);
  return new Map(
    [...podStatesOf(play, naming)].map(([pod, states]) => [
      pod,
      { play, states, happenings: happenings.get(pod) ?? [] },
    ]),
  );
}
