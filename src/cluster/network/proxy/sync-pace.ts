import { drawWhole } from '../../../kernel/chance/draw.ts';
import { type Millis, SECOND } from '../../../kernel/time/millis.ts';
import type { View } from '../../contract/component.ts';
import { inVersion, type Since } from '../../objects/versions.ts';

/** kube-proxy: --iptables-min-sync-period. */
const MIN_SYNC_MS = SECOND;

/** Whether a second sync may follow at once, after a pause (proxier.go: burstSyncs, gone with 1.34). */
const ALLOWS_BURST: Since<boolean> = [
  [0, true],
  [34, false],
];

/**
 * The first time not before `from` at which a node's rules may be as its kube-proxy wants them: a sync begins
 * no earlier than a second after the one before it ended.
 */
export function nextSync({ rows, chance, settings }: View, node: string, from: Millis): Millis {
  const proxy = rows.row('proxies', node);
  // Whatever is done at the same instant is part of the same sync.
  if (!proxy || proxy.syncedAt === from) return from;
  if (proxy.spare >= 1 && inVersion(ALLOWS_BURST, settings.version)) return from;
  const [low, high] = settings.latencies.proxySync;
  const took = drawWhole(chance, low, high, 'proxy sync', node, proxy.syncedAt);
  return Math.max(from, proxy.syncedAt + MIN_SYNC_MS + took);
}
