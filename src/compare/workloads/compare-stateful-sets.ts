import type {
  ControllerRevision,
  PersistentVolume,
  PersistentVolumeClaim,
  Pod,
  StatefulSet,
} from '../../cluster/objects/kubernetes.ts';
import type { Divergence, Told } from '../divergence.ts';
import { parting, partingOfSets } from '../normal/parting.ts';
import type { Play, WatchedChange } from '../play.ts';

/**
 * Compares how the status of each StatefulSet went on, write by write, with the very names of its revisions;
 * which of its pods was made, asked to go and was gone, one after another; the phases of claims and volumes.
 * The garbage collector asks what a set has left to go, in any order.
 */
export function compareStatefulSets(wanted: Play, actual: Play): readonly Divergence[] {
  const [a, b] = [storyOf(wanted), storyOf(actual)];
  return [...new Set([...a.keys(), ...b.keys()])].flatMap((of) => {
    const [about = '', what = of] = of.split(': ');
    const compare = what === COLLECTED ? partingOfSets : parting;
    const aspect = 'fields';
    return compare({ about, aspect, of: what }, a.get(of) ?? [], b.get(of) ?? []);
  });
}

const COLLECTED = 'what was collected';

function storyOf(play: Play): ReadonlyMap<string, readonly Told[]> {
  const story = new Map<string, Told[]>();
  const seen: Seen = { going: new Set(), over: new Set() };
  for (const change of play.changes) {
    const { metadata, kind } = change.object;
    if (metadata.namespace !== play.namespace && kind !== 'PersistentVolume') continue;
    const { of, says } = stepOf(change, seen) ?? {};
    if (of === undefined || says === undefined) continue;
    const told = story.get(of) ?? [];
    story.set(of, told);
    const { atMs, seq } = change;
    if (told.at(-1)?.says !== says) told.push({ atMs, says, ...(seq !== undefined && { seq }) });
  }
  return story;
}

/** Pods that have asked to go, and sets that are no more. */
interface Seen {
  readonly going: Set<string>;
  readonly over: Set<string>;
}

interface Step {
  readonly of: string;
  readonly says: string | undefined;
}

function stepOf(change: WatchedChange, seen: Seen): Step | undefined {
  const { object, type } = change;
  const { kind, metadata } = object;
  const set = metadata.ownerReferences?.find((owner) => owner.kind === 'StatefulSet')?.name;
  switch (kind) {
    case 'StatefulSet':
      if (type === 'DELETED') seen.over.add(metadata.name ?? '');
      return { of: `StatefulSet ${metadata.name}: status`, says: statusOf(change) };
    case 'Pod': {
      if (set === undefined) return undefined;
      const isOver = seen.over.has(set);
      return {
        of: `StatefulSet ${set}: ${isOver ? COLLECTED : 'pods'}`,
        says: stepOfPod(change, seen, isOver),
      };
    }
    case 'ControllerRevision':
      if (set === undefined || type === 'DELETED') return undefined;
      return {
        of: `StatefulSet ${set}: revisions`,
        says: `${metadata.name} ${(object as ControllerRevision).revision}`,
      };
    case 'PersistentVolumeClaim':
    case 'PersistentVolume':
      return { of: `${kind} ${metadata.name}: phase`, says: phaseOf(change) };
    default:
      return undefined;
  }
}

function statusOf({ object, type }: WatchedChange): string {
  if (type === 'DELETED') return 'deleted';
  const { status, spec, metadata } = object as StatefulSet;
  const counts = Object.entries(status ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  const said = counts.filter(([, count]) => count !== 0).map(([name, value]) => `${name} ${value}`);
  return `generation ${metadata.generation}, ${spec.replicas} wanted: ${said.join(', ')}`;
}

function stepOfPod({ object, type }: WatchedChange, { going }: Seen, isOver: boolean): string | undefined {
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

function phaseOf({ object, type }: WatchedChange): string {
  if (type === 'DELETED') return 'gone';
  if (object.kind === 'PersistentVolume') {
    const { status, spec } = object as PersistentVolume;
    return `${status?.phase} ${spec?.claimRef?.name ?? ''}`;
  }
  const { status, spec } = object as PersistentVolumeClaim;
  return `${status?.phase} ${spec?.volumeName ?? ''}`;
}
