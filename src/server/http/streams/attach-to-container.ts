import { readLog } from '../../../cluster/clients/kubectl/pods/container-log.ts';
import type { ContainerRow } from '../../../cluster/contract/machine-rows.ts';
import type { Container } from '../../../cluster/objects/kubernetes.ts';
import type { LiveCluster } from '../../live/live-cluster.ts';
import { serverNow } from '../handle-call.ts';
import type { Channels } from './channels.ts';
import { connectClient } from './connect-client.ts';
import { type Running, SUCCESS } from './run-program.ts';

/**
 * Sends what a container prints, until it ends or the client goes, and hands it what the client types. Whose
 * input is open once was begun for the one who attaches, so he is shown what it has printed until then.
 */
export async function attachToContainer(
  { live, client, told, ends }: Running,
  { row, container }: { readonly row: ContainerRow; readonly container: Container | undefined },
  channels: Channels,
): Promise<void> {
  const { stdin = false, stdinOnce = false } = container ?? {};
  const { node, pod, id } = row;
  const lines = linesOf(live, id);
  let taken = stdinOnce ? 0 : lines().length;
  const give = (text: string, ended: boolean): void => {
    const over = ended && stdinOnce ? { ended: true as const } : {};
    if (!stdin || !ends.stdin || (text === '' && !('ended' in over))) return;
    const input = { type: 'ContainerInputGiven' as const, node, pod, container: id, text, ...over };
    void live.tell({ client, facts: [input] });
  };
  await connectClient(live, channels, {
    isTerminal: ends.tty,
    give,
    look() {
      const all = lines();
      const text = all.slice(taken).map((line) => `${line.text}${ends.tty ? '\r' : ''}\n`);
      taken = all.length;
      if (text.length > 0) {
        channels.stdout(text.join(''));
        told();
      }
      const { store, seq } = live.world();
      const now = store.tables.containers.read(id, seq);
      if (!now || now.exit !== undefined) return { runs: false, status: SUCCESS };
      return { runs: true, process: store.tables.processes.read(id, seq) };
    },
    left: () => give('', true),
  });
}

function linesOf(live: LiveCluster, container: string) {
  return () => {
    const server = serverNow({ live });
    return server ? readLog(server.view.rows, container) : [];
  };
}
