import { granted, type Outcome } from '../apiserver/call.ts';
import { badRequest, internalError } from '../apiserver/refusal.ts';
import { containerKey, statusOfContainer } from '../clients/kubectl/pods/pod-containers.ts';
import { unreachableKubelet } from '../clients/kubectl/pods/unreachable-kubelet.ts';
import type { ContainerRow } from '../contract/machine-rows.ts';
import { quoteGo } from '../objects/go-json.ts';
import type { Pod } from '../objects/kubernetes.ts';
import { type ConnectCall, chosenContainer, podOf } from './pod-log.ts';
import type { WireServer } from './wire-server.ts';

/** The container in which something is to be run, or to which somebody attaches. */
export function containerOf(server: WireServer, call: ConnectCall): Outcome<ContainerRow> {
  const found = podOf(server, call);
  if (!found.ok) return found;
  const pod = found.value;
  const { phase = '' } = pod.status ?? {};
  if (phase === 'Succeeded' || phase === 'Failed')
    return badRequest(`cannot exec into a container in a completed pod; current phase is ${phase}`);
  const container = chosenContainer(pod, call.query.text('container'));
  if (!container.ok) return container;
  const reached = reachedNode(server, pod);
  if (!reached.ok) return reached;
  const row = runningContainer(server, pod, container.value);
  return row
    ? granted(row)
    : internalError(`unable to upgrade connection: container not found (${quoteGo(container.value)})`);
}

/** The node of a pod, if the API server reaches its kubelet (registry/core/pod: streamLocation). */
export function reachedNode({ view }: WireServer, { metadata, spec }: Pod): Outcome<string> {
  const { nodeName = '' } = spec;
  if (nodeName === '') return badRequest(`pod ${metadata.name} does not have a host assigned`);
  const kubelet = unreachableKubelet(view, nodeName);
  return kubelet ? internalError(`error dialing backend: ${kubelet.problem}`) : granted(nodeName);
}

/** The kubelet asks its runtime, which knows better than the status of the pod. */
function runningContainer({ view }: WireServer, pod: Pod, name: string): ContainerRow | undefined {
  const { namespace, name: podName, uid } = pod.metadata;
  const rows = view.rows
    .rowsBy('containers', 'pod', `${namespace}/${podName}/${uid}`)
    .filter((row) => row.name === name && row.startedAt !== undefined && row.exit === undefined);
  const known = containerKey(statusOfContainer(pod, name)?.containerID ?? '');
  return rows.find(({ id }) => id === known) ?? rows.at(-1);
}
