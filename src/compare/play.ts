import type { KubeObject } from '../cluster/objects/kube-object.ts';
import type { Millis } from '../kernel/time/millis.ts';
import type { Divergence } from './divergence.ts';

/**
 * One play of a scenario, on a real cluster or on a simulated one: what was typed and printed, and what a
 * watch over everything reported. All times are milliseconds since its beginning.
 */
export interface Play {
  /** `a1-rolling-update-solo`, or what else its folder or log is called. */
  readonly name: string;
  /** The minor version of Kubernetes. */
  readonly minor: number;
  /** The one namespace that is compared; objects of no namespace belong to it too. */
  readonly namespace: string;
  /** Milliseconds since 1970-01-01 at its beginning. */
  readonly startMs: number;
  /** Of its last command or change, whichever was later. */
  readonly endMs: Millis;
  readonly commands: readonly TypedCommand[];
  /** Why commands of the recording could not be typed, by their index. */
  readonly leftOut?: ReadonlyMap<number, string>;
  /** Commands that only look, or edit files, and that nobody typed here: their indexes. */
  readonly notLooked?: ReadonlySet<number>;
  /** How long its watches reported. */
  readonly watchedMs: Millis;
  /** By how much its kubelets' writes may come late: what was only so for so long goes unseen. */
  readonly lagMs: Millis;
  /** What is drawn was settled as in the play that it is compared with. */
  readonly settled?: true;
  /** Generated names that both plays know: they are said as they are. */
  readonly shared?: ReadonlySet<string>;
  /** Nodes that are as good as each other: which of them a pod is on is drawn. Absent: it is compared. */
  readonly nodes?: readonly string[];
  /** Nodes that something was done to besides what was typed; absent where nothing was. */
  readonly struck?: readonly string[];
  /** Pods that were settled to be where they could not have been drawn to. */
  readonly odd?: readonly Divergence[];
  /** Objects as etcd had them when it was turned back; absent: it never was. */
  readonly restored?: readonly RestoredObject[];
  /** Objects that its watches found there; absent: it began with nothing. */
  readonly listed?: readonly KubeObject[];
  /** In the order of their revisions. */
  readonly changes: readonly WatchedChange[];
}

export interface TypedCommand {
  /** Which of the recording's commands it is, from 0. */
  readonly index: number;
  readonly line: string;
  readonly beginMs: Millis;
  readonly endMs: Millis;
  readonly output: string;
  readonly exitCode: number;
}

export interface RestoredObject {
  readonly atMs: Millis;
  readonly object: KubeObject;
}

export interface WatchedChange {
  readonly atMs: Millis;
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly object: KubeObject;
  /** Who wrote it: an actor of a log; absent where nobody tells. */
  readonly by?: string;
  /** Which entry of a log it is. */
  readonly seq?: number;
  /** How often etcd had been turned back by then; absent: never. */
  readonly epoch?: number;
}

/** Whether its watches ended before it did: what came then it does not tell. */
export function isCut({ watchedMs, endMs }: Pick<Play, 'watchedMs' | 'endMs'>): boolean {
  return watchedMs < endMs;
}

/** The beginning of a play. */
export function playUntil(ms: Millis, play: Play): Play {
  if (ms >= play.watchedMs) return play;
  return { ...play, watchedMs: ms, changes: play.changes.filter(({ atMs }) => atMs <= ms) };
}

/** Watches of different kinds arrive with different lags: the revision tells the true order. */
export function byRevision(changes: readonly WatchedChange[]): WatchedChange[] {
  const revision = ({ object }: WatchedChange) => Number(object.metadata.resourceVersion);
  return [...changes].sort((a, b) => revision(a) - revision(b));
}
