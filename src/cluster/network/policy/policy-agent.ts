import type { Change } from '../../contract/api-event.ts';
import type { Address, Component, Delivery, Reaction, View } from '../../contract/component.ts';
import type { Event } from '../../contract/event.ts';
import { instancesOf } from '../../contract/instances.ts';
import { policyKey } from '../../contract/policy-rows.ts';
import type { ObjectReader, RowReader } from '../../contract/reader.ts';
import { isEqualJson } from '../../objects/json.ts';
import type { NetworkPolicy, Pod } from '../../objects/kubernetes.ts';
import { isHeard } from '../../world/reach.ts';
import { nodeBack } from '../node-back.ts';
import { asksNamespaces, policyOf } from './policy-of.ts';

const NAME = 'policy-agent';
const { actorOf, nodeOf } = instancesOf(NAME);
/** Before the key of a look at a pod's labels. */
const POD = 'pod ';
const POLICIES = 'networkpolicies.networking.k8s.io';

/**
 * What the network plugin runs on each node to have NetworkPolicies enforced there, one an actor
 * (`policy-agent/node-1`). A look is at one policy (`default/deny-all`).
 */
export const policyAgent: Component = {
  name: NAME,
  watches: [POLICIES, 'namespaces', 'pods'],
  looksAfter: 'policySync',
  deliveriesOf,
  isConnected: (actor, rows) => isHeard(rows, nodeOf({ actor })),
  listsAfresh,
  reconcile,
};

function* deliveriesOf(change: Change, rows: RowReader, objects: ObjectReader): Generator<Delivery> {
  if (change.resource === 'pods') {
    yield* ofPod(change, objects);
    return;
  }
  const isPolicy = change.resource === POLICIES;
  const keys = isPolicy ? [keyOf(change.object as NetworkPolicy)] : policiesByNamespace(objects);
  if (keys.length === 0) return;
  for (const { node } of rows.rowsBy('machines', 'all', '')) {
    for (const key of keys) yield { actor: actorOf(node), key };
  }
}

/** New labels of a pod matter to its own node; there is nothing to see before it has one. */
function* ofPod({ object, before }: Change, objects: ObjectReader): Generator<Delivery> {
  const { nodeName } = (object as Pod).spec;
  const { labels, namespace, name } = object.metadata;
  if (!nodeName || !before || labels === before.metadata.labels) return;
  if (objects.list(POLICIES).length > 0 && !isEqualJson(labels ?? {}, before.metadata.labels ?? {})) {
    yield { actor: actorOf(nodeName), key: `${POD}${namespace}/${name}` };
  }
}

function policiesByNamespace(objects: ObjectReader): readonly string[] {
  return objects.list<NetworkPolicy>(POLICIES).filter(asksNamespaces).map(keyOf);
}

function keyOf({ metadata: { namespace = '', name = '' } }: NetworkPolicy): string {
  return `${namespace}/${name}`;
}

/** Whoever comes back looks at all that any node enforces. */
function* listsAfresh(event: Event, rows: RowReader): Generator<Delivery> {
  const back = nodeBack(event);
  if (back === undefined) return;
  const actor = actorOf(back);
  const known = rows.rowsBy('nodePolicies', 'all', '').map(({ policy }) => policy);
  for (const key of new Set(known)) yield { actor, key };
}

function* reconcile({ rows, objects, settings }: View, { actor, key }: Address): Reaction {
  // A network plugin may know nothing of policies.
  if (settings.addons?.networkPolicy === false) return;
  const node = nodeOf({ actor });
  const machine = rows.row('machines', node);
  if (!machine || machine.off) return;
  if (key.startsWith(POD)) {
    const [namespace = '', name = ''] = key.slice(POD.length).split('/');
    yield* noteLabels(rows, objects.get<Pod>('pods', namespace, name));
    return;
  }
  const [namespace = '', name = ''] = key.split('/');
  const object = objects.get<NetworkPolicy>(POLICIES, namespace, name);
  const row = rows.row('nodePolicies', policyKey(node, key));
  if (!object) {
    if (row) yield { type: 'PoliciesSynced', node, policies: [{ policy: key, isGone: true }] };
    return;
  }
  for (const pod of objects.listBy<Pod>('node', node)) yield* noteLabels(rows, pod);
  const policy = policyOf(object, objects);
  if (!row || !isEqualJson(row, { node, ...policy })) {
    yield { type: 'PoliciesSynced', node, policies: [policy] };
  }
}

/** A kubelet goes by the pod as it was admitted; policies go by the labels that it has. */
function* noteLabels(rows: RowReader, object: Pod | undefined): Reaction {
  const { namespace, name, uid, labels = {} } = object?.metadata ?? {};
  const pod = `${namespace}/${name}/${uid}`;
  const worker = rows.row('podWorkers', pod);
  if (!worker) return;
  const known = rows.row('podLabels', pod)?.labels ?? worker.pod.metadata.labels ?? {};
  if (!isEqualJson(known, labels)) yield { type: 'PodRelabelled', node: worker.node, pod, labels };
}
