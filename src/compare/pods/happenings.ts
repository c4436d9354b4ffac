import type { CoreEvent } from '../../cluster/objects/kubernetes.ts';
import type { Millis } from '../../kernel/time/millis.ts';
import { flatten } from '../normal/flatten.ts';
import { maskText } from '../normal/masks.ts';
import type { Naming } from '../normal/names.ts';
import type { Play } from '../play.ts';
import { bucketOf, isScarce } from './spam-bucket.ts';

/** One write of a Kubernetes Event: something happened to a pod, or happened again. */
export interface Happening {
  readonly atMs: Millis;
  /** `spec.containers{c}`; empty when it is about the pod as a whole. */
  readonly about: string;
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  readonly by: string;
  /** Everything else that the Event says, but for what is of each play: leaves, a line each. */
  readonly rest: string;
  /** What the Event's count is by now. */
  readonly count: number;
  /** By how much the count grew: more than one when some were counted, but held back by the spam filter. */
  readonly more: number;
  /** Whether the spam filter had to begin to hold Events back before this one. */
  readonly scarce: boolean;
  /** Of which pod of this name it tells, from 0: one may bear the name of another that is gone. */
  readonly life: number;
  readonly seq?: number;
}

/** What happened to each pod of the play's namespace, by the pod's name as every play says it. */
export function happeningsOf(play: Play, naming: Naming): ReadonlyMap<string, readonly Happening[]> {
  const happenings = new Map<string, Happening[]>();
  const counts = new Map<string, number>();
  const lives = new Map<string, readonly string[]>();
  for (const { atMs, type, object, seq } of play.changes) {
    if (object.kind !== 'Event' || object.metadata.namespace !== play.namespace || type === 'DELETED')
      continue;
    const event = object as CoreEvent;
    if (event.involvedObject.kind !== 'Pod') continue;
    const pod = naming(event.involvedObject.name ?? '');
    const id = event.metadata.name ?? '';
    const count = event.series?.count ?? event.count ?? 1;
    const more = count - (counts.get(id) ?? 0);
    counts.set(id, count);
    const by = event.source?.component ?? event.reportingComponent ?? '';
    const { uid = '' } = event.involvedObject;
    const known = lives.get(pod) ?? [];
    const life = lifeOf(uid, known);
    if (life === known.length) lives.set(pod, [...known, uid]);
    const bucket = `${uid} ${by} ${bucketOf(play.minor, { type: event.type ?? '' })}`;
    const written = counts.get(bucket) ?? 0;
    counts.set(bucket, written + 1);
    happenings.set(pod, [
      ...(happenings.get(pod) ?? []),
      {
        atMs,
        about: event.involvedObject.fieldPath ?? '',
        type: event.type ?? '',
        reason: event.reason ?? '',
        message: naming(maskText(event.message ?? '')),
        by,
        rest: restOf(event, naming),
        count,
        more,
        scarce: by === 'kubelet' && isScarce(written),
        life,
        ...(seq !== undefined && { seq }),
      },
    ]);
  }
  return happenings;
}

/** Of each play, a time, or told apart already. */
const NOT_IN_REST =
  /^(metadata|message|count|series|reportingInstance|(involvedObject|related)\.(uid|resourceVersion))\b/;

function restOf(event: CoreEvent, naming: Naming): string {
  const leaves = [...flatten(event)].flatMap(([path, value]) => {
    if (NOT_IN_REST.test(path)) return [];
    const isTime = /Time(stamp)?$/.test(path) && value !== 'null';
    return [`${path}: ${isTime ? '<time>' : naming(maskText(value))}`];
  });
  return leaves.sort().join('\n');
}

/** Which of the pods of one name is meant: who says no uid means the one that is there. */
function lifeOf(uid: string, known: readonly string[]): number {
  const index = uid === '' ? known.length - 1 : known.indexOf(uid);
  return index < 0 ? known.length : index;
}

/** The same thing happened, once more or several times more. */
export function sameHappening(a: Happening, b: Happening): boolean {
  return (
    a.about === b.about &&
    a.life === b.life &&
    a.type === b.type &&
    a.reason === b.reason &&
    a.message === b.message &&
    a.rest === b.rest &&
    (a.more > 1 === b.more > 1 || a.scarce || b.scarce)
  );
}
