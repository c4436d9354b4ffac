import type { KubeObject } from '../cluster/objects/kube-object.ts';
import type { CoreEvent } from '../cluster/objects/kubernetes.ts';
import type { Millis } from '../kernel/time/millis.ts';
import type { Play } from './play.ts';

/**
 * Two plays, of which one may begin late: whoever watched it first saw what somebody had made before. Then
 * only what came to be since is compared, and what was typed since.
 */
export function sinceBothBegan(wanted: Play, actual: Play): BothPlays {
  const plays = [wanted, actual].map((play) => ({ play, late: lateObjects(play) }));
  const begins = plays.flatMap(({ play, late }) => (late.size > 0 ? [beginOf(play)] : []));
  if (begins.length === 0) return { wanted, actual };
  const fromMs = Math.max(...begins);
  const older = new Set(plays.flatMap(({ play, late }) => [...late, ...olderObjects(play, fromMs)]));
  return { wanted: without(wanted, older, fromMs), actual: without(actual, older, fromMs), fromMs };
}

interface BothPlays {
  readonly wanted: Play;
  readonly actual: Play;
  /** Since when they are compared; absent: from their beginning. */
  readonly fromMs?: Millis;
}

/**
 * Objects of a play's namespace that were there when it began, though its watches listed nothing: they were
 * made before any that was seen to be made. One that lacks its making otherwise is a difference.
 */
function lateObjects({ changes, listed = [], namespace }: Play): ReadonlySet<string> {
  const own = changes.filter(({ object }) => object.metadata.namespace === namespace);
  const added = own.filter(({ type }) => type === 'ADDED').map(({ object }) => object);
  const made = new Set([...listed, ...added].map(keyOf));
  const firstMade = added.map(madeAt).sort()[0];
  const late = own.filter(
    ({ object }) => !made.has(keyOf(object)) && (firstMade === undefined || madeAt(object) < firstMade),
  );
  return new Set(late.map(({ object }) => keyOf(object)));
}

function madeAt({ metadata }: KubeObject): string {
  return metadata.creationTimestamp ?? '';
}

function beginOf({ changes }: Play): Millis {
  return changes.reduce((first, { atMs }) => Math.min(first, atMs), Number.POSITIVE_INFINITY);
}

function olderObjects({ changes, namespace }: Play, fromMs: Millis): readonly string[] {
  const own = changes.filter(({ object, atMs }) => atMs < fromMs && object.metadata.namespace === namespace);
  return own.map(({ object }) => keyOf(object));
}

function without(play: Play, older: ReadonlySet<string>, fromMs: Millis): Play {
  const changes = play.changes.filter(
    ({ object }) => !older.has(keyOf(object)) && !older.has(aboutOf(object) ?? ''),
  );
  return { ...play, changes, commands: play.commands.filter(({ beginMs }) => beginMs >= fromMs) };
}

function keyOf({ kind, metadata: { name, namespace } }: KubeObject): string {
  return `${kind} ${namespace}/${name}`;
}

/** What an Event is about. */
function aboutOf(object: KubeObject): string | undefined {
  if (object.kind !== 'Event') return undefined;
  const { involvedObject } = object as CoreEvent;
  return `${involvedObject.kind} ${involvedObject.namespace}/${involvedObject.name}`;
}
