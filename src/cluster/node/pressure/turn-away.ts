import type { MachineRow } from '../../contract/machine-rows.ts';
import type { Pod } from '../../objects/kubernetes.ts';
import { qosClassOf } from '../../objects/qos-class.ts';
import { findUntolerated } from '../../objects/tolerations.ts';
import { isCritical } from './rank-pods.ts';

const SHORT_OF_MEMORY = { key: 'node.kubernetes.io/memory-pressure', effect: 'NoSchedule' } as const;

/**
 * Why a kubelet under pressure does not take a pod: while its memory is short none that asks for nothing and
 * would be the first to go again, while its disk is short none at all. Kubelet: eviction/eviction_manager.go
 * Admit.
 */
export function whyTurnedAway(
  { memoryShort, diskShort }: Pick<MachineRow, 'memoryShort' | 'diskShort'>,
  pod: Pod,
): { readonly reason: string; readonly message: string } | undefined {
  if ((!memoryShort && !diskShort) || isCritical(pod)) return undefined;
  if (!diskShort && !wouldGoFirst(pod)) return undefined;
  const conditions = [...(memoryShort ? ['MemoryPressure'] : []), ...(diskShort ? ['DiskPressure'] : [])];
  return { reason: 'Evicted', message: `The node had condition: [${conditions.join(' ')}]. ` };
}

function wouldGoFirst(pod: Pod): boolean {
  if (qosClassOf(pod) !== 'BestEffort') return false;
  return findUntolerated([SHORT_OF_MEMORY], pod.spec.tolerations, ['NoSchedule']) !== undefined;
}
