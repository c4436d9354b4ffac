import type { Component, View } from './contract/component.ts';
import type { Event } from './contract/event.ts';
import { type ClusterSettings, hasOwnControlPlane, isFounded } from './contract/settings.ts';
import { objectsCreated, rulesOn } from './founding/first-objects.ts';
import { machinesInstalled } from './node/machines-installed.ts';

const ACTOR = 'genesis';

/**
 * The first commit: the cluster's settings, and what a cluster that has run for a day holds. Where the
 * control plane runs on its machines, `pastOf` tells what has become of it since it was set up.
 */
export function createGenesis(pastOf: (settings: ClusterSettings) => Iterable<Event>): Component {
  return {
    name: ACTOR,
    readsStore: true,
    addresses: () => [{ actor: ACTOR, key: 'cluster' }],
    wake: (view, _address, from) => (isConfigured(view) ? undefined : { at: from, cause: null }),
    *reconcile({ settings }) {
      yield { type: 'ClusterConfigured', settings };
      // Before the objects, which are then news to what runs on the machines.
      yield* machinesInstalled(settings, (node) => (isFounded(settings) ? rulesOn(settings, node) : []));
      if (!isFounded(settings)) return;
      if (hasOwnControlPlane(settings)) yield* pastOf(settings);
      else
        yield* objectsCreated(
          settings,
          settings.nodes.filter(({ spare }) => !spare),
        );
    },
  };
}

function isConfigured(view: View): boolean {
  return view.rows.row('settings', 'cluster') !== undefined;
}
