import type { Millis } from '../../kernel/time/millis.ts';
import { formatRfc3339Micro } from '../../kernel/time/rfc3339.ts';
import { type ProgramName, programKey } from '../contract/control-plane-rows.ts';
import type { ContainerRow } from '../contract/machine-rows.ts';
import type { RowReader } from '../contract/reader.ts';
import { klogLine } from '../objects/klog-line.ts';
import { formatKubeVersion, imageVersion } from '../objects/versions.ts';

/** What a program has said, and when. */
export interface SaidLine {
  readonly at: Millis;
  readonly text: string;
}

/** So many lines of each come before it does its work. */
const BEFORE_SERVING = 3;

/** One that ends sooner has not got as far as to say that it starts. */
const BEGINS_MS = 2000;

/**
 * What a program of the control plane says as it starts, which follows from its container alone; what goes
 * wrong later is written by itself. Nothing of other containers.
 */
export function startLines(rows: RowReader, id: string): readonly SaidLine[] {
  const container = rows.row('containers', id);
  const settings = rows.row('settings', 'cluster');
  if (!container || !settings || container.startedAt === undefined) return [];
  const { exit, startedAt, name, pod, node } = container;
  if (!pod.startsWith(`kube-system/${name}-${node}/`)) return [];
  if (exit !== undefined && exit.at - startedAt < BEGINS_MS) return [];
  const lines = SAYS[name as ProgramName]?.(container, rows) ?? [];
  // Whoever has ended may have ended before it served anybody.
  const serves = rows.row('programs', programKey(name as ProgramName, node))?.container === id;
  return (serves ? lines : lines.slice(0, BEFORE_SERVING)).map((line) => ({
    at: startedAt,
    text: line(settings.epochMs + startedAt),
  }));
}

type Says = (container: ContainerRow, rows: RowReader) => readonly ((epochMs: Millis) => string)[];

const info =
  (source: string, text: string) =>
  (epochMs: Millis): string =>
    klogLine('I', source, { epochMs, text });

const etcdInfo =
  (caller: string, msg: string, more = '') =>
  (epochMs: Millis): string =>
    `{"level":"info","ts":"${formatRfc3339Micro(epochMs)}","caller":"${caller}","msg":"${msg}"${more}}`;

function versionOf({ specImage }: ContainerRow): string {
  const version = imageVersion(specImage);
  return version ? formatKubeVersion(version) : '';
}

/** The first and the last lines of each (kube-apiserver: app/server.go; etcd: embed/etcd.go; …). */
const SAYS: Readonly<Record<ProgramName, Says>> = {
  etcd: ({ node }, rows) => {
    const ip = rows.row('machines', node)?.ip ?? '';
    const served = (address: string) =>
      etcdInfo(
        'embed/serve.go:275',
        'serving client traffic securely',
        `,"traffic":"grpc+http","address":"${address}:2379"`,
      );
    return [
      etcdInfo(
        'etcdmain/etcd.go:123',
        'server has already been initialized',
        ',"data-dir":"/var/lib/etcd","dir-type":"member"',
      ),
      etcdInfo(
        'embed/etcd.go:138',
        'configuring peer listeners',
        `,"listen-peer-urls":["https://${ip}:2380"]`,
      ),
      etcdInfo(
        'embed/etcd.go:146',
        'configuring client listeners',
        `,"listen-client-urls":["https://127.0.0.1:2379","https://${ip}:2379"]`,
      ),
      etcdInfo('embed/serve.go:124', 'ready to serve client requests'),
      served('127.0.0.1'),
      served(ip),
    ];
  },
  'kube-apiserver': (container, rows) => [
    info(
      'options.go:263',
      `external host was not specified, using ${rows.row('machines', container.node)?.ip ?? ''}`,
    ),
    info('server.go:150', `Version: ${versionOf(container)}`),
    info('server.go:152', '"Golang settings" GOGC="" GOMAXPROCS="" GOTRACEBACK=""'),
    info('instance.go:239', 'Using reconciler: lease'),
    info('secure_serving.go:211', 'Serving securely on [::]:6443'),
  ],
  'kube-controller-manager': (container) => [
    info('serving.go:386', 'Generated self-signed cert in-memory'),
    info('controllermanager.go:203', `"Starting" version="${versionOf(container)}"`),
    info('controllermanager.go:205', '"Golang settings" GOGC="" GOMAXPROCS="" GOTRACEBACK=""'),
    info('secure_serving.go:211', 'Serving securely on 127.0.0.1:10257'),
    info(
      'leaderelection.go:257',
      'attempting to acquire leader lease kube-system/kube-controller-manager...',
    ),
  ],
  'kube-scheduler': (container) => [
    info('serving.go:386', 'Generated self-signed cert in-memory'),
    info('server.go:174', `"Starting Kubernetes Scheduler" version="${versionOf(container)}"`),
    info('server.go:176', '"Golang settings" GOGC="" GOMAXPROCS="" GOTRACEBACK=""'),
    info('secure_serving.go:211', 'Serving securely on 127.0.0.1:10259'),
    info('leaderelection.go:257', 'attempting to acquire leader lease kube-system/kube-scheduler...'),
  ],
};
