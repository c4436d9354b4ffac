import type { Millis } from '../../kernel/time/millis.ts';
import type { PodPlay } from './pod-play.ts';
import { backOffOf, type Transition, transitionOf } from './transitions.ts';

/** From when to when something must come after what it is counted from. */
export type Range = readonly [low: Millis, high: Millis];

interface Span {
  /** What came between the same two states in the recording. */
  readonly recorded: Millis;
  /** What the kubelet says it backs off, in the last state that said so. */
  readonly backOff: Millis;
  /** Whether the recording shows that the container ended, and not only that it backs off. */
  readonly sawEnd: boolean;
  /** Whether it backed off just before. */
  readonly afterBackOff: boolean;
  readonly deleting: boolean;
  /** Whether it was started at a drawn time: after a back-off. */
  readonly drawn: boolean;
}

interface TimeRule {
  readonly transition: readonly Transition[];
  readonly minor: 'all' | 20 | 36;
  /** What it is counted from: the last state of these transitions; absent: the state before. */
  readonly since?: readonly (Transition | 'command')[];
  readonly when?: (span: Span) => boolean;
  /** Ranges of which one must hold it. */
  readonly within: (span: Span) => readonly Range[];
  readonly why: string;
}

const about = (recorded: Millis, slack: Millis): readonly Range[] => [[recorded - slack, recorded + slack]];

const ENDED: readonly Transition[] = ['exited', 'waiting'];
const RUN_AGAIN: readonly Transition[] = ['restarted', 'waiting', 'exited'];

/**
 * How exactly each state must come when it came in the recording; the first that fits. All in milliseconds.
 */
const TIME_RULES: readonly TimeRule[] = [
  {
    transition: ['created', 'deleted'],
    minor: 'all',
    since: ['command'],
    within: ({ recorded }) => about(recorded, 300),
    why: 'a client asked for it: its own start-up, and its place among the objects of a manifest',
  },
  {
    transition: ['scheduled'],
    minor: 'all',
    within: () => [[0, 100]],
    why: '1.36: 3.15; 2 to 30 ms recorded',
  },
  { transition: ['accepted'], minor: 'all', within: () => [[1, 200]], why: 'the first status: 10 to 160 ms' },
  {
    transition: ['sandbox up'],
    minor: 36,
    within: () => [[250, 1600]],
    why: '0.4 s alone, up to 1.4 s with 13 pods at once (3.0.6, 3.15)',
  },
  {
    transition: ['restarted'],
    minor: 36,
    since: ['exited'],
    when: ({ sawEnd, afterBackOff }) => sawEnd && !afterBackOff,
    within: () => [[20, 600]],
    why: 'the first restart is immediate (3.2 b2)',
  },
  {
    transition: ['restarted'],
    minor: 20,
    since: ['started', 'restarted', 'exited'],
    when: ({ sawEnd, afterBackOff, recorded }) => !sawEnd && !afterBackOff && recorded > 60_000,
    within: () => [[69_000, 76_500]],
    why: 'the first liveness probe comes anywhere in its period of 5 s (1.20: 3.2 b1)',
  },
  {
    transition: ['restarted', 'backing off'],
    minor: 36,
    since: ['started', 'restarted'],
    when: ({ sawEnd, afterBackOff, drawn }) => !sawEnd && !afterBackOff && drawn,
    within: ({ recorded }) => about(recorded, 5200),
    why: 'probes keep their grid while the container is started at a drawn time: up to one period of 5 s',
  },
  {
    transition: ['started', 'restarted'],
    minor: 'all',
    when: ({ afterBackOff }) => !afterBackOff,
    within: ({ recorded }) => about(recorded, 600),
    why: 'containers start within 0.6 s; the liveness cycle takes 75.0 s (3.2 b1)',
  },
  {
    transition: ['backing off'],
    minor: 36,
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
    minor: 36,
    since: ENDED,
    when: ({ afterBackOff, sawEnd }) => afterBackOff && sawEnd,
    within: ({ backOff }) => [[backOff - 1100, backOff + Math.min(backOff / 2, 30_000) + 2000]],
    why: 'the back-off, counted from the end, x [1, 1.5) of its last 60 s (3.2 b2)',
  },
  {
    transition: RUN_AGAIN,
    minor: 36,
    since: ['backing off'],
    when: ({ afterBackOff }) => afterBackOff,
    within: ({ backOff }) => [[backOff - 2300, backOff + 32_000]],
    why: 'the end itself was not written: the status that told it told the back-off too (3.2 b1)',
  },
  {
    transition: ['backing off'],
    minor: 20,
    since: ENDED,
    when: ({ sawEnd }) => sawEnd,
    within: () => [[0, 18_000]],
    why: 'written at the next sync, 5 to 17 s after the end (1.20: 3.2 b2)',
  },
  {
    transition: RUN_AGAIN,
    minor: 20,
    since: ENDED,
    when: ({ afterBackOff, sawEnd }) => afterBackOff && sawEnd,
    within: ({ backOff }) => [[backOff - 1100, backOff + 17_000]],
    why: 'the back-off, counted from the end, + 0 to 15 s (1.20: 3.2 b2)',
  },
  {
    transition: ['waiting'],
    minor: 'all',
    when: ({ recorded }) => recorded > 9000,
    within: ({ recorded }) => [[Math.max(9000, recorded - 16_000), recorded + 16_000]],
    why: 'a pull that failed is told one sync late, and syncs come after 10 s x [1, 1.5) (3.1 ImagePull)',
  },
  {
    transition: ['finished'],
    minor: 36,
    since: ['exited'],
    when: ({ deleting }) => !deleting,
    within: () => [[900, 2000]],
    why: 'the sandbox is torn down, then the next PLEG tick (3.2 b2)',
  },
  {
    transition: ['deletion seen'],
    minor: 36,
    since: ['deleted'],
    within: () => [[2, 1300]],
    why: 'at once, or at the next PLEG tick if the pod was synced since the last (3.11)',
  },
  {
    transition: ['released'],
    minor: 36,
    since: ['finished'],
    within: () => [[5, 1300]],
    why: 'the next tick of the kubelet’s 1 s PLEG grid (3.0.1, 3.13)',
  },
  {
    transition: ['released'],
    minor: 20,
    since: ['exited'],
    within: () => [[0, 21_000]],
    why: 'the kubelet’s tick of 10 s, or the one after it (1.20: 3.0.1); grids.ts judges the grid',
  },
  { transition: ['gone'], minor: 'all', within: () => [[0, 60]], why: 'at once when grace is 0 (3.0.1)' },
  {
    transition: ['exited', 'finished', 'backing off', 'ready changed', 'waiting', 'other'],
    minor: 'all',
    within: ({ recorded }) => about(recorded, 1200),
    why: 'the kubelet learns it by its next PLEG relist or probe, up to 1 s later (3.2, 3.13)',
  },
];

