import type { Millis } from '../../kernel/time/millis.ts';
import type { Component, Reaction, View, Wake } from '../contract/component.ts';
import type { AutoscalerSettings } from '../contract/settings.ts';
import { storageKey } from '../objects/storage-key.ts';
import { AUTOSCALER } from './autoscaler-events.ts';
import { groupsOf } from './node-groups.ts';
import { finishDeletions, nextDeletionLook, nodesBeingDeleted, scaleDown } from './scale-down.ts';
import { pendingPods, scaleUp } from './scale-up.ts';

const LOOP = { actor: AUTOSCALER, key: 'loop' };

/**
 * Adds machines to groups of nodes when pods find no place, and gives back those that nobody needs (cluster-
 * autoscaler: core/static_autoscaler.go RunOnce), with the provider of the machines. It keeps nothing in
 * memory: since when a node is not needed stands in its taint.
 */
export const clusterAutoscaler: Component = {
  name: AUTOSCALER,
  watches: ['nodes', 'pods', 'poddisruptionbudgets.policy'],
  assumes: true,
  *deliveriesOf() {
    yield LOOP;
  },
  *addresses({ settings }) {
    if (settings.autoscaler) yield LOOP;
  },
  *reconcile(view, _address, now) {
    const settings = view.settings.autoscaler;
    if (settings) yield* runOnce(view, settings, now);
  },
  wake: (view, _address, from) => nextLook(view, from),
};

function* runOnce(view: View, settings: AutoscalerSettings, now: Millis): Reaction {
  // A change alone does not make it look before its time has come.
  if (nextTime(view, settings, now) !== now) return;
  const scaling = { settings, groups: groupsOf(view, settings) };
  yield* finishDeletions(view, scaling, now);
  if (now % settings.scanMs !== 0) return;
  const isGrowing = yield* scaleUp(view, scaling, now);
  if (!isGrowing) yield* scaleDown(view, { settings, groups: groupsOf(view, settings) }, now);
}

function nextLook(view: View, from: Millis): Wake | undefined {
  const { autoscaler } = view.settings;
  return autoscaler && { at: nextTime(view, autoscaler, from), cause: causeOf(view) };
}

function nextTime(view: View, { scanMs }: AutoscalerSettings, from: Millis): Millis {
  const scan = Math.ceil(from / scanMs) * scanMs;
  return Math.min(scan, nextDeletionLook(view, from) ?? scan);
}

/**
 * What changed last of a pod that waits for a node, or of a node that is to go; the clock where there is
 * neither.
 */
function causeOf(view: View): number | null {
  const { objects } = view;
  const pods = pendingPods(view).map(({ metadata: { namespace = '', name = '' } }) => ({
    resource: 'pods',
    namespace,
    name,
  }));
  const nodes = nodesBeingDeleted(view).map(({ name }) => ({ resource: 'nodes', name }));
  const changes = (pods.length > 0 ? pods : nodes).flatMap(
    (each) => objects.changedAt(storageKey(each)) ?? [],
  );
  return changes.length === 0 ? null : Math.max(...changes);
}
