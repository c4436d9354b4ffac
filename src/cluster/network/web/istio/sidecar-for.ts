import type { RowReader } from '../../../contract/reader.ts';
import { type Origin, senderOf } from '../../approach.ts';

/** Where a sidecar takes what its pod sends (istio: --proxyPort). */
const PORT = 15_001;

interface Sidecar {
  readonly address: string;
  readonly port: number;
  readonly node: string;
  readonly pod: string;
}

/** The sender's own sidecar, if it knows what to do with requests for a host. */
export function sidecarFor(rows: RowReader, from: Origin, host: string): Sidecar | undefined {
  if (from === 'outside' || from.pod === undefined) return undefined;
  const proxy = rows.rowsBy('webProxies', 'pod', from.pod).find(({ kind }) => kind === 'istio-proxy');
  if (!proxy?.sites?.hosts[host.toLowerCase()]) return undefined;
  return { address: senderOf(rows, from), port: PORT, node: proxy.node, pod: proxy.pod };
}
