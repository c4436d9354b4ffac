import type { KubeObject } from '../../../cluster/objects/kube-object.ts';
import type { DaemonSet, Deployment, StatefulSet } from '../../../cluster/objects/kubernetes.ts';
import { storagePrefix } from '../../../cluster/objects/storage-key.ts';
import type { Timeline } from '../../../replay/timeline.ts';
import type { RecordWords } from '../../../words/record-words.ts';
import { objectName } from '../../object-history.ts';
import type { Panel, Stepped } from './panels-svg.ts';
import { keysEver, valuesOf } from './values-over-time.ts';

/** How many pods a workload wants, and how many of them are ready. */
interface Counts {
  readonly wanted: number | undefined;
  readonly ready: number | undefined;
}

const COUNTED: Readonly<Record<string, (object: KubeObject) => Counts>> = {
  'deployments.apps': (object) => replicasOf(object as Deployment & KubeObject),
  'statefulsets.apps': (object) => replicasOf(object as StatefulSet & KubeObject),
  'daemonsets.apps': (object) => {
    const { status } = object as DaemonSet & KubeObject;
    return { wanted: status?.desiredNumberScheduled, ready: status?.numberReady };
  },
};

function replicasOf({ spec, status }: (Deployment | StatefulSet) & KubeObject): Counts {
  return { wanted: spec?.replicas, ready: status?.readyReplicas ?? 0 };
}

const MOST_PANELS = 8;
/** What every cluster has is of interest only where there is nothing else. */
const SYSTEM = /^\/registry\/[^/]+\/kube-system\//;

/**
 * The workloads of a run: how many of their pods were ready, of those that were wanted. Where there are none,
 * all its pods.
 */
export function availabilityPanels(timeline: Timeline, words: RecordWords): readonly Panel[] {
  const all = Object.keys(COUNTED).flatMap((resource) =>
    keysEver(timeline, storagePrefix(resource)).map((key) => ({ key, counts: COUNTED[resource] })),
  );
  const own = all.filter(({ key }) => !SYSTEM.test(key));
  const panels = (own.length > 0 ? own : all)
    .slice(0, MOST_PANELS)
    .flatMap(({ key, counts }) =>
      counts === undefined ? [] : [workloadPanel(timeline, { key, counts, words })],
    );
  return panels.length > 0 ? panels : [podsPanel(timeline, words)];
}

function workloadPanel(
  timeline: Timeline,
  { key, counts, words }: { key: string; counts: (object: KubeObject) => Counts; words: RecordWords },
): Panel {
  const { plots } = words;
  const wanted = valuesOf(timeline, key, (object) => counts(object).wanted);
  const ready = valuesOf(timeline, key, (object) => counts(object).ready);
  return {
    title: objectName(timeline, key),
    unit: plots.podsUnit,
    series: [
      { kind: 'steps', shape: 'wanted', name: plots.wanted, points: wanted },
      { kind: 'steps', shape: 'count', name: words.ready, points: ready },
    ],
  };
}

function podsPanel(timeline: Timeline, words: RecordWords): Panel {
  const { present, ready } = timeline.pods;
  const pointsOf = (counted: typeof present): Stepped['points'] => [
    { at: 0, value: 0 },
    ...counted.changes().map(({ seq, count }) => ({ at: timeline.timeOf(seq), value: count })),
  ];
  const { plots } = words;
  return {
    title: plots.allPods,
    unit: plots.podsUnit,
    series: [
      { kind: 'steps', shape: 'wanted', name: plots.present, points: pointsOf(present) },
      { kind: 'steps', shape: 'count', name: words.ready, points: pointsOf(ready) },
    ],
  };
}
