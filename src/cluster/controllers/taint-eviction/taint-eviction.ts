import type { Change } from '../../contract/api-event.ts';
import type { Component, Delivery } from '../../contract/component.ts';
import type { ObjectReader } from '../../contract/reader.ts';
import type { Node, Pod } from '../../objects/kubernetes.ts';
import { storageKey } from '../../objects/storage-key.ts';
import { concernedByPuttingOff, putOffTo } from '../shared/put-off.ts';
import { evictTainted, noExecuteTaints } from './evict-tainted.ts';

const ACTOR = 'taint-eviction-controller';

/** Makes pods go from nodes whose NoExecute taints they do not tolerate, or no longer (tainteviction). */
export const taintEvictionController: Component = {
  name: ACTOR,
  watches: ['nodes', 'pods'],
  assumes: true,
  deliveriesOf: (change, _rows, objects) => deliveriesOf(change, objects),
  ...concernedByPuttingOff(ACTOR),
  *addresses({ objects }) {
    for (const node of objects.list<Node>('nodes')) {
      if (noExecuteTaints(node).length === 0) continue;
      for (const pod of objects.listBy<Pod>('node', node.metadata.name ?? '')) yield addressOf(pod);
    }
  },
  reconcile: (view, { key }, now) => evictTainted(view, { actor: ACTOR, key, now }),
  wake(view, { actor, key }, from) {
    const at = putOffTo(view, { actor, key }, from);
    return at === undefined ? undefined : { at, cause: view.objects.changedAt(key) ?? null };
  },
};

function* deliveriesOf({ resource, object, before }: Change, objects: ObjectReader): Generator<Delivery> {
  yield { actor: ACTOR };
  if (resource === 'pods') {
    const pod = object as Pod;
    const isNews = pod.spec !== (before as Pod | undefined)?.spec;
    const node = objects.get<Node>('nodes', undefined, pod.spec.nodeName ?? '');
    if (isNews && node && noExecuteTaints(node).length > 0) yield addressOf(pod);
    return;
  }
  const [now, old] = [noExecuteTaints(object as Node), before ? noExecuteTaints(before as Node) : []];
  if (now.length === 0 && old.length === 0) return;
  for (const pod of objects.listBy<Pod>('node', object.metadata.name ?? '')) yield addressOf(pod);
}

function addressOf({ metadata: { namespace = '', name = '' } }: Pod) {
  return { actor: ACTOR, key: storageKey({ resource: 'pods', namespace, name }) };
}
