import { MINUTE } from '../../../kernel/time/millis.ts';
import type { Change } from '../../contract/api-event.ts';
import type { Component, Delivery } from '../../contract/component.ts';
import type { ObjectReader, RowReader } from '../../contract/reader.ts';
import { isEqualJson } from '../../objects/json.ts';
import type { Pod, ResourceQuota } from '../../objects/kubernetes.ts';
import { resourceListOf } from '../../objects/pod-resources.ts';
import { isOver } from '../../objects/quota/quota-usage.ts';
import { storagePrefix } from '../../objects/storage-key.ts';
import { usedOf } from './used-of.ts';

const ACTOR = 'resourcequota-controller';
const RESOURCE = 'resourcequotas';
/** --resource-quota-sync-period */
const RESYNC_MS = 5 * MINUTE;

/**
 * Counts what is taken of each quota. What is created is counted by the API server itself, at the gate; this
 * controller looks when a quota is new or changed, when something has gone, and at all of them every five
 * minutes (controller/resourcequota).
 */
export const resourceQuotaController: Component = {
  name: ACTOR,
  watches: ['*'],
  // It watches everything, and next to nothing that changes is a quota or gives anything back.
  deliveriesOf: (change, rows, objects) =>
    change.resource === RESOURCE || givesBack(change, rows) ? deliveriesOf(change, rows, objects) : [],
  addresses: (view) =>
    view.objects.list<ResourceQuota>(RESOURCE).map((quota) => ({ actor: ACTOR, key: keyOf(quota) })),
  *reconcile(view, { key }, now) {
    const quota = view.objects.byKey<ResourceQuota>(key);
    if (!quota) return;
    const { namespace = '', name = '' } = quota.metadata;
    const hard = quota.spec?.hard ?? {};
    const used = resourceListOf(usedOf(quota, view.objects, view.settings.epochMs + now));
    if (isEqualJson(quota.status, { hard, used })) return;
    const object: ResourceQuota = { ...quota, status: { hard: { ...hard }, used } };
    yield { verb: 'update', resource: RESOURCE, subresource: 'status', namespace, name, object };
  },
  wake(view, { key }, from) {
    if (!view.objects.byKey(key)) return undefined;
    return { at: Math.ceil(from / RESYNC_MS) * RESYNC_MS, cause: null };
  },
};

function keyOf({ metadata: { namespace = '', name = '' } }: ResourceQuota): string {
  return `${storagePrefix(RESOURCE)}${namespace}/${name}`;
}

function* deliveriesOf(change: Change, rows: RowReader, objects: ObjectReader): Generator<Delivery> {
  if (change.resource === RESOURCE) {
    if (isToCount(change)) yield { actor: ACTOR, key: change.key };
    if (change.type !== 'DELETED') return;
  }
  const { namespace } = change.object.metadata;
  if (namespace === undefined || !givesBack(change, rows)) return;
  for (const quota of objects.list<ResourceQuota>(RESOURCE, namespace))
    yield { actor: ACTOR, key: keyOf(quota) };
}

/** Of a change of its status the controller takes no notice: it writes it itself. */
function isToCount({ type, object, before }: Change): boolean {
  if (type !== 'MODIFIED') return type === 'ADDED';
  return !isEqualJson(
    (object as ResourceQuota).spec?.hard,
    (before as ResourceQuota | undefined)?.spec?.hard,
  );
}

function givesBack({ type, resource, object, before }: Change, rows: RowReader): boolean {
  if (type === 'DELETED') return true;
  if (type === 'ADDED' || before === undefined) return false;
  if (resource === 'services' || resource === 'persistentvolumeclaims') return true;
  if (resource !== 'pods') return false;
  const epochMs = rows.row('settings', 'cluster')?.epochMs ?? 0;
  return isOver(object as Pod, epochMs) && !isOver(before as Pod, epochMs);
}
