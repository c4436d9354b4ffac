import type { View } from '../../cluster/contract/component.ts';
import { viewOf } from '../../cluster/world/view-of.ts';
import type { World } from '../../cluster/world/world.ts';
import type { Millis } from '../../kernel/time/millis.ts';
import { parseRfc3339 } from '../../kernel/time/rfc3339.ts';

/** A cluster at one instant, as whoever measures it finds it. */
export interface Instant {
  readonly view: View;
  readonly now: Millis;
}

/** Undefined before there is a cluster, and in a log that tells of none. */
export function instantOf(world: World, now: Millis): Instant | undefined {
  const view = viewOf(world);
  return view && { view, now };
}

/** A time of the API in seconds since 1970. */
export function secondsOf(time: string | undefined): number | undefined {
  const ms = time === undefined ? undefined : parseRfc3339(time);
  return ms === undefined ? undefined : ms / 1000;
}
