import type { Millis } from '../../../kernel/time/millis.ts';
import type { View } from '../../contract/component.ts';
import type { Pod } from '../../objects/kubernetes.ts';
import type { PodContext } from './pod-context.ts';

/** A kubelet's look at one of its pods; undefined if it does not know the pod, or does not run. */
export function contextOfPod(view: View, node: string, key: string, now: Millis): PodContext | undefined {
  const machine = view.rows.row('machines', node);
  const worker = view.rows.row('podWorkers', key);
  if (!machine?.kubelet.running || !worker) return undefined;
  const { version } = view.settings;
  // What a file says, whatever the API shows of it.
  const api = worker.static ? undefined : view.objects.get<Pod>('pods', worker.namespace, worker.name);
  const isGone = worker.static ? worker.static.gone === true : api?.metadata.uid !== worker.uid;
  const pod = api && !isGone ? api : worker.pod;
  return { view, now, node, machine, version, key, worker, pod, isGone };
}
