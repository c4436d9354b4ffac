import type { Millis } from '../../kernel/time/millis.ts';
import { MODERN_MINOR } from '../lags.ts';
import type { Happening } from './happenings.ts';
import type { Range } from './state-time-rules.ts';

interface Offset {
  readonly minor: number;
  readonly happening: Happening;
  /** From the pod's state that came nearest in the recording; negative: before it. */
  readonly recorded: Millis;
  /** Whether that state tells what the kubelet had to learn from the runtime: that a container ended. */
  readonly learned: boolean;
  /** By how much the count grew, in the play where it grew more. */
  readonly more: number;
  /** Whether the container was started at a drawn time: after a back-off. */
  readonly drawn: boolean;
  /** Whether the same happened just before. */
  readonly again: boolean;
  /** How far its container's readiness probes are apart; absent where none has failed. */
  readonly readinessMs?: Millis;
  /** Since the last time that the same thing happened, in the recording; absent: the first time. */
  readonly sinceSame?: Millis;
}

interface HappeningTimeRule {
  readonly when: (offset: Offset) => boolean;
  /**
   * `state`: it is counted from the pod's nearest state; `same`: from the last time that the same happened.
   */
  readonly from: 'state' | 'same';
  /** Absent: at any time. */
  readonly within?: (offset: Offset) => Range;
  readonly why: string;
}

/**
 * How exactly each Event must come when it came in the recording; the first that fits. All in milliseconds.
 */
export const HAPPENING_TIME_RULES: readonly HappeningTimeRule[] = [
  {
    when: ({ happening }) =>
      happening.message === 'Error: ImagePullBackOff' ||
      (happening.type === 'Normal' && happening.reason === 'BackOff'),
    from: 'state',
    why: 'told at every look at the pod until the next pull: when it is looked at is drawn (README 1.36, 3.1 ImagePull)',
  },
  {
    when: ({ minor, happening, again }) => happening.reason === 'BackOff' && (minor < 36 || again),
    from: 'state',
    why: 'when a pod is looked at during a back-off is drawn; in 1.36 not the first time (both READMEs, 3.2 b2)',
  },
  {
    when: ({ happening, recorded }) => happening.reason === 'Killing' && Math.abs(recorded) < 1300,
    from: 'state',
    within: () => [-50, 1300],
    why: 'delete to Killing takes 0.01 to 1 s (1.36: 3.11, 3.13)',
  },
  {
    when: ({ happening }) => /FailedMount/.test(happening.reason),
    from: 'state',
    within: ({ recorded }) => [recorded * 0.9 - 800, recorded * 1.1 + 800],
    why: 'the back-off doubles from 0.5 s, and each attempt follows a loop of 100 ms',
  },
  {
    when: ({ recorded, sinceSame = 0 }) =>
      Math.abs(recorded) > 1500 && sinceSame > 9000 && sinceSame < 17_000,
    from: 'same',
    within: ({ more }) => [9000, 16_600 * more],
    why: 'a sync that failed is tried again after 10 s x [1, 1.5), and again while its Events are held back',
  },
  {
    when: ({ happening, sinceSame = 0 }) => PULLS.test(happening.message) && sinceSame >= 9000,
    from: 'same',
    within: ({ sinceSame = 0 }) => [Math.max(9000, sinceSame - 16_000), sinceSame + 16_000],
    why: 'pulled again at the first look after the back-off of pulls (1.36: 3.1 ImagePull)',
  },
  {
    when: ({ happening, recorded, drawn }) =>
      happening.reason === 'Unhealthy' && drawn && Math.abs(recorded) > 1500,
    from: 'state',
    within: ({ recorded }) => [recorded - 5200, recorded + 5200],
    why: 'probes keep their grid while the container is started at a drawn time: up to one period of 5 s',
  },
  {
    when: ({ minor, sinceSame, readinessMs }) =>
      minor >= MODERN_MINOR && sinceSame !== undefined && readinessMs !== undefined,
    from: 'state',
    within: ({ recorded, readinessMs = 0 }) => [recorded - readinessMs - 100, recorded + readinessMs + 100],
    why: 'what is not ready is probed with each status that is made, which moves its period: by a relist’s phase, and one failure more or less by then (1.36: 3.0.5)',
  },
  {
    when: ({ recorded }) => Math.abs(recorded) > 1500,
    from: 'state',
    within: ({ recorded }) => [recorded - 700, recorded + 700],
    why: 'it follows from the state by the rules of probes and graces',
  },
  {
    when: ({ happening }) => happening.reason === 'Unhealthy',
    from: 'state',
    within: ({ recorded }) => [recorded - 1100, recorded + 1100],
    why: "a probe's grid of 1 s counts from the pod's first sync, not from the start of its container",
  },
  {
    when: ({ learned }) => learned,
    from: 'state',
    within: ({ recorded }) => [recorded - 1200, recorded + 1200],
    why: 'the kubelet learns of what its state tells by the next PLEG relist, up to 1 s later',
  },
  {
    when: ({ happening }) => /^(Pulled|Created|Started)$/.test(happening.reason),
    from: 'state',
    within: ({ recorded }) => [Math.min(0, recorded) - 1200, Math.max(0, recorded) + 1200],
    why: 'steps of a start, and when its states are written: up to 1.2 s when many start at once (README 1.36, 3.15)',
  },
  {
    when: () => true,
    from: 'state',
    within: ({ recorded }) => [recorded - 350, recorded + 350],
    why: 'one step of the kubelet tells it and writes the state',
  },
];

const PULLS = /^(Pulling image|Failed to pull image|Error: ErrImagePull)/;
