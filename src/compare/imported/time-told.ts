import { isObject } from '../../cluster/objects/json.ts';
import type { KubeObject } from '../../cluster/objects/kube-object.ts';
import { parseRfc3339 } from '../../kernel/time/rfc3339.ts';

/**
 * Stamps of what has happened; others name what is to come, or say nothing of when the object was written.
 */
const STAMP =
  /^(?:creationTimestamp|time|startTime|startedAt|finishedAt|completionTime|lastTransitionTime|lastUpdateTime|lastProbeTime|firstTimestamp|lastTimestamp|eventTime|lastObservedTime|lastScheduleTime|lastSuccessfulTime|renewTime|acquireTime)$/;

/**
 * The latest time that an object tells of itself, in milliseconds since 1970: it was not written before.
 * Undefined for one that tells none.
 */
export function latestTimeIn(object: KubeObject): number | undefined {
  let latest: number | undefined;
  const look = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) look(item);
    else if (isObject(value)) {
      for (const [key, member] of Object.entries(value)) {
        if (typeof member !== 'string') look(member);
        else if (STAMP.test(key)) note(parseRfc3339(member));
      }
    }
  };
  const note = (ms: number | undefined): void => {
    if (ms !== undefined) latest = Math.max(latest ?? ms, ms);
  };
  look(object);
  note(askedToGo(object));
  return latest;
}

/** A deletion is stamped with the end of its grace period. */
function askedToGo({ metadata: { deletionTimestamp, deletionGracePeriodSeconds = 0 } }: KubeObject) {
  const ends = deletionTimestamp === undefined ? undefined : parseRfc3339(deletionTimestamp);
  return ends === undefined ? undefined : ends - deletionGracePeriodSeconds * 1000;
}
