import type { KubeObject } from '../../../cluster/objects/kube-object.ts';
import type { Timeline } from '../../../replay/timeline.ts';
import type { Stepped } from './panels-svg.ts';

/** The etcd keys of all objects that there ever were below a prefix, in the order in which they came. */
export function keysEver({ facts }: Timeline, prefix: string): readonly string[] {
  const { names } = facts.object;
  const keys: string[] = [];
  for (let id = 0; id < names.length; id++) {
    const key = names.of(id);
    if (key.startsWith(prefix)) keys.push(key);
  }
  return keys;
}

/** What an object said over time; nothing where it said nothing, and where it was not there. */
export function valuesOf(
  timeline: Timeline,
  key: string,
  numberIn: (object: KubeObject) => number | undefined,
): Stepped['points'] {
  const last = timeline.entries.length;
  const points: { at: number; value?: number }[] = [];
  for (const { seq, row } of timeline.worldAt(last).store.tables.objects.versions(key, last)) {
    const value = row === undefined ? undefined : numberIn(row);
    if (value === points.at(-1)?.value && points.length > 0) continue;
    points.push({ at: timeline.timeOf(seq), ...(value !== undefined && { value }) });
  }
  return points;
}
