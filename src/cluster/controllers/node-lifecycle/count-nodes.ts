import type { Millis } from '../../../kernel/time/millis.ts';
import { parseRfc3339 } from '../../../kernel/time/rfc3339.ts';
import type { Reaction, View } from '../../contract/component.ts';
import { controllerRowKey } from '../../contract/controller-row.ts';
import { derived, derivedOfText } from '../../objects/derived.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type { Node } from '../../objects/kubernetes.ts';
import { record } from '../../recorder/record.ts';
import type { OwnKey } from '../shared/put-off.ts';

/**
 * Whether a node has come or gone since the monitor's last pass (node_lifecycle_controller.go
 * classifyNodes).
 */
export function isCountedWrong(view: View, own: OwnKey): boolean {
  return isKnown(view, own) !== (view.objects.byKey(own.key) !== undefined);
}

/** Takes a node that has come among those that are watched over, or one that has gone from among them. */
export function* countNode(view: View, own: OwnKey, now: Millis): Reaction {
  const node = view.objects.byKey<Node>(own.key);
  const name = own.key.slice(own.key.lastIndexOf('/') + 1);
  yield { type: 'PresenceNoted', actor: own.actor, about: own.key, isKnown: node !== undefined };
  const [reason, words] = node
    ? ['RegisteredNode', `Registered Node ${name} in Controller`]
    : ['RemovingNode', `Removing Node ${name} from Controller`];
  const object = {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, ...(node?.metadata.uid !== undefined && { uid: node.metadata.uid }) },
  } as KubeObject;
  const message = `Node ${name} event: ${words}`;
  yield* record(view, { component: 'node-controller', object, type: 'Normal', reason, message }, now);
}

/** Nodes from before the story are old acquaintances. */
function isKnown({ rows, objects, settings }: View, { actor, key }: OwnKey): boolean {
  const noted = rows.row('controllerKeys', rowKeysOf(actor)(key))?.isKnown;
  if (noted !== undefined) return noted;
  const node = objects.byKey<Node>(key);
  // One that is gone before anything was noted of it was there from the beginning.
  if (!node) return objects.changedAt(key) !== undefined;
  return cameAt(node) < settings.epochMs;
}

/** In milliseconds since 1970. */
const cameAt = derived(({ metadata }: Node): Millis => parseRfc3339(metadata.creationTimestamp ?? '') ?? 0);

// Asked for with every look: a text that is known is found faster than one that is made anew.
const rowKeysOf = derivedOfText((actor) => derivedOfText((key) => controllerRowKey(actor, key), 10_000), 10);
