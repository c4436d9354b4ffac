import type { KubeObject } from '../../cluster/objects/kube-object.ts';
import type { Leaves } from '../normal/flatten.ts';
import { namingOf } from '../normal/names.ts';
import type { Play } from '../play.ts';
import { leavesOf } from './object-leaves.ts';

/** What one object went through. */
export interface ObjectLife {
  readonly kind: string;
  readonly writes: readonly ObjectWrite[];
}

export interface ObjectWrite {
  readonly atMs: number;
  readonly object: KubeObject;
  readonly asked: Leaves;
  readonly found: Leaves;
  readonly isNew: boolean;
  readonly gone: boolean;
  readonly by?: string;
  readonly seq?: number;
  /** How often etcd had been turned back by then. */
  readonly epoch: number;
}

/** Kinds that are judged by the rules of their own, or that nobody watches. */
const ELSEWHERE = /^(Pod|Event|Lease)$/;

/** What every object of the play's namespace, or of none, went through, by its kind and name. */
export function livesOf(play: Play): ReadonlyMap<string, ObjectLife> {
  const naming = namingOf(play);
  const lives = new Map<string, { kind: string; writes: ObjectWrite[] }>();
  for (const { atMs, type, object, by, seq, epoch = 0 } of play.changes) {
    const { kind, metadata } = object;
    if (ELSEWHERE.test(kind)) continue;
    if (metadata.namespace !== undefined && metadata.namespace !== play.namespace) continue;
    const name = metadata.name ?? '';
    const about = `${kind} ${kind === 'Node' ? name : naming(name)}`;
    const life = lives.get(about) ?? { kind, writes: [] };
    lives.set(about, life);
    life.writes.push({
      atMs,
      object,
      ...leavesOf(object, naming),
      isNew: type === 'ADDED',
      gone: type === 'DELETED',
      epoch,
      ...(by !== undefined && { by }),
      ...(seq !== undefined && { seq }),
    });
  }
  return lives;
}

/** What differs between what was asked for in two writes, a line each. */
export function changedLines(before: Leaves | undefined, after: Leaves): readonly string[] {
  const old = before ?? new Map<string, string>();
  const set = [...after].flatMap(([path, value]) => (old.get(path) === value ? [] : [`${path}=${value}`]));
  const unset = [...old.keys()].flatMap((path) => (after.has(path) ? [] : [`-${path}`]));
  return [...set, ...unset].sort();
}
