import type { Event } from '../../../src/cluster/contract/event.ts';
import type { ObjectReader, RowReader } from '../../../src/cluster/contract/reader.ts';
import type { ClusterSettings } from '../../../src/cluster/contract/settings.ts';
import type { KubeObject } from '../../../src/cluster/objects/kube-object.ts';
import type { Node, Pod } from '../../../src/cluster/objects/kubernetes.ts';
import { storageKey } from '../../../src/cluster/objects/storage-key.ts';
import { type Attempt, attempt } from '../../../src/cluster/scheduler/attempt.ts';
import { profilesOf } from '../../../src/cluster/scheduler/profile.ts';
import { evolve } from '../../../src/cluster/world/evolve.ts';
import { objectReader, type Position, rowReader } from '../../../src/cluster/world/readers.ts';
import { emptyWorld, type World } from '../../../src/cluster/world/world.ts';
import { settingsOf } from '../node/play.ts';

/** A store in which pods are given nodes one after another, without anything else that a cluster has. */
export interface Arena {
  put(resource: string, object: KubeObject): void;
  remove(resource: string, object: KubeObject): void;
  /** Looks for a node with all that is remembered of earlier looks, or as if for the first time. */
  look(pod: Pod, how?: 'remembering' | 'afresh'): Attempt;
  /** Gives a pod its node. */
  bind(pod: Pod, node: string): void;
  list<Kind extends KubeObject>(resource: string): readonly Kind[];
}

export function createArena(settings: ClusterSettings = settingsOf({})): Arena {
  let world: World = emptyWorld();
  const position: Position = { tables: world.store.tables, seq: 0 };
  const objects = objectReader(position);
  const rows = rowReader(position);
  const profile = [...profilesOf(settings).values()][0];
  const write = (event: Event): void => {
    world = evolve(world, { seq: world.seq + 1, at: 0, actor: 'arena', key: '', cause: null, event });
    position.tables = world.store.tables;
    position.seq = world.seq;
  };
  const put = (resource: string, object: KubeObject): void => {
    const key = keyOf(resource, object);
    if (objects.byKey(key)) write({ type: 'ObjectDeleted', resource, key, revision: world.seq });
    write({ type: 'ObjectCreated', resource, key, object });
  };
  const lookWith = (pod: Pod, reader: ObjectReader, rowsThere: RowReader): Attempt => {
    if (!profile) throw new Error('there is no profile');
    return attempt({ settings, chance: settings, objects: reader, rows: rowsThere }, pod, profile);
  };
  return {
    put,
    remove: (resource, object) =>
      write({ type: 'ObjectDeleted', resource, key: keyOf(resource, object), revision: world.seq }),
    look: (pod, how = 'remembering') =>
      how === 'remembering'
        ? lookWith(pod, objects, rows)
        : lookWith(pod, objectReader({ ...position }), rows),
    bind(pod, node) {
      const bound: Pod = { ...pod, spec: { ...pod.spec, nodeName: node } };
      put('pods', bound);
    },
    list: (resource) => objects.list(resource),
  };
}

function keyOf(resource: string, { metadata: { namespace, name = '' } }: KubeObject): string {
  return storageKey({ resource, name, ...(namespace !== undefined && { namespace }) });
}

/** The node that an attempt chose. */
export function chosenBy({ outcome }: Attempt): string | undefined {
  return 'choice' in outcome ? outcome.choice.node : undefined;
}

/** What of an attempt must come out the same however it was found. */
export function told({ outcome }: Attempt): unknown {
  if ('problem' in outcome) return outcome;
  const { choice, preemption } = outcome;
  return { ...choice, room: preemption && ('victims' in preemption ? preemption.victims : preemption.why) };
}

/** The sum of what pods on a node ask for of a resource in millicores, and how many pods those are. */
export function loadOf(node: Node, pods: readonly Pod[]): { readonly cpu: number; readonly pods: number } {
  const there = pods.filter(({ spec }) => spec.nodeName === node.metadata.name);
  const asked = ({ spec }: Pod): number =>
    spec.containers.reduce(
      (sum, { resources }) => sum + Number.parseInt(resources?.requests?.['cpu'] ?? '0', 10),
      0,
    );
  return { cpu: there.reduce((sum, pod) => sum + asked(pod), 0), pods: there.length };
}
