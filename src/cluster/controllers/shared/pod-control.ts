import type { Millis } from '../../../kernel/time/millis.ts';
import type { View } from '../../contract/component.ts';
import type { Doing } from '../../contract/doing.ts';
import type { Refused } from '../../contract/response.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type { Pod } from '../../objects/kubernetes.ts';
import { record } from '../../recorder/record.ts';

/** Who makes and removes pods, for what, and when. */
export interface PodControl {
  readonly view: View;
  readonly now: Millis;
  /** As Events name it: `replicaset-controller`. */
  readonly component: string;
  readonly owner: KubeObject;
}

/**
 * Creates `count` pods in batches of 1, 2, 4, …: a batch that meets a refusal is the last, so that what can't
 * succeed is not asked for too often (replica_set.go slowStartBatch). Returns the first refusal's message.
 */
export function* createPods(control: PodControl, pod: Pod, count: number): Doing<string | undefined> {
  let left = count;
  for (let batch = Math.min(1, left); batch > 0; batch = Math.min(2 * batch, left)) {
    let problem: string | undefined;
    for (let index = 0; index < batch; index++) problem = (yield* createPod(control, pod)) ?? problem;
    if (problem !== undefined) return problem;
    left -= batch;
  }
  return undefined;
}

/** Creates one pod and tells of it. Returns the refusal's message. */
export function* createPod(control: PodControl, pod: Pod): Doing<string | undefined> {
  const namespace = control.owner.metadata.namespace ?? '';
  const made = yield { verb: 'create', resource: 'pods', namespace, object: pod };
  if (made.ok) {
    yield* tell(control, 'SuccessfulCreate', `Created pod: ${made.object?.metadata.name}`);
    return undefined;
  }
  // Nothing can be made in a namespace that ends, and nobody has to be told.
  if (isOfEndingNamespace(made)) return undefined;
  yield* tell(control, 'FailedCreate', `Error creating: ${made.status.message}`);
  return made.status.message;
}

/** Deletes a pod with its own grace; a pod that is gone is as good. Returns the refusal's message. */
export function* deletePod(control: PodControl, pod: Pod): Doing<string | undefined> {
  const { namespace = '', name = '' } = pod.metadata;
  const gone = yield { verb: 'delete', resource: 'pods', namespace, name };
  if (gone.ok) yield* tell(control, 'SuccessfulDelete', `Deleted pod: ${name}`);
  if (gone.ok || gone.status.code === 404) return undefined;
  yield* tell(control, 'FailedDelete', `Error deleting: ${gone.status.message}`);
  return `unable to delete pods: ${gone.status.message}`;
}

export function isOfEndingNamespace({ status }: Refused): boolean {
  return status.details?.causes?.some(({ reason }) => reason === 'NamespaceTerminating') ?? false;
}

function* tell({ view, now, component, owner }: PodControl, reason: string, message: string): Doing<void> {
  const type = reason.startsWith('Failed') ? 'Warning' : 'Normal';
  yield* record(view, { component, object: owner, type, reason, message }, now);
}
