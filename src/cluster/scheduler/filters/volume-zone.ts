import type { PersistentVolume, PersistentVolumeClaim } from '../../objects/kubernetes.ts';
import { claimNames, usesClaim } from '../../objects/pod-claims.ts';
import type { Cycle, Filter } from '../framework.ts';
import { unresolvable } from './filter.ts';

/** Labels that say where something is, the newer name of each last. */
const PLACES: readonly (readonly [older: string, newer: string])[] = [
  ['failure-domain.beta.kubernetes.io/zone', 'topology.kubernetes.io/zone'],
  ['failure-domain.beta.kubernetes.io/region', 'topology.kubernetes.io/region'],
];

/** Nodes in another zone than a volume that a pod's claims are bound to (scheduler: plugins/volumezone). */
export const volumeZone: Filter = {
  name: 'VolumeZone',
  prepare(cycle) {
    const places = volumesOf(cycle).flatMap(placesOf);
    if (places.length === 0) return undefined;
    const refusal = unresolvable('node(s) had no available volume zone');
    return ({ node: { metadata } }) => {
      const labels = metadata.labels ?? {};
      // A cluster whose nodes are in no zone does not mind.
      if (!PLACES.flat().some((name) => labels[name] !== undefined)) return undefined;
      const isThere = places.every(({ name, newer, values }) =>
        values.has(labels[name] ?? labels[newer] ?? ''),
      );
      return isThere ? undefined : refusal;
    };
  },
  mayLift(news, { pod }) {
    if (news.kind === 'VolumeAdded') return claimNames(pod).length > 0;
    if (news.kind === 'ClaimChanged') return usesClaim(pod, news.claim);
    return 'node' in news && news.kind !== 'NodeAllocatable' && news.kind !== 'NodeTaints';
  },
};

interface Place {
  /** The label that the volume bears, and the one that has taken its place since. */
  readonly name: string;
  readonly newer: string;
  /** Zones of a volume that is in several stand in one label: `a__b`. */
  readonly values: ReadonlySet<string>;
}

function placesOf({ metadata }: PersistentVolume): readonly Place[] {
  return PLACES.flatMap(([older, newer]) =>
    [older, newer].flatMap((name) => {
      const value = metadata.labels?.[name];
      return value === undefined ? [] : [{ name, newer, values: new Set(value.split('__')) }];
    }),
  );
}

function volumesOf({ pod, objects }: Cycle): readonly PersistentVolume[] {
  return claimNames(pod).flatMap((name) => {
    const claim = objects.get<PersistentVolumeClaim>('persistentvolumeclaims', pod.metadata.namespace, name);
    const { volumeName = '' } = claim?.spec ?? {};
    return objects.get<PersistentVolume>('persistentvolumes', undefined, volumeName) ?? [];
  });
}
