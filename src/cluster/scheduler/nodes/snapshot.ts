import type { ObjectReader, StoreMark } from '../../contract/reader.ts';
import type { Node, Pod } from '../../objects/kubernetes.ts';
import { isTerminal } from '../../objects/pod-phase.ts';
import { changeTo, followOn, type NodeChange } from './node-changes.ts';
import { type NodeInfo, nodeInfo } from './node-info.ts';
import { isPlacedAs, nodeOrder } from './node-order.ts';

interface Snapshot {
  readonly mark: StoreMark;
  /** As they were listed. */
  readonly listed: readonly Node[];
  readonly infos: readonly NodeInfo[];
  /** Where each stands among the infos, by name. */
  readonly places: ReadonlyMap<string, number>;
}

/**
 * What was found by the last look of each reader. It follows from the store alone; a look at a later state of
 * it finds anew only the nodes under which something has changed since.
 */
const latest = new WeakMap<ObjectReader, Snapshot>();

/** All nodes with their pods, in the order in which they are looked at. */
export function nodeInfos(objects: ObjectReader): readonly NodeInfo[] {
  const before = latest.get(objects);
  const snapshot = (before && later(before, objects)) ?? whole(objects);
  latest.set(objects, snapshot);
  return snapshot.infos;
}

function whole(objects: ObjectReader): Snapshot {
  const mark = objects.mark();
  // Asked for once, so that what changes from here on is noted.
  objects.changedUnder('node', mark);
  const listed = objects.list<Node>('nodes');
  const infos = nodeOrder(listed).map((node) => nodeInfo(node, podsIn(objects, node)));
  return { mark, listed, infos, places: new Map(infos.map(({ name }, place) => [name, place])) };
}

/** The same a little later; undefined where that is not to be told from what has changed. */
function later(before: Snapshot, objects: ObjectReader): Snapshot | undefined {
  const touched = objects.changedUnder('node', before.mark);
  if (!touched) return undefined;
  const { infos, places } = before;
  const mark = objects.mark();
  const listed = objects.list<Node>('nodes');
  const changed = new Map<number, Node>();
  for (const name of touched) {
    const place = places.get(name);
    const info = place === undefined ? undefined : infos[place];
    if (info && place !== undefined) changed.set(place, info.node);
  }
  if (listed !== before.listed) {
    if (listed.length !== before.listed.length) return undefined;
    for (const [index, node] of listed.entries()) {
      const known = before.listed[index];
      if (node === known) continue;
      const place = places.get(node.metadata.name ?? '');
      if (!known || !isPlacedAs(node, known) || place === undefined) return undefined;
      changed.set(place, node);
    }
  }
  if (changed.size === 0) return { mark, listed, infos, places };
  const next = infos.slice();
  const changes: NodeChange[] = [];
  for (const [place, node] of changed) {
    const old = infos[place];
    if (!old) continue;
    const change = changeTo(place, old, { node, pods: podsIn(objects, node) });
    next[place] = change.after;
    changes.push(change);
  }
  followOn(infos, next, changes);
  return { mark, listed, infos: next, places };
}

function podsIn(objects: ObjectReader, { metadata }: Node): readonly Pod[] {
  const pods = objects.listBy<Pod>('node', metadata.name ?? '');
  return pods.some(isTerminal) ? pods.filter((pod) => !isTerminal(pod)) : pods;
}
