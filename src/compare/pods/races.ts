import type { Play } from '../play.ts';
import type { Happening } from './happenings.ts';
import type { PodState } from './pod-states.ts';
import { transitionOf } from './transitions.ts';

/**
 * What one play may show and another not, or not as often: the real order is a race, ours one of its
 * outcomes.
 */
interface RacePlace<Item> extends Pick<Play, 'lagMs' | 'minor'> {
  /** What else there is of the pod. */
  readonly all: readonly Item[];
}

interface Race<Item> {
  readonly why: string;
  /** Whether the element at this index may as well not be there. */
  mayMiss(sequence: readonly Item[], index: number, at: RacePlace<Item>): boolean;
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
    why: 'the first status may tell already that the sandbox is up, if its write had to wait',
    mayMiss: (states, index) =>
      transitionAt(states, index) === 'accepted' &&
      /^(sandbox up|started)$/.test(transitionAt(states, index + 1)) &&
      durationOf(states, index) < 1200,
  },
  {
    why: 'a container may be ready by the time its start is written (README 1.36, 3.0.6)',
    mayMiss: (states, index) =>
      transitionAt(states, index) === 'started' &&
      transitionAt(states, index + 1) === 'ready changed' &&
      durationOf(states, index) < 100,
  },
  {
    why: 'a claim that finds its volume at once may be bound before its pod is tried (v1.36/g-statefulset, t+16.4: 10 ms after)',
    mayMiss: (states, index) => {
      const { conditions = [] } = states[index]?.pod.status ?? {};
      const said = conditions.find(({ type }) => type === 'PodScheduled')?.message ?? '';
      const isBoundNext = transitionAt(states, index + 1) === 'scheduled';
      return UNBOUND.test(said) && isBoundNext && durationOf(states, index) < RETRY_MS;
    },
  },
  {
    why: 'what a deleted pod went through last may be written in one (README 1.36, 3.0.1)',
    mayMiss: (states, index) =>
      /^(deletion seen|exited)$/.test(transitionAt(states, index)) &&
      states[index]?.pod.metadata.deletionTimestamp !== undefined &&
      /^(exited|finished)$/.test(transitionAt(states, index + 1)) &&
      durationOf(states, index) < 1300,
  },
  {
    why: 'how often a failing pull was tried until then is drawn (README 1.36, 3.1 ImagePull)',
    mayMiss: (states, index) => states[index]?.flips === true,
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
    why: 'a readiness probe may run before its process listens, or between its end and that of its container (README 1.36, 3.0.5)',
    mayMiss: (happenings, index, { lagMs, all }) => {
      const happening = happenings[index] as Happening;
      const { reason, message } = happening;
      if (reason !== 'Unhealthy' || !message.startsWith('Readiness probe')) return false;
      const isFirstLook =
        message.endsWith('connection refused') && isNear(happening, all, /^Started$/, 300 + lagMs);
      return isFirstLook || isNear(happening, all, /^Killing$/, 1500 + lagMs);
    },
  },
  {
    why: 'a probe may time out while sixty pods start on one node (README 1.20, load caveat)',
    mayMiss: (happenings, index, { lagMs }) =>
      lagMs >= LOADED_MS && /^Readiness probe.*(timeout|deadline)/.test(happenings[index]?.message ?? ''),
  },
  {
    why: 'a container that ends by itself just then is not killed',
    mayMiss: (happenings, index, { all }) => {
      const happening = happenings[index] as Happening;
      return happening.reason === 'Killing' && isNear(happening, all, /^Started$/, 2500);
    },
  },
  {
    why: 'how often a startup probe fails before its process is up follows from the phase of its grid (README 1.36, 3.0.5)',
    mayMiss: (happenings, index) => {
      const { message, about } = happenings[index] as Happening;
      if (!message.startsWith('Startup probe failed')) return false;
      return happenings
        .slice(0, index)
        .some((before) => before.message === message && before.about === about);
    },
  },
  {
    why: 'a claim that finds its volume at once may be bound before its pod is tried (v1.36/g-statefulset, t+16.4: 10 ms after)',
    mayMiss: (happenings, index, { all }) => {
      const { message, atMs, life } = happenings[index] as Happening;
      const isNext = (other: Happening): boolean =>
        other.reason === 'Scheduled' &&
        other.life === life &&
        other.atMs > atMs &&
        other.atMs - atMs < RETRY_MS;
      return UNBOUND.test(message) && all.some(isNext);
    },
  },
  {
    why: 'a pod that waits for a node is tried again when something changes, each time told anew (README 1.36, 3.7)',
    mayMiss: (happenings, index) => {
      const { reason, message } = happenings[index] as Happening;
      return (
        reason === 'FailedScheduling' &&
        happenings.slice(0, index).some((earlier) => earlier.reason === reason && earlier.message === message)
      );
    },
  },
  {
    why: 'a pod that is tried again may be tried between two writes about a node: what was cordoned keeps its taint some milliseconds longer (README 1.36, 3.7)',
    mayMiss: (happenings, index) => {
      const [one, next] = [happenings[index], happenings[index + 1]];
      const isTried = (reason?: string) => reason === 'FailedScheduling' || reason === 'Scheduled';
      return (
        one?.reason === 'FailedScheduling' &&
        index > 0 &&
        isTried(next?.reason) &&
        (next?.atMs ?? Number.POSITIVE_INFINITY) - one.atMs < BETWEEN_WRITES_MS
      );
    },
  },
  {
    why: 'the secret of the token may not have reached the kubelet when it mounts (README 1.20, 3.11)',
    mayMiss: (happenings, index, { minor }) =>
      minor < 24 &&
      /default-token-.*failed to sync secret cache: timed out/.test(happenings[index]?.message ?? ''),
  },
];

const UNBOUND = /unbound immediate PersistentVolumeClaims/;
/** A pod that was tried a little too early is tried again after its first back-off of a second, or two. */
const RETRY_MS = 3000;
/** Writes of two components that follow from one another. */
const BETWEEN_WRITES_MS = 100;
/** The lag of a kubelet with sixty pods. */
const LOADED_MS = 10_000;

/** Whether something happened to the same container about then. */
function isNear(
  { about, atMs }: Happening,
  all: readonly Happening[],
  reason: RegExp,
  withinMs: number,
): boolean {
  return all.some(
    (other) => reason.test(other.reason) && other.about === about && Math.abs(other.atMs - atMs) < withinMs,
  );
}

function transitionAt(states: readonly PodState[], index: number): string {
  const state = states[index];
  return state ? transitionOf(states[index - 1], state) : '';
}

function durationOf(states: readonly PodState[], index: number): number {
  return (states[index + 1]?.atMs ?? Number.POSITIVE_INFINITY) - (states[index]?.atMs ?? 0);
}
