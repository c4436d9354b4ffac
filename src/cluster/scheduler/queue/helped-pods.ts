import type { ObjectReader, RowReader } from '../../contract/reader.ts';
import type { SchedulingRow } from '../../contract/scheduling-row.ts';
import { compareText } from '../../objects/json.ts';
import type { Pod } from '../../objects/kubernetes.ts';
import { inVersion, type KubeVersion, type Since } from '../../objects/versions.ts';
import { nodeInfo } from '../node-info.ts';
import { filters } from '../plugins.ts';
import { priorityOf } from '../priority.ts';
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
 * The pods that are tried again because of news: the more important first, and of equals the longer waiting.
 */
export function helpedPods(
  news: readonly News[],
  rows: RowReader,
  objects: ObjectReader,
): readonly SchedulingRow[] {
  const version = rows.row('settings', 'cluster')?.version;
  if (news.length === 0 || !version) return [];
  const helped: { row: SchedulingRow; pod: Pod }[] = [];
  for (const row of rows.rowsBy('scheduling', 'all', '')) {
    const pod = objects.byKey<Pod>(row.podKey);
    if (pod && news.some((each) => helps(each, { row, pod, objects, version }))) helped.push({ row, pod });
  }
  helped.sort(
    (a, b) =>
      priorityOf(b.pod) - priorityOf(a.pod) ||
      a.row.failedAt - b.row.failedAt ||
      compareText(a.row.podKey, b.row.podKey),
  );
  return helped.map(({ row }) => row);
}

/** News of which the plugins have always been asked what they mean. */
const ALWAYS_ASKED: readonly News['kind'][] = ['PodAdded', 'PodLabels', 'ClaimChanged', 'VolumeAdded'];

interface Waiting {
  readonly row: SchedulingRow;
  readonly pod: Pod;
  readonly objects: ObjectReader;
  readonly version: KubeVersion;
}

function helps(news: News, { row, pod, objects, version }: Waiting): boolean {
  const weighing = inVersion(WEIGHING, version);
  const isLifted = (): boolean =>
    filters.some(({ name, mayLift }) => row.plugins.includes(name) && mayLift(news, pod, objects));
  if (weighing === 'hints' || ALWAYS_ASKED.includes(news.kind)) return isLifted();
  if (weighing === 'all' || !('node' in news)) return true;
  return !isRefusedAtOnce(pod, news, objects, version);
}

/** What a node says by itself, without its pods (scheduler: eventhandlers.go preCheckForNode). */
const PRE_CHECKS = ['NodeName', 'TaintToleration', 'NodeAffinity', 'NodePorts', 'NodeResourcesFit'];

function isRefusedAtOnce(
  pod: Pod,
  { node }: Extract<News, { readonly node: unknown }>,
  objects: ObjectReader,
  version: KubeVersion,
): boolean {
  const info = nodeInfo(node, objects.listBy<Pod>('node', node.metadata.name ?? ''));
  const cycle = { pod, nodes: [info], objects, version };
  return filters.some(({ name, prepare }) => PRE_CHECKS.includes(name) && prepare(cycle)?.(info));
}
