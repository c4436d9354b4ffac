import type { MachineRow } from '../../contract/machine-rows.ts';
import type { Pod } from '../../objects/kubernetes.ts';
import { qosClassOf } from '../../objects/qos-class.ts';
import { findUntolerated } from '../../objects/tolerations.ts';
import { isCritical } from './rank-pods.ts';

const SHORT_OF_MEMORY = { key: 'node.kubernetes.io/memory-pressure', effect: 'NoSchedule' } as const;

/**
 * Why a kubelet under pressure does not take a pod: one that asks for nothing would be the first to go again.
 * Kubelet: eviction/eviction_manager.go Admit.
 */
export function whyTurnedAway(
  { memoryShort }: Pick<MachineRow, 'memoryShort'>,
  pod: Pod,
): { readonly reason: string; readonly message: string } | undefined {
  if (!memoryShort || isCritical(pod) || qosClassOf(pod) !== 'BestEffort') return undefined;
  if (!findUntolerated([SHORT_OF_MEMORY], pod.spec.tolerations, ['NoSchedule'])) return undefined;
  return { reason: 'Evicted', message: 'The node had condition: [MemoryPressure]. ' };
}
