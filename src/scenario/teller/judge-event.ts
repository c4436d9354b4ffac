import type { CoreEvent } from '../../cluster/objects/kubernetes.ts';
import { valueWithCaptured } from '../language/captured-names.ts';
import { describePattern } from '../matching/describe-pattern.ts';
import { matchValue, nearest } from '../matching/match-value.ts';
import type { EventCondition } from '../scenario.ts';
import type { Judging, Verdict } from './verdict.ts';

/**
 * Whether Kubernetes Events like the pattern have happened as often as wanted, all of them taken together.
 */
export function judgeEvent(condition: EventCondition, { view, captured }: Judging): Verdict {
  const pattern = valueWithCaptured(condition.pattern, captured);
  const k8sEvents = view.objects.list<CoreEvent>('events');
  const like = k8sEvents.filter((k8sEvent) => matchValue(pattern, k8sEvent).misses.length === 0);
  const times = like.reduce((sum, k8sEvent) => sum + timesOf(k8sEvent), 0);
  if (matchValue(condition.count, times).misses.length === 0) return { holds: true, cause: null };
  const whole = `it happened ${times} times, wanted ${describePattern(condition.count)}`;
  if (like.length > 0) return { holds: false, why: whole };
  const best = nearest(pattern, k8sEvents);
  if (!best) return { holds: false, why: `matched no object at all: there is no Event; ${whole}` };
  const { involvedObject, reason, message } = best.item;
  const [miss] = best.likeness.misses;
  const near = `${reason} of ${involvedObject.kind}/${involvedObject.name} (${message}): ${miss?.path} is ${miss?.found}`;
  return { holds: false, why: `${whole}; nearest: ${near}, wanted ${miss?.wanted}` };
}

/** The new API counts in a series, the old one beside it; one that has just happened may have neither. */
function timesOf({ count, series }: CoreEvent): number {
  return series?.count ?? count ?? 1;
}
