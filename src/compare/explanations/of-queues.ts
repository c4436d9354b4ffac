import type { Pod } from '../../cluster/objects/kubernetes.ts';
import { namingOf } from '../normal/names.ts';
import type { Play } from '../play.ts';
import type { Explanation } from './explanation.ts';

/** Why plays part where several wait for the same: for a node, for a look of a kubelet, or to be counted. */
export const OF_QUEUES: readonly Explanation[] = [
  {
    id: 'waited-together',
    kind: 'race',
    why: 'pods that waited for the same thing are tried in the order of a Go map, some before what they wait for has gone altogether: the same nodes, to others of them',
    source: 'v1.36/i-scheduler, t+32.717: t84g7 is tried between two writes, and goes fourth',
    forks: true,
    explains: ({ about, aspect, wanted, actual }, plays) => {
      const pod = namingOf(plays.wanted)(about).replace(/^Pod /, '');
      const said = [wanted?.says ?? '', actual?.says ?? ''];
      const isOfNode = aspect === 'placements' || said.some((text) => /^scheduled: |Scheduled \(/.test(text));
      if (!about.startsWith('Pod ') || !isOfNode) return false;
      const nodes = nodesOfWaiting(plays.wanted, pod);
      return nodes.length > 1 && nodes.join() === nodesOfWaiting(plays.actual, pod).join();
    },
  },
  {
    id: 'others-on-nodes',
    kind: 'artifact',
    why: 'pods of other namespaces, which the recording does not tell of, were on some nodes and weighed on their scores, so that one pod in twenty at most went elsewhere',
    source: 'README 1.36, 3.14; v1.20/a1-rolling-update-solo began 12 s after v1.20/i-scheduler, on node-1',
    explains: ({ aspect }, { wanted, actual }) =>
      aspect === 'placements' && (actual.odd ?? []).length <= Math.ceil(placed(wanted) / FEW),
  },
  {
    id: 'deleted-in-two-writes',
    kind: 'race',
    why: 'a pod that waits is deleted in two writes, which are one instant here: the scheduler may look in between, and says that it skips it',
    source: 'v1.20/i-scheduler, t+16.711; scheduler: scheduler.go skipPodSchedule',
    explains: ({ about, aspect, wanted, actual }) =>
      about.startsWith('Pod ') &&
      aspect === 'events' &&
      [wanted, actual].some((told) => /skip schedule deleting pod/.test(told?.says ?? '')),
  },
  {
    id: 'counted-together',
    kind: 'race',
    why: 'pods that end at nearly the same moment are counted at one look of the Job controller, or at two',
    source: 'v1.20/h-jobs-cronjobs, t+22.712: succeeded 2, 3 and 4, two pods at a time',
    explains: ({ about, wanted, actual }) => {
      const counted = (text = ''): number =>
        Number(/succeeded (\d+), failed 0/.exec(text)?.[1] ?? Number.NaN);
      return about.startsWith('Job ') && Math.abs(counted(wanted?.says) - counted(actual?.says)) === 1;
    },
  },
  {
    id: 'second-look',
    kind: 'race',
    why: 'whether a pod is looked at a second time a second after it began to back off is drawn, and then it was deleted',
    source: 'README 1.36, 3.2 b2; v1.36/i-scheduler, t+52.543',
    forks: true,
    explains: ({ about, aspect, wanted, actual }) => {
      const said = [wanted?.says ?? '', actual?.says ?? ''];
      const has = (pattern: RegExp): boolean => said.some((text) => pattern.test(text));
      return about.startsWith('Pod ') && aspect === 'states' && has(/^backing off: /) && has(/^deleted: /);
    },
  },
];

/** A scheduler that weighs otherwise does so more often: one in so many is few. */
const FEW = 20;

/** How many pods found a node. */
function placed({ changes }: Play): number {
  const pods = changes.filter(({ object }) => (object as Partial<Pod>).spec?.nodeName !== undefined);
  return new Set(pods.map(({ object }) => object.metadata.uid)).size;
}

/** What is done to several pods at one moment takes so long at most. */
const NEAR_MS = 500;

/** The nodes of the pods that were bound with one after all had waited, in the order of their names. */
function nodesOfWaiting(play: Play, pod: string): readonly string[] {
  const naming = namingOf(play);
  const bound = new Map<string, { readonly atMs: number; readonly node: string; readonly of: string }>();
  const waited = new Set<string>();
  for (const { object, atMs } of play.changes) {
    const { name = '', generateName = '' } = object.metadata;
    const { spec, status } = object as Partial<Pod>;
    if (object.kind !== 'Pod') continue;
    if (status?.conditions?.some(({ reason }) => reason === 'Unschedulable')) waited.add(name);
    if (spec?.nodeName && waited.has(name) && !bound.has(name))
      bound.set(name, { atMs, node: spec.nodeName, of: generateName });
  }
  const own = [...bound].find(([name]) => naming(name) === pod)?.[1];
  const isWith = ({ of, atMs }: { readonly of: string; readonly atMs: number }): boolean =>
    own !== undefined && of === own.of && Math.abs(atMs - own.atMs) < NEAR_MS;
  return [...bound.values()]
    .filter(isWith)
    .map(({ node }) => node)
    .sort();
}
