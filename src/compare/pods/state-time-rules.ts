import type { Millis } from '../../kernel/time/millis.ts';
import type { Transition } from './transitions.ts';

/** From when to when something must come after what it is counted from. */
export type Range = readonly [low: Millis, high: Millis];

/** What a state's time is judged by. */
export interface Span {
  /** What came between the same two states in the recording. */
  readonly recorded: Millis;
  /** What the kubelet says it backs off, in the last state that said so. */
  readonly backOff: Millis;
  /** Whether the recording shows that the container ended, and not only that it backs off. */
  readonly sawEnd: boolean;
  /** Whether it backed off just before. */
  readonly afterBackOff: boolean;
  readonly deleting: boolean;
  /** Whether a controller makes and deletes it. */
  readonly controlled: boolean;
  /** Whether it has no node yet, though it was tried before. */
  readonly triedBefore: boolean;
  /** Whether it waits for claims: all of them are looked at every 15 s. */
  readonly claims: boolean;
  /** Whether the container has just started. */
  readonly isFirstLook: boolean;
  /** Whether it was started at a drawn time: after a back-off. */
  readonly drawn: boolean;
}

export interface TimeRule {
  readonly transition: readonly Transition[] | 'any';
  readonly versions: 'all' | 'old' | 'modern';
  /** What it is counted from: the last state of these transitions; absent: the state before. */
  readonly since?: readonly (Transition | 'command')[];
  readonly when?: (span: Span) => boolean;
  /** Ranges of which one must hold it. */
  readonly within: (span: Span) => readonly Range[];
  readonly why: string;
}

/** What came when it did in the recording is right, whatever the rule says. */
export const NEAR_MS = 150;

const CLAIMS_RESYNC_MS = 15_000;

/** As recorded, give or take. */
export const about = (recorded: Millis, slack: Millis): readonly Range[] => [
  [recorded - slack, recorded + slack],
];

/** Transitions that tell that a container has ended. */
export const ENDED: readonly Transition[] = ['exited', 'waiting'];
const RUN_AGAIN: readonly Transition[] = ['restarted', 'waiting', 'exited'];

/**
 * How exactly each state must come when it came in the recording; the first that fits. All in milliseconds.
 */
