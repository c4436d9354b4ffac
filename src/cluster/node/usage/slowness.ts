import type { Millis } from '../../../kernel/time/millis.ts';
import type { View } from '../../contract/component.ts';
import { milliValue } from '../../objects/quantity.ts';
import { loadOf } from '../../world/traffic-load.ts';
import type { Running } from '../containers/running.ts';
import { usageOf } from '../processes/usage-of.ts';
import { settingsOfNode } from '../settings-of-node.ts';
import { type Asked, requestCost } from './request-cost.ts';

/** What the lack of a processor does to answers. */
export interface Slowness {
  /** By how much one takes longer than it would on a processor of its own. */
  readonly extraMs: Millis;
  /**
   * Where more comes than goes: by how many milliseconds the wait grows in each; negative where it shrinks.
   */
  readonly growsBy: number;
}

/** Nearer to all that there is, the wait is not told from a queue that grows. */
const FULL = 0.9;

/**
 * How slow a container is: the work of a request takes longer on a part of a processor, and longer still
 * where others are at work (a queue whose server shares itself). Undefined where answers take no processor.
 */
export function slownessOf(
  view: View,
  running: Running,
  { asked, now }: { readonly asked: Asked; readonly now: Millis },
): Slowness | undefined {
  const { row, state, host } = running;
  const cost = requestCost(state, host, { asked, now });
  if (cost === 0) return undefined;
  const cores = milliValue(settingsOfNode(view, row.node)?.capacity['cpu'] ?? '1') / 1000;
  const cpus = Math.min(host.limits?.cpus ?? cores, cores);
  // Of a millisecond, and so in processors.
  const loads = loadOf(view.rows, row.id, { from: now, to: now + 1 });
  const wanted = loads.reduce(
    (sum, load) => sum + load.requests * requestCost(state, host, { asked: load, now }),
    usageOf(state, host, now).cpus,
  );
  const share = wanted / cpus;
  const alone = cost / Math.min(1, cpus);
  // A queue that grows begins with nobody in it.
  const shared = share >= 1 ? alone : alone / (1 - allBusy(Math.min(share, FULL), cpus));
  return { extraMs: Math.round(shared - cost), growsBy: Math.round((share - 1) * 1000) / 1000 };
}

/** How much of the time none of several processors is free. */
function allBusy(share: number, cpus: number): number {
  let busy = share;
  for (let count = 2; count <= cpus; count++) busy *= share;
  return busy;
}

/** When the load may become another by itself: a client stops. */
export function loadHoldsUntil(view: View, now: Millis): Millis | undefined {
  const stops = view.rows
    .rowsBy('traffic', 'all', '')
    .flatMap(({ stopsAt }) => (stopsAt !== undefined && stopsAt > now ? [stopsAt] : []));
  return stops.length === 0 ? undefined : Math.min(...stops);
}
