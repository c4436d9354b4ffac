import type { Decide } from '../contract/api-server.ts';
import type { Component } from '../contract/component.ts';
import type { Event } from '../contract/event.ts';
import type { ClusterSettings } from '../contract/settings.ts';
import { turnsPrograms } from '../world/evolve-control-plane.ts';
import type { World } from '../world/world.ts';

/** A cluster ready to run: its settings, its API server, and all that meet there. */
export interface Cluster {
  readonly settings: ClusterSettings;
  readonly decide: Decide<World>;
  readonly components: readonly Component[];
  /** The component whose instance an actor is. */
  componentOf(actor: string): Component | undefined;
  /** Components that watch a resource. */
  watchersOf(resource: string): readonly Component[];
  /**
   * Components that may care for what happened: those that care for facts outside etcd, and for a change in
   * etcd only those among them that read it without watching it.
   */
  concernedBy(event: Event): readonly Component[];
  /** Components of which an actor may list afresh because of a fact. */
  beginningAnew(event: Event): readonly Component[];
  /** Components that may begin or end their work because of a fact. */
  turning(event: Event): readonly Component[];
}

const IN_ETCD: ReadonlySet<Event['type']> = new Set([
  'ObjectCreated',
  'ObjectUpdated',
  'ObjectDeleted',
  'RequestRefused',
]);

const OF_MACHINES: ReadonlySet<Event['type']> = new Set([
  'MachineInstalled',
  'MachineStarted',
  'KubeletStarted',
  'NetworkMended',
]);

export function assemble(
  settings: ClusterSettings,
  decide: Decide<World>,
  parts: readonly Component[],
): Cluster {
  const components = parts.map(inOneShape);
  const byName = new Map(components.map((component) => [component.name, component]));
  const concerned = components.filter((component) => component.concernsOf);
  const listing = components.filter((component) => component.listsAfresh);
  const ofPrograms = components.filter(({ program }) => program !== undefined);
  const byResource = new Map<string, readonly Component[]>();
  const byFact = new Map<Event['type'], readonly Component[]>();
  return {
    settings,
    decide,
    components,
    concernedBy({ type }) {
      let found = byFact.get(type);
      if (!found) {
        found = concerned.filter(
          ({ readsStore, concernedBy }) =>
            (concernedBy?.includes(type) ?? true) && (readsStore || !IN_ETCD.has(type)),
        );
        byFact.set(type, found);
      }
      return found;
    },
    beginningAnew: ({ type }) => (OF_MACHINES.has(type) ? listing : []),
    turning: (event) => (turnsPrograms(event) ? ofPrograms : []),
    componentOf(actor) {
      const slash = actor.indexOf('/');
      return byName.get(slash < 0 ? actor : actor.slice(0, slash));
    },
    watchersOf(resource) {
      let found = byResource.get(resource);
      if (!found) {
        found = components.filter(({ watches = [] }) => watches.includes(resource) || watches.includes('*'));
        byResource.set(resource, found);
      }
      return found;
    },
  };
}

/**
 * A component with all the fields that there are, those that it has not as undefined, in one order. Each of
 * them is asked about every entry, and a field of objects of fifty shapes takes engines several times as long
 * to find as that of one.
 */
function inOneShape(component: Component): Component {
  const { name, program, versionOf, watches, deliveriesOf, concernsOf, concernedBy, addresses } = component;
  const { isConnected, listsAfresh, reconcile, wake, looksAfter, readsStore, polls, assumes } = component;
  const told = { watches, deliveriesOf, concernsOf, concernedBy, addresses, isConnected, listsAfresh };
  const ways = { looksAfter, readsStore, polls, assumes };
  const whole: Whole = { name, program, versionOf, ...told, reconcile, wake, ...ways };
  return whole as Component;
}

/** So that the compiler says of a field that comes to components that it has to be here. */
type Whole = { readonly [Field in keyof Component]-?: Component[Field] | undefined };
