import { resolve } from 'node:path';
import { formatKubeVersion } from '../cluster/objects/versions.ts';
import type { Instant } from '../replay/place.ts';
import { metricsNow } from '../report/metrics/metrics-text.ts';
import { printable } from '../report/printable.ts';
import { type ApiServer, startApiServer } from '../server/http/api-server.ts';
import { issueCertificates } from '../server/http/issue-certificates.ts';
import { kubeconfigText } from '../server/http/kubeconfig.ts';
import { type Clusters, createClusters } from '../server/live/clusters.ts';
import { momentOf } from '../server/live/moment-of.ts';
import { momentAfter } from '../server/live/past.ts';
import { playerSource } from '../server/live/player-source.ts';
import { wordsIn } from '../words/words-in.ts';
import { BadInput, EXIT } from './exit.ts';
import { momentIn } from './open-timeline.ts';
import { isScreen } from './play.ts';
import { type BeginningOptions, type Begun, beginningOf } from './serve-beginning.ts';
import { keepKubeconfig, keepLog, keepScenario } from './serve-files.ts';
import { ADMIN, isLoopback, type ListeningOptions, readListening } from './serve-options.ts';
import { tellBeside } from './write-out.ts';

export interface ServeOptions extends BeginningOptions, ListeningOptions {
  readonly kubeconfig?: string;
  /** How long a client has at least to react, in milliseconds of the wall. */
  readonly room?: number;
  /** Shows this instant of the past, which can only be read. */
  readonly at?: Instant;
  /** The folder of a scenario that does again what clients did. */
  readonly saveScenario?: string;
  /** Where the log is written. */
  readonly output?: string;
  readonly lang: string;
}

/** `kubereel serve`: the API of a simulated cluster over HTTPS, until somebody ends it. */
export async function serveCommand(what: string | undefined, options: ServeOptions): Promise<number> {
  const words = wordsIn(options.lang).serve;
  const listening = readListening(options);
  const { address, mode, token } = listening;
  if (options.play && !isScreen()) throw new BadInput(({ serve }) => serve.noScreen);
  const begun = beginningOf(what, mode, options);
  const { name, beginning } = begun;
  const { room: roomMs } = options;
  const clock = { mode, ...(roomMs !== undefined && { roomMs }) };
  const clusters = createClusters({ beginning, clock, momentOf });
  if (options.at) showPast(clusters, options.at);
  const source = { scenario: beginning.scenario, text: begun.text };
  const { server, authority } = await listen(clusters, { ...listening, header: begun.header, source });
  const url = `https://${address.includes(':') ? `[${address}]` : address}:${server.port}`;
  const path = resolve(options.kubeconfig ?? 'kubeconfig');
  const { namespace, version } = clusters.main.live.settings();
  const removeKubeconfig = await orClose(server, () =>
    keepKubeconfig(path, kubeconfigText({ server: url, authority, user: ADMIN, token, namespace })),
  );
  const endLog = options.output === undefined ? () => {} : keepLog(clusters.main, begun, options.output);
  const ending = (): void => {
    endLog();
    removeKubeconfig();
  };
  // However it ends, what it leaves behind is whole.
  process.once('exit', ending);
  const isOver = options.play ? undefined : asked();
  if (!isLoopback(address)) tellBeside(`${words.notAlone(address)}\n`);
  tell(words.serving(name, formatKubeVersion(version), url));
  tell(words.kubeconfig(path));
  if (options.play) await play(clusters, { begun, url, language: options.lang });
  else {
    tell(words.ends);
    await isOver;
  }
  clusters.close();
  await server.close();
  ending();
  if (options.saveScenario !== undefined) keepScenario(clusters.main, source, options.saveScenario);
  tell(words.ended);
  return EXIT.ok;
}

interface Playing {
  readonly begun: Begun;
  readonly url: string;
  readonly language: string;
}

/** The player beside the server, until the reader quits it. */
async function play({ main }: Clusters, { begun, url, language }: Playing): Promise<void> {
  const { startLivePlayer } = await import('../tui/start-player.tsx');
  await startLivePlayer(playerSource(main), {
    name: `${begun.name} ${url}`,
    language,
    colours: !process.env['NO_COLOR'],
    ground: { scenario: begun.beginning.scenario },
  });
}

/** Nothing happens any more in a cluster of which the past is shown. */
function showPast(clusters: Clusters, at: Instant): void {
  const { name, live, clock, timeline } = clusters.main;
  const { cursor, clock: ms } = momentIn(timeline(), at);
  clock.pause();
  clusters.seek(name, { ...momentAfter(live, cursor), at: ms });
}

function tell(line: string): void {
  process.stdout.write(printable(`${line}\n`));
}

/** Until somebody wants it to end. */
async function asked(): Promise<void> {
  await new Promise<void>((done) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => done());
  });
}

type Serving = ReturnType<typeof readListening> &
  Pick<Parameters<typeof startApiServer>[0], 'header' | 'source'>;

async function listen(
  clusters: Clusters,
  { port, address, users, header, source }: Serving,
): Promise<{ readonly server: ApiServer; readonly authority: string }> {
  const hosts = ['127.0.0.1', '::1', 'localhost', 'kubernetes', 'kubernetes.default', address];
  const tls = issueCertificates([...new Set(hosts)], Date.now());
  try {
    const server = await startApiServer(
      {
        clusters,
        header,
        source,
        users: (shown) => users.get(shown),
        metrics: (of) => metricsNow(of.world(), of.now()),
        tls,
      },
      { port, address },
    );
    return { server, authority: tls.authority };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EADDRINUSE') throw new BadInput(({ serve }) => serve.portTaken(address, port));
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN')
      throw new BadInput(({ serve }) => serve.noAddress(address));
    throw error;
  }
}

async function orClose<Value>(server: ApiServer, work: () => Value): Promise<Value> {
  try {
    return work();
  } catch (error) {
    await server.close();
    throw error;
  }
}