/** What a state of a pod is counted from, and when it must come after that. */
export interface TimeOfState {
  readonly transition: Transition;
  /** Index of the state, or of the command, that it is counted from. */
  readonly since: { readonly state: number } | { readonly command: number };
  readonly recorded: Millis;
  readonly ranges: readonly Range[];
  readonly why: string;
}

export function timeOfState({ states, play }: PodPlay, index: number, lagMs = play.lagMs): TimeOfState {
  const state = states[index];
  if (!state) throw new Error(`there is no state ${index}`);
  const transitions = states.slice(0, index + 1).map((each, at) => transitionOf(states[at - 1], each));
  const transition = transitions[index] ?? 'other';
  const typed = play.commands.findLast(({ beginMs }) => beginMs <= state.atMs);
  const lastStart = transitions.slice(0, index).findLastIndex((one) => /^(re)?started$/.test(one));
  const ends = transitions.slice(0, index).findLastIndex((one) => ENDED.includes(one));
  const base = {
    backOff:
      states
        .slice(0, index + 1)
        .map(backOffOf)
        .findLast((one) => one !== undefined) ?? 0,
    sawEnd: ends > lastStart,
    afterBackOff: transitions[index - 1] === 'backing off',
    drawn: transitions.slice(0, index).includes('backing off'),
    deleting: transitions.slice(0, index).includes('deleted'),
  };
  for (const { since, ...rule } of TIME_RULES) {
    if (!rule.transition.includes(transition) || !(rule.minor === 'all' || rule.minor === play.minor))
      continue;
    const anchor = since
      ? transitions.slice(0, index).findLastIndex((one) => since.includes(one))
      : index - 1;
    const counted = since?.includes('command')
      ? { command: typed?.index ?? 0 }
      : { state: anchor < 0 ? index - 1 : anchor };
    const from = 'command' in counted ? typed?.beginMs : states[counted.state]?.atMs;
    const span: Span = { ...base, recorded: state.atMs - (from ?? 0) };
    if (rule.when && !rule.when(span)) continue;
    const ranges = rule.within(span).map(([low, high]): Range => [low - lagMs, high + lagMs]);
    return { transition, since: counted, recorded: span.recorded, ranges, why: rule.why };
  }
  throw new Error(`no rule says when a pod is ${transition}`);
}

/** The latest time at which a state may come, in its own play. */
export function latestTime(pod: PodPlay, index: number): Millis {
  const { since, ranges } = timeOfState(pod, index);
  const typed = pod.play.commands.find(({ index }) => 'command' in since && index === since.command);
  const from = 'command' in since ? typed?.beginMs : pod.states[since.state]?.atMs;
  return (from ?? 0) + Math.max(...ranges.map(([, high]) => high));
}
