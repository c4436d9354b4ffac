import type { Timeline } from './timeline.ts';

/**
 * The etcd key of the object that an entry is about: the one that it changed, the one that a Kubernetes Event
 * speaks of, the pod or the node on whose machine it happened. Undefined for what is about no object.
 */
export function subjectOf({ facts }: Timeline, seq: number): string | undefined {
  return facts.subject.textAt(seq) || undefined;
}
