import type { KubeObject } from '../../../cluster/objects/kube-object.ts';
import type { HorizontalPodAutoscaler } from '../../../cluster/objects/kubernetes.ts';
import { milliValue } from '../../../cluster/objects/quantity.ts';
import { storagePrefix } from '../../../cluster/objects/storage-key.ts';
import type { Timeline } from '../../../replay/timeline.ts';
import type { RecordWords } from '../../../words/record-words.ts';
import { objectName } from '../../object-history.ts';
import type { Panel } from './panels-svg.ts';
import { keysEver, valuesOf } from './values-over-time.ts';

const MOST = 3;

type Scaler = HorizontalPodAutoscaler & KubeObject;
type Target = { readonly averageUtilization?: number; readonly averageValue?: string | number };

/** What horizontal autoscalers measured, and how many replicas they made of it. */
export function autoscalingPanels(timeline: Timeline, words: RecordWords): readonly Panel[] {
  const keys = keysEver(timeline, storagePrefix('horizontalpodautoscalers.autoscaling')).slice(0, MOST);
  return keys.flatMap((key) => [...measuredPanel(timeline, key, words), replicasPanel(timeline, key, words)]);
}

/** The first of its metrics, which is that of most of them. */
function measuredPanel(timeline: Timeline, key: string, { plots }: RecordWords): readonly Panel[] {
  const at = (numberIn: (scaler: Scaler) => number | undefined) =>
    valuesOf(timeline, key, (object) => numberIn(object as Scaler));
  const current = at(({ status }) => amountIn(status?.currentMetrics?.[0]?.resource?.current));
  const target = at(({ spec }) => amountIn(spec?.metrics?.[0]?.resource?.target));
  if (!current.some(({ value }) => value !== undefined)) return [];
  const last = timeline.entries.length;
  const latest = [...timeline.worldAt(last).store.tables.objects.versions(key, last)].findLast(
    ({ row }) => row,
  )?.row;
  const metric = (latest as Scaler | undefined)?.spec?.metrics?.[0]?.resource;
  const isShare = metric?.target?.averageUtilization !== undefined;
  return [
    {
      title: nameOf(timeline, key),
      unit: isShare ? plots.shareOf(metric?.name ?? '') : plots.milliOf(metric?.name ?? ''),
      series: [
        { kind: 'steps', shape: 'wanted', name: plots.target, points: target },
        { kind: 'steps', shape: 'count', name: plots.measured, points: current },
      ],
    },
  ];
}

function amountIn(target: Target | undefined): number | undefined {
  if (target?.averageUtilization !== undefined) return target.averageUtilization;
  return target?.averageValue === undefined ? undefined : milliValue(target.averageValue);
}

function replicasPanel(timeline: Timeline, key: string, { plots }: RecordWords): Panel {
  const at = (numberIn: (scaler: Scaler) => number | undefined) =>
    valuesOf(timeline, key, (object) => numberIn(object as Scaler));
  const limits = [at(({ spec }) => spec?.minReplicas ?? 1), at(({ spec }) => spec?.maxReplicas)] as const;
  return {
    title: nameOf(timeline, key),
    unit: plots.replicasUnit,
    series: [
      { kind: 'steps', shape: 'limit', name: plots.least, points: limits[0] },
      { kind: 'steps', shape: 'limit', name: plots.most, points: limits[1] },
      {
        kind: 'steps',
        shape: 'wanted',
        name: plots.wanted,
        points: at(({ status }) => status?.desiredReplicas),
      },
      {
        kind: 'steps',
        shape: 'count',
        name: plots.current,
        points: at(({ status }) => status?.currentReplicas),
      },
    ],
  };
}

/** The name of its kind has no room beside a plot. */
function nameOf(timeline: Timeline, key: string): string {
  return objectName(timeline, key).replace(/^\S+ /, 'hpa/');
}
