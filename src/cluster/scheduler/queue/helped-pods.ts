import { settledOutcome } from '../../../kernel/chance/outcomes.ts';
import { SECOND } from '../../../kernel/time/millis.ts';
import type { ObjectReader, RowReader } from '../../contract/reader.ts';
import type { SchedulingRow } from '../../contract/scheduling-row.ts';
import { compareText } from '../../objects/json.ts';
import type { Pod } from '../../objects/kubernetes.ts';
import { storageKey } from '../../objects/storage-key.ts';
import { inVersion, type KubeVersion, type Since } from '../../objects/versions.ts';
import type { Cycle, Profile, Waiting } from '../framework.ts';
import { nodeInfo } from '../nodes/node-info.ts';
import { priorityOf } from '../priority.ts';
import { waitingUnder } from '../waiting.ts';
import type { News } from './news.ts';

/**
 * How news are weighed: once all pods were called up whatever happened to a node, or when a pod went; later
 * not those that the node itself would refuse; since SchedulerQueueingHints the plugins that refused a pod
 * are asked.
 */
const WEIGHING: Since<'all' | 'pre-check' | 'hints'> = [
  [0, 'all'],
  [22, 'pre-check'],
  [32, 'hints'],
];

/**
 * The keys of pods that are tried because of news: the more important first, and of equals the longer
 * waiting. A pod whose first attempt is still to come is called up too: the attempt may not know the news yet
 * (scheduler: queue, events for pods in flight).
 */
export function helpedPods(news: readonly News[], rows: RowReader, objects: ObjectReader): readonly string[] {
  const settings = rows.row('settings', 'cluster');
  if (news.length === 0 || !settings) return [];
  const helped: Queued[] = [];
  for (const pod of objects.listBy<Pod>('node', '')) {
    const profile = waitingUnder(pod, settings);
    if (!profile || !news.some((each) => mayConcern(each, pod, profile))) continue;
    const { namespace = '', name = '' } = pod.metadata;
    const key = storageKey({ resource: 'pods', namespace, name });
    const row = rows.row('scheduling', key);
    const waiting = { row, pod, profile, objects, version: settings.version };
    if (!news.some((each) => helps(each, waiting))) continue;
    helped.push({ key, row, pod, turn: Number(settledOutcome(settings, ...turnKey(pod)) ?? Number.NaN) });
  }
  return helped.sort(byTurn).map(({ key }) => key);
}

/** That another pod came to a node is of interest to those alone that say something of other pods. */
function mayConcern({ kind }: News, { spec }: Pod, { args }: Profile): boolean {
  if (kind !== 'PodAdded' && kind !== 'PodLabels') return true;
  return Boolean(spec.affinity ?? spec.topologySpreadConstraints ?? args.PodTopologySpread);
}

interface Queued {
  readonly key: string;
  readonly row: SchedulingRow | undefined;
  readonly pod: Pod;
  /** Its settled place among those that were put aside together; not a number where nobody has settled it. */
  readonly turn: number;
}

/** What the order of pods that were put aside together is called by: they are taken as a Go map has them. */
function turnKey({ metadata: { namespace = '', name = '', uid = '' } }: Pod) {
  return ['scheduler turn', namespace, name, uid] as const;
}

function byTurn(a: Queued, b: Queued): number {
  const since = ({ row }: Queued): number => row?.failedAt ?? Number.MAX_SAFE_INTEGER;
  const isTogether = Math.floor(since(a) / SECOND) === Math.floor(since(b) / SECOND);
  return (
    priorityOf(b.pod) - priorityOf(a.pod) ||
    (isTogether && a.turn - b.turn) ||
    since(a) - since(b) ||
    compareText(a.key, b.key)
  );
}

/** News of which the plugins have always been asked what they mean. */
const ALWAYS_ASKED: readonly News['kind'][] = [
  'PodAdded',
  'PodLabels',
  'ClaimChanged',
  'VolumeAdded',
  'ClassChanged',
  'DeviceClaimChanged',
  'DevicesChanged',
];

interface Waiter extends Waiting {
  readonly row: SchedulingRow | undefined;
  readonly version: KubeVersion;
}

function helps(news: News, waiter: Waiter): boolean {
  const { row, profile, version } = waiter;
  const weighing = inVersion(WEIGHING, version);
  const isLifted = (): boolean =>
    profile.filters.some(
      ({ name, mayLift }) => (row?.plugins.includes(name) ?? true) && mayLift(news, waiter),
    );
  if (weighing === 'hints' || ALWAYS_ASKED.includes(news.kind)) return isLifted();
  if (weighing === 'all' || !('node' in news)) return true;
  return !isRefusedAtOnce(waiter, news);
}

/** What a node says by itself, without its pods (scheduler: eventhandlers.go preCheckForNode). */
const PRE_CHECKS = ['NodeName', 'TaintToleration', 'NodeAffinity', 'NodePorts', 'NodeResourcesFit'];

function isRefusedAtOnce(
  { pod, profile, objects, version }: Waiter,
  { node }: Extract<News, { readonly node: unknown }>,
): boolean {
  const info = nodeInfo(node, objects.listBy<Pod>('node', node.metadata.name ?? ''));
  const cycle: Cycle = { pod, profile, nodes: [info], start: 0, objects, version };
  return profile.filters.some(({ name, prepare }) => PRE_CHECKS.includes(name) && prepare(cycle)?.(info));
}
