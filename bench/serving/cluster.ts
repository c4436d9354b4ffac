import { userOf } from '../../src/cluster/contract/user.ts';
import { logHeaderOf } from '../../src/scenario/log-header.ts';
import { startApiServer } from '../../src/server/http/api-server.ts';
import { issueCertificates } from '../../src/server/http/issue-certificates.ts';
import type { ClockMode } from '../../src/server/live/clock.ts';
import { createClusters } from '../../src/server/live/clusters.ts';
import { momentOf } from '../../src/server/live/moment-of.ts';
import { emptyScenario } from '../../src/server/live/open-live.ts';

/** What a client needs to ask a cluster that is served in another process. */
export interface ServedCluster {
  readonly port: number;
  readonly authority: string;
  readonly token: string;
}

const ADDRESS = '127.0.0.1';

/** Serves an empty cluster as `kubereel serve` does, over TLS, until the process ends. */
export async function serveCluster(mode: ClockMode): Promise<ServedCluster> {
  const scenario = emptyScenario({ nodes: 3 });
  const clusters = createClusters({ beginning: { scenario }, clock: { mode }, momentOf });
  const tls = issueCertificates([ADDRESS], Date.now());
  const token = 'the-administrator';
  const admin = userOf({ name: 'kubernetes-admin', groups: ['system:masters'] });
  const { port } = await startApiServer(
    {
      clusters,
      source: { scenario },
      header: logHeaderOf(scenario, '1', 'bench'),
      users: (shown) => (shown === token ? admin : undefined),
      metrics: () => '',
      tls,
    },
    { port: 0, address: ADDRESS },
  );
  return { port, authority: tls.authority, token };
}
