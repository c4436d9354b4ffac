import type { Millis } from '../../../kernel/time/millis.ts';
import type { View } from '../../contract/component.ts';
import type { MachineRow } from '../../contract/machine-rows.ts';
import type { Pod } from '../../objects/kubernetes.ts';
import { isTerminal } from '../../objects/pod-phase.ts';
import type { Doing } from './pod-context.ts';

interface Arrival {
  readonly view: View;
  readonly now: Millis;
  readonly node: string;
  readonly machine: MachineRow;
  readonly key: string;
}

/** Takes a pod in that has been bound to the node. False when there is nothing to take in. */
export function* admitPod({ view, node, key }: Arrival): Doing<boolean> {
  const [namespace = '', name = '', uid = ''] = key.split('/');
  const pod = view.objects.get<Pod>('pods', namespace, name);
  if (pod?.metadata.uid !== uid || pod.spec.nodeName !== node || isTerminal(pod)) return false;
  yield { type: 'PodAdmitted', node, pod: key, namespace, name, uid };
  return true;
}
