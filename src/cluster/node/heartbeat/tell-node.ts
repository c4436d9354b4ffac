import type { Millis } from '../../../kernel/time/millis.ts';
import type { Reaction, View } from '../../contract/component.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import { inVersion, type Since } from '../../objects/versions.ts';
import { record } from '../../recorder/record.ts';

/** Kubelets used to give the name for the uid. Recorded without one in 1.36. */
const GIVES_NAME_FOR_UID: Since<boolean> = [
  [20, true],
  [30, false],
];

interface Told {
  readonly type?: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
}

/** A Kubernetes Event of a kubelet about its node. */
export function* tellNode(
  view: View,
  node: string,
  { type = 'Normal', reason, message, now }: Told & { readonly now: Millis },
): Reaction {
  const hasUid = inVersion(GIVES_NAME_FOR_UID, view.settings.version);
  const metadata = { name: node, ...(hasUid && { uid: node }) };
  const object = { apiVersion: 'v1', kind: 'Node', metadata } as KubeObject;
  yield* record(view, { component: 'kubelet', host: node, object, type, reason, message }, now);
}

/** What it says when the node becomes otherwise. Kubelet: kubelet_node_status.go recordNodeStatusEvent. */
export function tellState(view: View, node: string, reason: string, now: Millis): Reaction {
  return tellNode(view, node, { reason, message: `Node ${node} status is now: ${reason}`, now });
}
