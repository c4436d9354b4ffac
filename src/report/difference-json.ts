import type { Event } from '../cluster/contract/event.ts';
import type { Entry } from '../kernel/log/entry.ts';
import type { BranchDifference } from '../replay/branch-difference.ts';
import type { ObjectDifference } from '../replay/difference.ts';
import type { BranchTelling, Named } from './branch-text.ts';
import { formatClock } from './clock.ts';
import { type ToldEntry, type ToldObject, tellEntry } from './told-entry.ts';

/** An object that is not the same, as a program outside is told of it: JSON pointers to what is new in it. */
export interface ToldDifference extends ToldObject {
  readonly change: 'came' | 'went' | 'changed';
  readonly set?: Readonly<Record<string, unknown>>;
  readonly unset?: readonly string[];
  /** Of one that came or went: the whole. */
  readonly object?: unknown;
}

export function differenceJson({ before, after, delta }: ObjectDifference): ToldDifference {
  const object = after ?? before;
  const { name = '', namespace } = object?.metadata ?? {};
  const change = !before ? 'came' : !after ? 'went' : 'changed';
  return {
    kind: object?.kind ?? '',
    ...(namespace !== undefined && { namespace }),
    name,
    change,
    ...(change === 'changed' ? delta : { object }),
  };
}

/** The difference of two logs for a program outside. */
export interface ToldBranches {
  /** The last entry that both have; 0 when they have none in common. */
  readonly shared: { readonly seq: number; readonly time: string };
  readonly at: number;
  readonly time: string;
  /** What each of the two has first that the other has not. */
  readonly left?: ToldEntry;
  readonly right?: ToldEntry;
  readonly objects: readonly ToldDifference[];
  readonly events: readonly ToldEventDifference[];
}

/** A Kubernetes Event that is not there as often, or not at the same time. */
interface ToldEventDifference {
  readonly object: ToldObject;
  readonly reason: string;
  readonly message: string;
  /** How often, and first when in virtual milliseconds. */
  readonly left: { readonly count: number; readonly first?: number };
  readonly right: { readonly count: number; readonly first?: number };
}

export function branchJson(
  { shared, at, objects, k8sEvents, ...first }: BranchDifference,
  { left, right, language }: BranchTelling,
): ToldBranches {
  const told = ({ timeline }: Named, entry: Entry<Event> | undefined) =>
    entry && tellEntry(timeline, entry, language);
  const [toldLeft, toldRight] = [told(left, first.left), told(right, first.right)];
  return {
    shared: { seq: shared, time: formatClock(left.timeline.timeOf(shared)) },
    at,
    time: formatClock(at),
    ...(toldLeft && { left: toldLeft }),
    ...(toldRight && { right: toldRight }),
    objects: objects.map(differenceJson),
    events: k8sEvents.map(({ k8sEvent: { involvedObject, reason = '', message = '' }, ...seen }) => {
      const { kind = '', namespace, name = '' } = involvedObject;
      return {
        object: { kind, ...(namespace !== undefined && { namespace }), name },
        reason,
        message,
        ...seen,
      };
    }),
  };
}
