import type { Millis } from '../../kernel/time/millis.ts';
import { MODERN_MINOR } from '../lags.ts';
import type { PodPlay } from './pod-play.ts';
import type { PodState } from './pod-states.ts';
import { about, ENDED, NEAR_MS, type Range, type Span, TIME_RULES } from './state-time-rules.ts';
import { backOffOf, type Transition, transitionOf } from './transitions.ts';

/** What a state of a pod is counted from, and when it must come after that. */
export interface TimeOfState {
  readonly transition: Transition;
  /** Index of the state, or of the command, that it is counted from. */
  readonly since: { readonly state: number } | { readonly command: number };
  readonly recorded: Millis;
  readonly ranges: readonly Range[];
  readonly why: string;
}

export function timeOfState(pod: PodPlay, index: number, lagMs = pod.play.lagMs): TimeOfState {
  const { states, play } = pod;
  const versions = play.minor < MODERN_MINOR ? 'old' : 'modern';
  const state = states[index];
  if (!state) throw new Error(`there is no state ${index}`);
  const typed = play.commands.findLast(({ beginMs }) => beginMs <= state.atMs);
  // A pod that bears the name of one before it begins anew.
  const birth = states.slice(0, index).findLastIndex(({ gone }) => gone) + 1;
  const transitions = states.slice(0, index + 1).map((each, at) => transitionOf(states[at - 1], each));
  const transition = transitions[index] ?? 'other';
  const lastOf = (among: readonly (Transition | 'command')[]): number => {
    const found = transitions.slice(0, index).findLastIndex((one) => among.includes(one));
    return found < birth ? -1 : found;
  };
  const base = spanOf({
    states: states.slice(birth, index + 1),
    transitions: transitions.slice(birth, index + 1),
  });
  for (const { since, ...rule } of TIME_RULES) {
    const isOfIt = rule.transition === 'any' || rule.transition.includes(transition);
    if (!isOfIt || !(rule.versions === 'all' || rule.versions === versions)) continue;
    const anchor = since ? lastOf(since) : index - 1;
    const isTyped = since?.includes('command') === true;
    const counted = isTyped ? { command: typed?.index ?? 0 } : { state: anchor < 0 ? index - 1 : anchor };
    const from = 'command' in counted ? typed?.beginMs : states[counted.state]?.atMs;
    const span: Span = { ...base, recorded: state.atMs - (from ?? 0) };
    if (rule.when && !rule.when(span)) continue;
    const ranges = [...rule.within(span), ...about(span.recorded, NEAR_MS)].map(
      ([low, high]): Range => [low - lagMs, high + lagMs],
    );
    return { transition, since: counted, recorded: span.recorded, ranges, why: rule.why };
  }
  throw new Error(`no rule says when a pod is ${transition}`);
}

interface Life {
  readonly states: readonly PodState[];
  readonly transitions: readonly Transition[];
}

/** What the last state of a life follows. */
function spanOf({ states, transitions }: Life): Omit<Span, 'recorded'> {
  const before = transitions.slice(0, -1);
  const lastStart = before.findLastIndex((one) => /^(re)?started$/.test(one));
  const ends = before.findLastIndex((one) => ENDED.includes(one));
  return {
    backOff: states.map(backOffOf).findLast((one) => one !== undefined) ?? 0,
    sawEnd: ends > lastStart,
    afterBackOff: before.at(-1) === 'backing off',
    drawn: before.includes('backing off'),
    deleting: before.includes('deleted'),
    controlled: states[0]?.pod.metadata.ownerReferences?.some(({ controller }) => controller) === true,
    triedBefore: before.includes('other') && states.at(-1)?.pod.spec?.nodeName === undefined,
    claims: states[0]?.pod.spec?.volumes?.some((volume) => volume.persistentVolumeClaim) === true,
    isFirstLook: before.at(-1) === 'started',
  };
}

/** The latest time at which a state may come, in its own play. */
export function latestTime(pod: PodPlay, index: number): Millis {
  const { since, ranges } = timeOfState(pod, index);
  const typed = pod.play.commands.find(({ index }) => 'command' in since && index === since.command);
  const from = 'command' in since ? typed?.beginMs : pod.states[since.state]?.atMs;
  return (from ?? 0) + Math.max(...ranges.map(([, high]) => high));
}
