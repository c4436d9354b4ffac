import type { View } from '../../contract/component.ts';
import type { Doing } from '../../contract/doing.ts';
import type { PodWorkerRow } from '../../contract/pod-worker-row.ts';
import type { RowReader } from '../../contract/reader.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type { Pod } from '../../objects/kubernetes.ts';
import { isMirrorPod, MIRROR } from '../../objects/mirror-pod.ts';
import type { PodContext } from '../pod-worker/pod-context.ts';
import { sendStatus } from '../pod-worker/publish-status.ts';

/** The static pod of a node that a pod in the API shows. */
export function shownBy(rows: RowReader, { metadata, spec }: Pod): PodWorkerRow | undefined {
  const { namespace, name } = metadata;
  return rows
    .rowsBy('podWorkers', 'node', spec.nodeName ?? '')
    .find((worker) => worker.static && worker.namespace === namespace && worker.name === name);
}

/** Whether a pod in the API shows a static pod as it is. */
function shows(pod: KubeObject, uid: string): boolean {
  return pod.metadata.annotations?.[MIRROR] === uid;
}

/**
 * Sees to it that the API shows a static pod that runs: a mirror that was deleted, or shows an earlier one,
 * is made anew. Kubelet: kubelet.go tryReconcileMirrorPods.
 */
export function* keepMirror(context: PodContext): Doing<void> {
  const { view, worker, node, pod } = context;
  if (!worker.static || worker.static.gone || worker.stage !== 'syncing') return;
  const { namespace, name, uid } = worker;
  if (isRight(view.objects.get<Pod>('pods', namespace, name), uid)) return;
  const got = yield { verb: 'get', resource: 'pods', namespace, name };
  if (!got.ok && got.status.code !== 404) return;
  if (got.ok && isRight(got.object, uid)) return;
  if (got.ok && got.object) {
    // A pod of that name that is nobody's mirror is left alone.
    if (!isMirrorPod(got.object)) return;
    yield* deleteMirror(worker, got.object.metadata.uid ?? '');
  }
  const owner = yield { verb: 'get', resource: 'nodes', name: node };
  if (!owner.ok || !owner.object || owner.object.metadata.deletionTimestamp !== undefined) return;
  const { uid: _, ...metadata } = pod.metadata;
  const object: Pod = {
    ...pod,
    metadata: {
      ...metadata,
      annotations: { ...metadata.annotations, [MIRROR]: uid },
      ownerReferences: [
        {
          apiVersion: 'v1',
          kind: 'Node',
          name: node,
          uid: owner.object.metadata.uid ?? '',
          controller: true,
        },
      ],
    },
  };
  const made = yield { verb: 'create', resource: 'pods', namespace, object: object as KubeObject };
  if (made.ok) yield* sendStatus(context);
}

function isRight(pod: KubeObject | undefined, uid: string): boolean {
  return pod !== undefined && shows(pod, uid) && pod.metadata.deletionTimestamp === undefined;
}

function* deleteMirror(
  { namespace, name }: Pick<PodWorkerRow, 'namespace' | 'name'>,
  uid: string,
): Doing<void> {
  yield { verb: 'delete', resource: 'pods', namespace, name, gracePeriodSeconds: 0, preconditions: { uid } };
}

/** The mirror of a static pod that is no more goes with it. */
export function* dropMirror({ namespace, name, uid }: PodWorkerRow): Doing<void> {
  const got = yield { verb: 'get', resource: 'pods', namespace, name };
  if (!got.ok || !got.object || !shows(got.object, uid)) return;
  yield* deleteMirror({ namespace, name }, got.object.metadata.uid ?? '');
}

/** Takes away mirrors of this node that show nothing any more. Kubelet: deleteOrphanedMirrorPods. */
export function* dropOrphans(view: View, node: string): Doing<void> {
  for (const pod of view.objects.listBy<Pod>('node', node)) {
    const { namespace = '', name = '', uid = '' } = pod.metadata;
    if (isMirrorPod(pod) && !shownBy(view.rows, pod)) yield* deleteMirror({ namespace, name }, uid);
  }
}
