import type { Millis } from '../../kernel/time/millis.ts';
import { MODERN_MINOR } from '../lags.ts';
import type { KubeletStart } from '../recording/recorded-faults.ts';
import type { Finding } from './finding.ts';
import type { PodPlay } from './pod-play.ts';
import { transitionOf } from './transitions.ts';

/**
 * The kubelet's tick on which it lets go of deleted pods: its PLEG relist, or its status manager's (README
 * 3.0.1).
 */
const TICKS_MS: Readonly<Record<'until126' | 'since127', Millis>> = { until126: 10_000, since127: 1000 };
const TOLERANCE_MS = 130;
/** A relist takes some milliseconds, and the next comes a tick after its end. */
const DRIFT = 0.004;

interface Letting {
  /** Pods that are not looked at. */
  readonly left: ReadonlySet<string>;
  /** When kubelets were started: each has a grid of its own. */
  readonly starts: readonly KubeletStart[];
}

/** Pods that a kubelet let go off the grid that its others came on. */
export function offTheGrid(
  pods: ReadonlyMap<string, PodPlay>,
  { left, starts }: Letting,
): readonly Finding[] {
  const released = [...pods].flatMap(([pod, { states, play }]) => {
    // Forced deletions wait for nobody; a kubelet that is behind with its writes releases when their turn
    // comes.
    const state = states.find((each, index) => transitionOf(states[index - 1], each) === 'released');
    if (!state || left.has(pod) || play.lagMs >= 10_000) return [];
    const { nodeName } = state.pod.spec ?? {};
    const life = starts.filter((start) => start.node === nodeName && start.atMs < state.atMs).length;
    return [{ pod, atMs: state.atMs, play, kubelet: `${nodeName} ${life}` }];
  });
  return released.flatMap(({ pod, atMs, play, kubelet }) => {
    const first = released.find((each) => each.kubelet === kubelet);
    if (!first) return [];
    const tick = play.minor < MODERN_MINOR ? TICKS_MS.until126 : TICKS_MS.since127;
    const past = (((atMs - first.atMs) % tick) + tick) % tick;
    const beside = Math.min(past, tick - past);
    const since = `${((atMs - first.atMs) / 1000).toFixed(3)} s after ${first.pod}`;
    const text = `${pod} was let go ${since}, off the grid of ${tick / 1000} s`;
    return beside <= TOLERANCE_MS + DRIFT * Math.abs(atMs - first.atMs) ? [] : [{ atMs, text }];
  });
}
