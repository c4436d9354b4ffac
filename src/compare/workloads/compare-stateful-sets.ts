import type {
  ControllerRevision,
  CoreEvent,
  PersistentVolume,
  PersistentVolumeClaim,
  Pod,
  StatefulSet,
} from '../../cluster/objects/kubernetes.ts';
import type { Play, WatchedChange } from '../play.ts';

/** What is compared of two plays of StatefulSets, by what it is about. */
export type StatefulStory = Readonly<Record<string, readonly string[]>>;

/**
 * How the status of each went on, write by write, with the very names of its revisions; which pod was made,
 * asked to go and was gone, one after another; the phases of claims and volumes; and the Events about each
 * set, as they were in the end. The garbage collector asks what a set has left to go, in any order. A cache
 * that lags makes a controller delete a pod twice, so how often that was told is left out.
 */
export function statefulStoryOf({ changes, namespace }: Play): StatefulStory {
  const story: Record<string, string[]> = {};
  const tell = (what: string, text: string | undefined) => {
    const told = story[what] ?? [];
    story[what] = told;
    if (text !== undefined && told.at(-1) !== text) told.push(text);
  };
  const events = new Map<string, CoreEvent>();
  const going = new Set<string>();
  let isOver = false;
  for (const change of changes) {
    const { object, type } = change;
    const { kind, metadata } = object;
    isOver ||= kind === 'StatefulSet' && type === 'DELETED';
    if (metadata.namespace !== namespace && kind !== 'PersistentVolume') continue;
    if (kind === 'Event') events.set(metadata.name ?? '', object as CoreEvent);
    else if (kind === 'StatefulSet') tell(`StatefulSet ${metadata.name}`, statusOf(change));
    else if (kind === 'Pod') tell(isOver ? 'Collected' : 'Pods', stepOfPod(change, { going, isOver }));
    else if (kind === 'ControllerRevision' && type !== 'DELETED')
      tell('Revisions', `${metadata.name} ${(object as ControllerRevision).revision}`);
    else if (kind === 'PersistentVolumeClaim' || kind === 'PersistentVolume')
      tell(`${kind} ${metadata.name}`, phaseOf(change));
  }
  story['Collected']?.sort();
  for (const event of [...events.values()].sort((a, b) => (told(a) < told(b) ? -1 : 1))) {
    const { kind, name } = event.involvedObject;
    if (kind === 'StatefulSet') tell(`Events of ${name}`, told(event));
  }
  return story;
}

function statusOf({ object, type }: WatchedChange): string {
  if (type === 'DELETED') return 'deleted';
  const { status, spec, metadata } = object as StatefulSet;
  const counts = Object.entries(status ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  const said = counts.filter(([, count]) => count !== 0).map(([name, value]) => `${name} ${value}`);
  return `generation ${metadata.generation}, ${spec.replicas} wanted: ${said.join(', ')}`;
}

/** Pods that have asked to go, and whether their set is no more. */
interface Seen {
  readonly going: Set<string>;
  readonly isOver: boolean;
}

function stepOfPod({ object, type }: WatchedChange, { going, isOver }: Seen): string | undefined {
  const { metadata, spec } = object as Pod;
  const { name, uid = '', labels } = metadata;
  if (type === 'ADDED') {
    const own = [labels?.['controller-revision-hash'], labels?.['apps.kubernetes.io/pod-index']];
    return `${name} made of ${spec.containers[0]?.image}, ${own.join(' ')}, ${spec.hostname}.${spec.subdomain}`;
  }
  if (type === 'DELETED') return isOver ? undefined : `${name} gone`;
  if (metadata.deletionTimestamp === undefined || going.has(uid)) return undefined;
  going.add(uid);
  return `${name} asked to go`;
}

function phaseOf({ object, type }: WatchedChange): string | undefined {
  if (type === 'DELETED') return 'gone';
  if (object.kind === 'PersistentVolume') {
    const { status, spec } = object as PersistentVolume;
    return `${status?.phase} ${spec?.claimRef?.name ?? ''}`;
  }
  const { status, spec } = object as PersistentVolumeClaim;
  return `${status?.phase} ${spec?.volumeName ?? ''}`;
}

function told({ type, reason, message = '', source, count }: CoreEvent): string {
  const times = reason === 'SuccessfulDelete' ? '' : ` x${count}`;
  return `${type} ${reason} ${source?.component}: ${message}${times}`;
}
