import { persistentVolumeController } from '../../../../src/cluster/controllers/persistent-volume/persistent-volume.ts';
import {
  claimProtectionController,
  volumeProtectionController,
} from '../../../../src/cluster/controllers/persistent-volume/protection.ts';
import { statefulSetController } from '../../../../src/cluster/controllers/stateful-set/stateful-set.ts';
import type {
  CoreEvent,
  PodSpec,
  StatefulSet,
  StatefulSetSpec,
} from '../../../../src/cluster/objects/kubernetes.ts';
import { changeOf } from '../../../../src/cluster/world/changes.ts';
import { create, type Play, type PlayOptions } from '../../node/play.ts';
import { objectsOf, playWorkloads, podsOf } from '../workloads.ts';

const labels = { app: 'db' };
export const resource = 'statefulsets.apps';

export function setOf(
  spec: Partial<StatefulSetSpec> = {},
  version = '1',
  pod: Partial<PodSpec> = {},
): StatefulSet {
  const env = [{ name: 'V', value: version }];
  const containers = [{ name: 'c', image: 'busybox:1.36', command: ['sleep', '3600'], env }];
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'db', namespace: 'default' },
    spec: {
      replicas: 3,
      serviceName: 'db',
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { terminationGracePeriodSeconds: 2, containers, ...pod } },
      ...spec,
    },
  };
}

const controllers = [
  statefulSetController,
  persistentVolumeController,
  claimProtectionController,
  volumeProtectionController,
];

export function play(typed: Parameters<typeof playWorkloads>[0], options: Partial<PlayOptions> = {}): Play {
  return playWorkloads(typed, {
    until: 10_000,
    calm: true,
    ...options,
    more: [...controllers, ...(options.more ?? [])],
  });
}

export const made = (spec: Partial<StatefulSetSpec> = {}, pod: Partial<PodSpec> = {}) =>
  create(0, setOf(spec, '1', pod), resource);

/** Somebody changes the set. */
export function change(
  at: number,
  spec: Partial<StatefulSetSpec>,
  version = '1',
  pod: Partial<PodSpec> = {},
) {
  const target = { resource, namespace: 'default', name: 'db' } as const;
  const patch = { spec: setOf(spec, version, pod).spec };
  return { at, request: { verb: 'patch', ...target, patchType: 'merge', patch } } as const;
}

/** Which pods were made, asked to go and were gone, in order. */
export function stepsOf({ log, world }: Play, from = 0): readonly string[] {
  return log.flatMap((entry): string[] => {
    const seen = changeOf(world.store.tables, entry);
    if (seen?.resource !== 'pods' || entry.at < from) return [];
    const { metadata } = seen.object;
    if (seen.type === 'ADDED') return [`+${metadata.name}`];
    if (seen.type === 'DELETED') return [`-${metadata.name}`];
    const isAsked = metadata.deletionTimestamp && !seen.before?.metadata.deletionTimestamp;
    return isAsked ? [`~${metadata.name}`] : [];
  });
}

/** At which second each pod was made. */
export function secondsOf({ log, world }: Play): readonly number[] {
  return log.flatMap((entry) => {
    const seen = changeOf(world.store.tables, entry);
    return seen?.resource === 'pods' && seen.type === 'ADDED' ? [Math.floor(entry.at / 1000)] : [];
  });
}

export function podsWithVersions({ world }: Play): readonly string[] {
  return podsOf(world).map(
    ({ metadata, spec }) => `${metadata.name} V${spec.containers[0]?.env?.[0]?.value}`,
  );
}

export function statusOf({ world }: Play) {
  return objectsOf<StatefulSet>(world, resource)[0]?.status;
}

export function toldBy({ world }: Play): readonly string[] {
  return objectsOf<CoreEvent>(world, 'events')
    .filter(({ involvedObject }) => involvedObject.kind === 'StatefulSet')
    .map(({ reason, message }) => `${reason}: ${message}`);
}
