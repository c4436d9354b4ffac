import { decide } from '../../src/cluster/apiserver/decide.ts';
import type { Address, Component, Deed } from '../../src/cluster/contract/component.ts';
import type { Event } from '../../src/cluster/contract/event.ts';
import type { Response } from '../../src/cluster/contract/response.ts';
import type { ClusterSettings } from '../../src/cluster/contract/settings.ts';
import type { KubeObject } from '../../src/cluster/objects/kube-object.ts';
import { storageKey } from '../../src/cluster/objects/storage-key.ts';
import { evolve } from '../../src/cluster/world/evolve.ts';
import { objectReader, rowReader } from '../../src/cluster/world/readers.ts';
import { emptyWorld, type World } from '../../src/cluster/world/world.ts';

interface Given {
  readonly settings: ClusterSettings;
  /** Objects in etcd, each with its resource. */
  readonly objects?: readonly (readonly [resource: string, object: KubeObject])[];
  /** What has happened on the machines. */
  readonly facts?: readonly Event[];
}

interface Looked {
  /** What the component did in one look, in order. */
  readonly deeds: readonly Deed[];
  readonly world: World;
}

/**
 * `given({ … }).when(component, address, at)`: one look of one component at a world, by the real API server.
 */
export function given({ settings, objects = [], facts = [] }: Given): {
  when(component: Component, address: Address, at: number): Looked;
} {
  let world = emptyWorld();
  const happen = (event: Event, at: number, address: Address = { actor: 'given', key: '' }): void => {
    world = evolve(world, { seq: world.seq + 1, at, ...address, cause: null, event });
  };
  happen({ type: 'ClusterConfigured', settings }, 0);
  for (const [index, [resource, object]] of objects.entries()) happen(stored(resource, object, index + 1), 0);
  for (const fact of facts) happen(fact, 0);
  return {
    when(component, address, at) {
      const deeds: Deed[] = [];
      const position = { tables: world.store.tables, seq: world.seq };
      const view = {
        settings,
        chance: settings,
        objects: objectReader({ ...position }),
        rows: rowReader(position),
      };
      const reaction = component.reconcile(view, address, at);
      let answer: Response = { ok: true, revision: 0 };
      for (let next = reaction.next(answer); !next.done; next = reaction.next(answer)) {
        deeds.push(next.value);
        const events = 'type' in next.value ? [next.value] : [];
        if (!('type' in next.value)) {
          const decision = decide(world, next.value, { actor: address.actor, at });
          events.push(...decision.events);
          answer = decision.response;
        }
        for (const event of events) happen(event, at, address);
        position.seq = world.seq;
      }
      return { deeds, world };
    },
  };
}

function stored(resource: string, object: KubeObject, revision: number): Event {
  const { namespace, name = '' } = object.metadata;
  const key = storageKey({ resource, name, ...(namespace !== undefined && { namespace }) });
  const metadata = { uid: `uid-${name}`, ...object.metadata, resourceVersion: String(revision) };
  return { type: 'ObjectCreated', resource, key, object: { ...object, metadata } };
}
