import type { Millis } from '../../kernel/time/millis.ts';
import type { Component, Reaction, View } from '../contract/component.ts';
import type { ClusterSettings } from '../contract/settings.ts';
import { isEqualJson } from '../objects/json.ts';
import type { KubeObject } from '../objects/kube-object.ts';
import { storageKey } from '../objects/storage-key.ts';
import { isServing, programsOf } from '../world/control-plane.ts';
import { kubernetesService, type Stored, serverObjects } from './first-objects.ts';

const ACTOR = 'kube-apiserver';
const ADDRESS = { actor: ACTOR, key: 'start' };
const RETRY_MS = 500;

/**
 * What API servers make by themselves in a store that is new to them, and what they say of where they are
 * (kube-apiserver: poststarthooks, systemnamespaces, reconcilers). Of a cluster that is older than its log
 * all this is there.
 */
export const serverStart: Component = {
  name: ACTOR,
  readsStore: true,
  addresses: () => [ADDRESS],
  concernsOf: ({ event }) => (CONCERNING.test(event.type) ? [ADDRESS] : []),
  wake(view, _address, from) {
    const { rows, settings } = view;
    if (!isServing(rows, settings) || missing(view).length + moved(view).length === 0) return undefined;
    const last = Math.max(0, ...programsOf(rows, ACTOR).map(({ startedAt }) => startedAt));
    return { at: nextTry(Math.max(from, last)), cause: rows.changedAt('programs', firstKey(view)) };
  },
  *reconcile(view): Reaction {
    for (const [resource, object] of missing(view)) {
      const { namespace } = object.metadata;
      yield { verb: 'create', resource, object, ...(namespace !== undefined && { namespace }) };
    }
    for (const [resource, object] of moved(view)) {
      const { namespace = '', name = '' } = object.metadata;
      yield { verb: 'update', resource, namespace, name, object };
    }
  },
};

const CONCERNING = /^(Program(Started|Stopped)|Etcd|StoreRestored|Object(Deleted|Updated))/;

function nextTry(from: Millis): Millis {
  return Math.ceil(from / RETRY_MS) * RETRY_MS;
}

function firstKey({ rows }: View): string {
  const [first] = programsOf(rows, ACTOR);
  return `${ACTOR}/${first?.node ?? ''}`;
}

function missing(view: View): readonly Stored[] {
  const { objects, settings } = view;
  const wanted = [...serverObjects(settings), ...kubernetesService(serverAddresses(view))];
  return wanted.filter(([resource, { metadata }]) => !objects.byKey(keyOf(resource, metadata)));
}

/** Where the API servers are, if it is said otherwise (reconcilers/lease.go). */
function moved(view: View): readonly Stored[] {
  const { objects } = view;
  return [...kubernetesService(serverAddresses(view))].flatMap(([resource, object]): Stored[] => {
    const known = objects.byKey<KubeObject>(keyOf(resource, object.metadata));
    if (resource === 'services' || !known) return [];
    const now = { ...known, ...object, metadata: known.metadata };
    return isEqualJson(now, known) ? [] : [[resource, now]];
  });
}

function keyOf(resource: string, { namespace, name = '' }: KubeObject['metadata']): string {
  return storageKey({ resource, name, ...(namespace !== undefined && { namespace }) });
}

function serverAddresses({ rows }: View): readonly string[] {
  return programsOf(rows, ACTOR)
    .flatMap(({ node }) => rows.row('machines', node)?.ip ?? [])
    .sort();
}

/** Whether a cluster is set up, or gets more machines for its control plane, while its log is written. */
export function growsItsPlane({ nodes }: ClusterSettings): boolean {
  return nodes.some(({ controlPlane, spare }) => controlPlane && spare);
}
