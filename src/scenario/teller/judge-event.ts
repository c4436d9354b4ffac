import type { Json } from '../../cluster/objects/json.ts';
import type { CoreEvent } from '../../cluster/objects/kubernetes.ts';
import { storageKey } from '../../cluster/objects/storage-key.ts';
import type { EventCondition } from '../condition.ts';
import { valueWithCaptured } from '../language/captured-names.ts';
import { describePattern } from '../matching/describe-pattern.ts';
import { matchValue, nearest } from '../matching/match-value.ts';
import type { Judging, Verdict } from './verdict.ts';

/**
 * Whether Kubernetes Events like the pattern have happened as often as wanted, all of them taken together.
 */
export function judgeEvent(condition: EventCondition, judging: Judging): Verdict {
  const { view } = judging;
  const k8sEvents = view.objects.list<CoreEvent>('events');
  const like = eventsLike(condition, judging);
  const times = timesOf(like);
  if (matchValue(condition.count, times).misses.length === 0) return { holds: true, cause: null };
  const whole = `it happened ${timesText(times)}, wanted ${describePattern(condition.count)}`;
  if (like.length > 0) return { holds: false, why: whole, cause: lastOf(like, view) };
  const best = nearest(patternOf(condition, judging), k8sEvents);
  if (!best) return { holds: false, why: `matched no object at all: there is no Event; ${whole}` };
  const [miss] = best.likeness.misses;
  const isOther = miss === undefined && condition.from !== undefined;
  const difference = isOther
    ? `it is from ${reporterOf(best.item)}, wanted ${condition.from}`
    : `${miss?.path} is ${miss?.found}, wanted ${miss?.wanted}`;
  return {
    holds: false,
    why: `${whole}; nearest: ${k8sEventText(best.item)}: ${difference}`,
    cause: lastOf([best.item], view),
  };
}

/** The Kubernetes Events that a condition means. */
export function eventsLike(condition: EventCondition, judging: Judging): readonly CoreEvent[] {
  const pattern = patternOf(condition, judging);
  return judging.view.objects
    .list<CoreEvent>('events')
    .filter(
      (k8sEvent) =>
        (condition.from === undefined || reporterOf(k8sEvent) === condition.from) &&
        matchValue(pattern, k8sEvent).misses.length === 0,
    );
}

/** How often they have happened, all of them taken together. */
export function timesOf(k8sEvents: readonly CoreEvent[]): number {
  return k8sEvents.reduce((sum, k8sEvent) => sum + timesOfOne(k8sEvent), 0);
}

export function timesText(times: number): string {
  return times === 1 ? 'once' : `${times} times`;
}

/** `BackOff of Pod/web (Back-off restarting failed container)`. */
export function k8sEventText({ reason, involvedObject, message }: CoreEvent): string {
  return `${reason} of ${involvedObject.kind}/${involvedObject.name} (${message})`;
}

/** seq of the entry that wrote the last of them. */
export function lastOf(k8sEvents: readonly CoreEvent[], { objects }: Judging['view']): number | null {
  const written = k8sEvents.map(({ metadata: { name = '', namespace } }) => {
    const key = storageKey({ resource: 'events', name, ...(namespace !== undefined && { namespace }) });
    return objects.changedAt(key) ?? 0;
  });
  return Math.max(0, ...written) || null;
}

function patternOf({ pattern }: EventCondition, { captured }: Judging): Json {
  return valueWithCaptured(pattern, captured);
}

/** The new API names who reports beside the old one. */
function reporterOf({ source, reportingComponent = '' }: CoreEvent): string {
  return source?.component ?? reportingComponent;
}

/** The new API counts in a series, the old one beside it; one that has just happened may have neither. */
function timesOfOne({ count, series }: CoreEvent): number {
  return series?.count ?? count ?? 1;
}
