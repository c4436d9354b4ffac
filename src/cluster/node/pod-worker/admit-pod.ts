import type { Millis } from '../../../kernel/time/millis.ts';
import { formatRfc3339 } from '../../../kernel/time/rfc3339.ts';
import type { View } from '../../contract/component.ts';
import type { Doing } from '../../contract/doing.ts';
import type { Node, Pod } from '../../objects/kubernetes.ts';
import { isMirrorPod } from '../../objects/mirror-pod.ts';
import { isTerminal } from '../../objects/pod-phase.ts';
import { inVersion, type Since } from '../../objects/versions.ts';
import { whyTurnedAway } from '../pressure/turn-away.ts';
import { type Rejection, rejectionOf } from './admission.ts';
import { contextOfPod } from './context-of-pod.ts';
import { keep, move, type PodContext, tell } from './pod-context.ts';
import { publishStatus } from './publish-status.ts';
import { removeLeftOver } from './remove-left-over.ts';

const REJECTED: Since<string> = [
  [20, 'Pod '],
  [27, 'Pod was rejected: '],
];

interface Arrival {
  readonly view: View;
  readonly now: Millis;
  readonly node: string;
  readonly key: string;
}

/** Takes a pod in that has been bound to the node, or rejects it. False when there is nothing to take in. */
export function* admitPod({ view, now, node, key }: Arrival): Doing<boolean> {
  const [namespace = '', name = '', uid = ''] = key.split('/');
  const pod = view.objects.get<Pod>('pods', namespace, name);
  if (pod?.metadata.uid !== uid || pod.spec.nodeName !== node || isTerminal(pod)) return false;
  // It only shows what runs because of a file.
  if (isMirrorPod(pod)) return false;
  const rejection =
    pod.metadata.deletionTimestamp === undefined ? yield* examine(view, node, pod) : undefined;
  yield* removeLeftOver({ view, now, node, key });
  yield { type: 'PodAdmitted', node, pod: key, namespace, name, uid };
  const context = rejection && contextOfPod(view, node, key, now);
  if (context) yield* reject(context, rejection);
  return true;
}

function* examine(view: View, name: string, pod: Pod): Doing<Rejection | undefined> {
  const machine = view.rows.row('machines', name);
  const turnedAway = machine && whyTurnedAway(machine, pod);
  if (turnedAway) return turnedAway;
  const got = yield { verb: 'get', resource: 'nodes', name };
  if (!got.ok) return undefined;
  const others = view.rows
    .rowsBy('podWorkers', 'node', name)
    .filter(({ stage }) => stage === 'syncing' || stage === 'terminating')
    .map((worker) => worker.pod);
  return rejectionOf(pod, got.object as Node, others);
}

/** Kubelet: kubelet.go rejectPod. */
function* reject(context: PodContext, { reason, message }: Rejection): Doing<void> {
  const { worker, pod, version } = context;
  yield* tell(context, { type: 'Warning', reason, message });
  move(context, { stage: 'rejected', pendingSince: undefined });
  const qosClass = pod.status?.qosClass;
  yield* publishStatus(context, {
    phase: 'Failed',
    reason,
    message: inVersion(REJECTED, version) + message,
    startTime: formatRfc3339(context.view.settings.epochMs + context.now),
    ...(qosClass !== undefined && { qosClass }),
  });
  yield* keep(context, worker);
}
