import type { Millis } from '../../kernel/time/millis.ts';
import type { PodPlay } from './pod-play.ts';
import { transitionOf } from './transitions.ts';

/**
 * The kubelet's tick on which it lets go of deleted pods: its PLEG relist, or its status manager's (README
 * 3.0.1).
 */
const TICK_MS: Readonly<Record<number, Millis>> = { 20: 10_000, 36: 1000 };
const TOLERANCE_MS = 130;

/** Pods that the kubelet let go off the grid that the others came on; all pods were on one node. */
export function offTheGrid(pods: ReadonlyMap<string, PodPlay>): readonly string[] {
  const released = [...pods].flatMap(([pod, { states, play }]) => {
    // Forced deletions wait for nobody; a kubelet that is behind with its writes releases when their turn
    // comes.
    const state = states.find((each, index) => transitionOf(states[index - 1], each) === 'released');
    return state && (play.minor === 36 || play.lagMs < 10_000) ? [{ pod, atMs: state.atMs, play }] : [];
  });
  const [first] = released;
  if (!first) return [];
  const tick = TICK_MS[first.play.minor] ?? 1;
  return released.flatMap(({ pod, atMs }) => {
    const past = (((atMs - first.atMs) % tick) + tick) % tick;
    const beside = Math.min(past, tick - past);
    const since = `${((atMs - first.atMs) / 1000).toFixed(3)} s after ${first.pod}`;
    return beside <= TOLERANCE_MS ? [] : [`${pod} was let go ${since}, off the grid of ${tick / 1000} s`];
  });
}
