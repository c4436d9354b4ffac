import type { Files } from '../cluster/clients/files.ts';
import { compareText } from '../cluster/objects/json.ts';
import { firstAbove } from '../kernel/table/first-above.ts';
import { type Player, selectedEntry } from '../replay/player/player.ts';
import type { Travels } from '../replay/player/travels.ts';
import { subjectOf } from '../replay/subject.ts';
import type { Timeline } from '../replay/timeline.ts';
import { clusterKeys } from '../report/cluster-rows.ts';
import { k8sEventsAt } from '../report/k8s-event-rows.ts';
import { ownerTree } from '../report/owner-tree.ts';
import { podsAt } from '../report/pod-rows.ts';
import { focusOf, type View } from './view.ts';

/** Who looks, where. */
export interface Reader {
  readonly view: View;
  readonly player: Player;
  readonly timeline: Timeline;
  /** All branches; the timeline and the player are those of the one where the reader is. */
  readonly travels: Travels;
  /** What lies in the folder where lines are typed. */
  readonly files: Files;
}

/** So far back an object is looked for where the entry at hand is about none. */
const MOST_BACK = 200;

/**
 * The object that is shown: the one that is followed, or the one that the entry at hand is about, or that an
 * entry shortly before was about.
 */
export function objectAtHand({ player, timeline }: Pick<Reader, 'player' | 'timeline'>): string | undefined {
  if (player.selected !== undefined) return player.selected;
  const selected = selectedEntry(player, timeline);
  const { notable } = timeline;
  const subject = subjectOf(timeline, selected);
  const last = firstAbove(notable, selected) - 1;
  if (subject !== undefined) return subject;
  for (let index = last; index >= 0 && index > last - MOST_BACK; index--) {
    const before = subjectOf(timeline, notable[index] ?? 0);
    if (before !== undefined) return before;
  }
  return undefined;
}

/**
 * The etcd keys of the objects that the pane in which the reader is lists, in its order; undefined for a pane
 * that lists none.
 */
export function keysInPane({
  view,
  player,
  timeline,
}: Pick<Reader, 'view' | 'player' | 'timeline'>): readonly string[] | undefined {
  switch (focusOf(view)) {
    case 'cluster':
      return clusterKeys(timeline, player.cursor);
    case 'pods':
      return podKeys(player, timeline);
    case 'lanes':
      return [...new Set(timeline.pods.ever.map(({ key }) => key))];
    case 'events':
      return k8sEventsAt(timeline, player.cursor).flatMap(({ about }) => about ?? []);
    case 'object': {
      if (view.reading !== 'owners') return undefined;
      const key = objectAtHand({ player, timeline });
      return key === undefined ? [] : ownerTree(timeline.worldAt(player.cursor), key).map((kin) => kin.key);
    }
    default:
      return undefined;
  }
}

/** In the order in which the table shows them, which is that of their keys: namespace, then name. */
function podKeys(player: Player, timeline: Timeline): readonly string[] {
  return podsAt(timeline, player)
    .map(({ key }) => key.split('/'))
    .sort(
      (a, b) => compareText(a.at(-2) ?? '', b.at(-2) ?? '') || compareText(a.at(-1) ?? '', b.at(-1) ?? ''),
    )
    .map((parts) => parts.join('/'));
}

/** The key so many rows further; with none of them selected, the first one on the way. */
export function keyFurther(
  keys: readonly string[],
  selected: string | undefined,
  by: number,
): string | undefined {
  const at = selected === undefined ? -1 : keys.indexOf(selected);
  if (at < 0) return by > 0 ? keys[0] : keys.at(-1);
  return keys[Math.max(0, Math.min(keys.length - 1, at + by))];
}
