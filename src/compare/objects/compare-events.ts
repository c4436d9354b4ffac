import type { CoreEvent } from '../../cluster/objects/kubernetes.ts';
import type { Divergence, Told } from '../divergence.ts';
import { maskText } from '../normal/masks.ts';
import { anyOfItsKind, namingOf } from '../normal/names.ts';
import { partingOfSets } from '../normal/parting.ts';
import type { Play } from '../play.ts';

/** What was asked for just before a play ended may be told in one and not in the other. */
const END_MS = 300;

/**
 * Compares the Kubernetes Events about everything but pods, as they were in the end: source, reason, message
 * and count. Those of one object are a set: several of its controller's workers tell of it.
 */
export function compareEvents(wanted: Play, actual: Play): readonly Divergence[] {
  const [a, b] = [eventsOf(wanted), eventsOf(actual)];
  return [...new Set([...a.keys(), ...b.keys()])].flatMap((about) =>
    partingOfSets({ about, aspect: 'events', of: 'Events' }, a.get(about) ?? [], b.get(about) ?? []),
  );
}

function eventsOf(play: Play): ReadonlyMap<string, readonly Told[]> {
  const naming = namingOf(play);
  const anyPod = anyOfItsKind(play);
  const last = new Map<string, Told & { readonly about: string }>();
  for (const { object, type, atMs, seq } of play.changes) {
    if (object.kind !== 'Event' || type === 'DELETED' || object.metadata.namespace !== play.namespace)
      continue;
    if (atMs >= play.watchedMs - END_MS) continue;
    const event = object as CoreEvent;
    const { kind = '', name = '' } = event.involvedObject;
    if (kind === 'Pod' || event.reason === 'ScalingReplicaSet') continue;
    const id = event.metadata.name ?? '';
    const first = last.get(id)?.atMs ?? atMs;
    last.set(id, {
      about: `${kind} ${naming(name)}`,
      atMs: first,
      says: textOf(event, (text) => anyPod(maskText(text))),
      ...(seq !== undefined && { seq }),
    });
  }
  const events = new Map<string, Told[]>();
  for (const { about, ...told } of last.values()) events.set(about, [...(events.get(about) ?? []), told]);
  return events;
}

function textOf(event: CoreEvent, naming: (text: string) => string): string {
  const { type, reason, source, reportingComponent, message = '', series, count } = event;
  const by = source?.component ?? reportingComponent ?? '';
  // Which pod of several is told of first is drawn.
  return `x${series?.count ?? count ?? 1} ${type} ${reason} ${by}: ${naming(message)}`;
}
