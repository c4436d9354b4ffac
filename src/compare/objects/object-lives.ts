import type { KubeObject } from '../../cluster/objects/kube-object.ts';
import type { Leaves } from '../normal/flatten.ts';
import { type Naming, namingOf } from '../normal/names.ts';
import { newsSince } from '../normal/since-restore.ts';
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
  const restored = newsByName(play, naming);
  for (const { atMs, type, object, by, seq, epoch = 0 } of play.changes) {
    const { kind, metadata } = object;
    if (ELSEWHERE.test(kind)) continue;
    if (metadata.namespace !== undefined && metadata.namespace !== play.namespace) continue;
    const about = aboutOf(object, naming);
    const life = lives.get(about) ?? { kind, writes: [] };
    lives.set(about, life);
    const { asked, found } = leavesOf(object, naming);
    const [earlier, anew] = [life.writes.at(-1), restored.get(about)];
    const isAnew = anew !== undefined && atMs > anew.atMs && earlier?.gone === false;
    life.writes.push({
      atMs,
      object,
      asked: isAnew ? anew.newsOf(earlier.asked, asked) : asked,
      found,
      isNew: type === 'ADDED',
      gone: type === 'DELETED',
      epoch,
      ...(by !== undefined && { by }),
      ...(seq !== undefined && { seq }),
    });
  }
  return lives;
}

function aboutOf({ kind, metadata: { name = '' } }: KubeObject, naming: Naming): string {
  return `${kind} ${kind === 'Node' ? name : naming(name)}`;
}

/** What is asked of objects once etcd was turned back. */
function newsByName({ restored = [] }: Play, naming: Naming) {
  return new Map(
    restored.map(({ object, atMs }) => [
      aboutOf(object, naming),
      { atMs, newsOf: newsSince(leavesOf(object, naming).asked) },
    ]),
  );
}

/** What differs between what was asked for in two writes, a line each. */
export function changedLines(before: Leaves | undefined, after: Leaves): readonly string[] {
  const old = before ?? new Map<string, string>();
  const set = [...after].flatMap(([path, value]) => (old.get(path) === value ? [] : [`${path}=${value}`]));
  const unset = [...old.keys()].flatMap((path) => (after.has(path) ? [] : [`-${path}`]));
  return [...set, ...unset].sort();
}