export const TIME_RULES: readonly TimeRule[] = [
  {
    transition: ['created', 'deleted', 'scheduled'],
    versions: 'all',
    since: ['command'],
    when: ({ claims, recorded }) => claims && recorded > 1000,
    within: ({ recorded }) => [[0, recorded * 1.3 + CLAIMS_RESYNC_MS + 3500]],
    why: 'claims are bound when all are looked at, every 15 s from a drawn time on (README 1.36, 3.5)',
  },
  {
    transition: ['created', 'deleted'],
    versions: 'modern',
    since: ['command'],
    when: ({ controlled }) => controlled,
    within: ({ recorded }) => about(recorded, 3500 + recorded / 10),
    why: 'a controller did it, when other pods had become ready or had ended: their delays add up',
  },
  {
    transition: ['created', 'deleted'],
    versions: 'old',
    since: ['command'],
    when: ({ controlled }) => controlled,
    within: ({ recorded }) => about(recorded, 12_000 + recorded / 3),
    why: 'a controller did it, when other pods had become ready: each at a drawn time in its period (1.20: 3.0.5)',
  },
  {
    transition: ['created', 'deleted'],
    versions: 'all',
    since: ['command'],
    within: ({ recorded }) => about(recorded, 300),
    why: 'a client asked for it: its own start-up, and its place among the objects of a manifest',
  },
  {
    transition: ['other'],
    versions: 'all',
    since: ['command'],
    when: ({ triedBefore }) => triedBefore,
    within: ({ recorded }) => about(recorded, 1200),
    why: 'a pod that waits for a node is tried again because of what was typed, whenever that was',
  },
  {
    transition: ['scheduled'],
    versions: 'all',
    within: () => [[0, 100]],
    why: '1.36: 3.15; 2 to 30 ms recorded',
  },
  {
    transition: ['accepted'],
    versions: 'all',
    within: () => [[1, 200]],
    why: 'the first status: 10 to 160 ms',
  },
  {
    transition: ['sandbox up'],
    versions: 'modern',
    within: () => [[250, 1600]],
    why: '0.4 s alone, up to 1.4 s with 13 pods at once (3.0.6, 3.15)',
  },
  {
    transition: ['restarted'],
    versions: 'modern',
    since: ['exited'],
    when: ({ sawEnd, afterBackOff }) => sawEnd && !afterBackOff,
    within: () => [[20, 600]],
    why: 'the first restart is immediate (3.2 b2)',
  },
  {
    transition: ['restarted'],
    versions: 'old',
    since: ['started', 'restarted', 'exited'],
    when: ({ sawEnd, afterBackOff, recorded }) => !sawEnd && !afterBackOff && recorded > 60_000,
    within: () => [[69_000, 76_500]],
    why: 'the first liveness probe comes anywhere in its period of 5 s (1.20: 3.2 b1)',
  },
  {
    transition: ['restarted', 'backing off'],
    versions: 'modern',
    since: ['started', 'restarted'],
    when: ({ sawEnd, afterBackOff, drawn }) => !sawEnd && !afterBackOff && drawn,
    within: ({ recorded }) => about(recorded, 5200),
    why: 'probes keep their grid while the container is started at a drawn time: up to one period of 5 s',
  },
  {
    transition: ['started'],
    versions: 'all',
    when: ({ recorded }) => recorded < 10_000,
    within: ({ recorded }) => [[10, Math.max(1500, recorded + 600)]],
    why: '0.05 s alone, up to 1 s when many containers start at once (README 1.36, 3.15)',
  },
  {
    transition: ['ready changed'],
    versions: 'modern',
    since: ['started'],
    when: ({ isFirstLook }) => isFirstLook,
    within: ({ recorded }) => [[0, 50], ...about(recorded, 2000), [500, 5600]],
    why: 'the first probe runs at once; if it comes before the process listens, the next one decides (README 1.36, 3.0.5)',
  },
  {
    transition: ['started', 'restarted'],
    versions: 'all',
    when: ({ afterBackOff }) => !afterBackOff,
    within: ({ recorded }) => about(recorded, 600),
    why: 'containers start within 0.6 s; the liveness cycle takes 75.0 s (3.2 b1)',
  },
  {
    transition: ['backing off'],
    versions: 'modern',
    since: ENDED,
    when: ({ sawEnd }) => sawEnd,
    within: ({ backOff }) => [
      [800, 2300],
      backOff <= 60_000 ? [backOff - 1100, backOff * 1.5 + 1600] : [59_000, 91_600],
    ],
    why: 'written at the next sync: a left-over PLEG event’s, or that after back-off x [1, 1.5), at most 90 s (3.2 b2)',
  },
  {
    transition: RUN_AGAIN,
    versions: 'modern',
    since: ENDED,
    when: ({ afterBackOff, sawEnd }) => afterBackOff && sawEnd,
    within: ({ backOff }) => [[backOff - 1100, backOff + Math.min(backOff / 2, 30_000) + 2000]],
    why: 'the back-off, counted from the end, x [1, 1.5) of its last 60 s (3.2 b2)',
  },
  {
    transition: RUN_AGAIN,
    versions: 'modern',
    since: ['backing off'],
    when: ({ afterBackOff }) => afterBackOff,
    within: ({ backOff }) => [[backOff - 2300, backOff + 32_000]],
    why: 'the end itself was not written: the status that told it told the back-off too (3.2 b1)',
  },
  {
    transition: ['backing off'],
    versions: 'old',
    since: ENDED,
    when: ({ sawEnd }) => sawEnd,
    within: () => [[0, 18_000]],
    why: 'written at the next sync, 5 to 17 s after the end (1.20: 3.2 b2)',
  },
  {
    transition: RUN_AGAIN,
    versions: 'old',
    since: ENDED,
    when: ({ afterBackOff, sawEnd }) => afterBackOff && sawEnd,
    within: ({ backOff }) => [[backOff - 1100, backOff + 17_000]],
    why: 'the back-off, counted from the end, + 0 to 15 s (1.20: 3.2 b2)',
  },
  {
    transition: ['waiting'],
    versions: 'all',
    when: ({ recorded }) => recorded > 9000,
    within: ({ recorded }) => [[Math.max(9000, recorded - 16_000), recorded + 16_000]],
    why: 'a pull that failed is told one sync late, and syncs come after 10 s x [1, 1.5) (3.1 ImagePull)',
  },
  {
    transition: ['finished'],
    versions: 'modern',
    since: ['exited'],
    when: ({ deleting }) => !deleting,
    within: () => [[900, 2000]],
    why: 'the sandbox is torn down, then the next PLEG tick (3.2 b2)',
  },
  {
    transition: ['deletion seen'],
    versions: 'modern',
    since: ['deleted'],
    within: () => [[2, 1300]],
    why: 'at once, or at the next PLEG tick if the pod was synced since the last (3.11)',
  },
  {
    transition: ['released'],
    versions: 'modern',
    since: ['finished'],
    within: () => [[5, 1300]],
    why: 'the next tick of the kubelet’s 1 s PLEG grid (3.0.1, 3.13)',
  },
  {
    transition: ['released'],
    versions: 'old',
    since: ['exited'],
    within: () => [[0, 21_000]],
    why: 'the kubelet’s tick of 10 s, or the one after it (1.20: 3.0.1); grids.ts judges the grid',
  },
  { transition: ['gone'], versions: 'all', within: () => [[0, 60]], why: 'at once when grace is 0 (3.0.1)' },
  {
    transition: ['waiting'],
    versions: 'all',
    when: ({ recorded }) => recorded < 9000,
    within: ({ recorded }) => about(recorded, 2600),
    why: 'one image is pulled at a time (README 1.36, 1): another may come first',
  },
  {
    transition: 'any',
    versions: 'all',
    within: ({ recorded }) => about(recorded, 1200),
    why: 'the kubelet learns it by its next PLEG relist or probe, up to 1 s later (3.2, 3.13)',
  },
];
