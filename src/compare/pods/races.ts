import type { Play } from '../play.ts';
import type { Happening } from './happenings.ts';
import type { PodState } from './pod-states.ts';
import { transitionOf } from './transitions.ts';

/**
 * What one play may show and another not, or not as often: the real order is a race, ours one of its
 * outcomes.
 */
interface Race<Item> {
  readonly why: string;
  /** Whether the element at this index may as well not be there. */
  mayMiss(sequence: readonly Item[], index: number, play: Pick<Play, 'lagMs' | 'minor'>): boolean;
}

export const STATE_RACES: readonly Race<PodState>[] = [
  {
    why: 'a container that ends at once may have ended before its start was written (b2, fail-onfailure)',
    mayMiss: (states, index) =>
      /^(re)?started$/.test(transitionAt(states, index)) &&
      transitionAt(states, index + 1) === 'exited' &&
      durationOf(states, index) < 1200,
  },
  {
    why: 'a kubelet whose requests wait for their turn writes only what is so when it comes',
    mayMiss: (states, index, play) =>
      /^(accepted|started|exited|restarted|backing off|waiting|ready changed)$/.test(
        transitionAt(states, index),
      ) && durationOf(states, index) < play.lagMs,
  },
];

export const HAPPENING_RACES: readonly Race<Happening>[] = [
  {
    why: 'how often a pod is looked at during a back-off is drawn: once at its begin, again a second later if a PLEG event was left over, and after 60 to 90 s (README 1.36, 3.2 b2)',
    mayMiss: (happenings, index) => {
      const { reason, type, message } = happenings[index] as Happening;
      const backsOff = reason === 'BackOff' || message === 'Error: ImagePullBackOff';
      if (!backsOff) return false;
      for (const earlier of happenings.slice(0, index).reverse()) {
        if (earlier.reason === reason && earlier.type === type && earlier.message === message) return true;
        if (earlier.reason !== 'BackOff' && earlier.message !== 'Error: ImagePullBackOff') return false;
      }
      return false;
    },
  },
  {
    why: 'the secret of the token may not have reached the kubelet when it mounts (README 1.20, 3.11)',
    mayMiss: (happenings, index, { minor }) =>
      minor < 24 &&
      /default-token-.*failed to sync secret cache: timed out/.test(happenings[index]?.message ?? ''),
  },
];

function transitionAt(states: readonly PodState[], index: number): string {
  const state = states[index];
  return state ? transitionOf(states[index - 1], state) : '';
}

function durationOf(states: readonly PodState[], index: number): number {
  return (states[index + 1]?.atMs ?? Number.POSITIVE_INFINITY) - (states[index]?.atMs ?? 0);
}
