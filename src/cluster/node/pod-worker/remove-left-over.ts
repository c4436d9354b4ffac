import { type Millis, SECOND } from '../../../kernel/time/millis.ts';
import type { View } from '../../contract/component.ts';
import type { Doing } from '../../contract/doing.ts';

/**
 * So long the remains of a pod that was deleted stay: they are collected once a minute, half of which is
 * taken. Kubelet: kubelet.go ContainerGCPeriod.
 */
const COLLECTED_MS = 30 * SECOND;

interface Arrival {
  readonly view: View;
  readonly now: Millis;
  readonly node: string;
  readonly key: string;
}

/**
 * A pod that its kubelet has seen go is there again, since etcd was turned back: nothing is left of it on the
 * machine.
 */
export function* removeLeftOver({ view, now, node, key }: Arrival): Doing<void> {
  const { rows } = view;
  const isCollected = (since: Millis | undefined): boolean =>
    since !== undefined && since + COLLECTED_MS <= now;
  const containers = rows.rowsBy('containers', 'pod', key);
  const sandboxes = rows.rowsBy('sandboxes', 'pod', key);
  if (!containers.every(({ exit }) => isCollected(exit?.at))) return;
  if (!sandboxes.every(({ stoppedAt }) => isCollected(stoppedAt))) return;
  for (const { id } of containers) yield { type: 'ContainerRemoved', node, pod: key, container: id };
  for (const { id } of sandboxes) yield { type: 'SandboxRemoved', node, pod: key, sandbox: id };
}
