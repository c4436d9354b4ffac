import type * as z from 'zod';
import { servedResources } from '../../cluster/world/served-resources.ts';
import { viewOf } from '../../cluster/world/view-of.ts';
import type { World } from '../../cluster/world/world.ts';
import { MINUTE } from '../../kernel/time/millis.ts';
import { compileConditions } from '../../scenario/language/compile-condition.ts';
import { millisOf } from '../../scenario/language/compile-duration.ts';
import { judge } from '../../scenario/teller/judge.ts';
import type { Verdict } from '../../scenario/teller/verdict.ts';
import { watchForCalm } from '../live/calm.ts';
import type { Served } from '../live/clusters.ts';
import type { advanceSchema } from './bodies.ts';

type AdvanceDocument = z.output<typeof advanceSchema>;

/** How far it came, and of what was waited for whether it came about. */
export interface Advanced {
  readonly holds?: boolean;
  /** Why it does not hold. */
  readonly why?: string;
}

const WITHIN_MS = 10 * MINUTE;

/** Goes on as far as was asked for; a message where that can't be. */
export async function advance(served: Served, document: AdvanceDocument): Promise<Advanced | string> {
  const { by, to, until, settled, within } = document;
  const { live, clock } = served;
  const now = live.now();
  if (to !== undefined && millisOf(to) < now) return 'that is past: seek shows it';
  if (by !== undefined || to !== undefined) {
    await clock.advance(to === undefined ? now + millisOf(by ?? '0s') : millisOf(to));
    return {};
  }
  const end = now + (within === undefined ? WITHIN_MS : millisOf(within));
  if (settled) {
    const { calm, stop } = watchForCalm(live, true);
    await clock.advance(end, calm.isSettled);
    const holds = calm.isSettled();
    stop();
    return { holds, ...(!holds && { why: 'something still goes on in it' }) };
  }
  return await untilSo(served, until ?? {}, end);
}

async function untilSo(
  { live, clock }: Served,
  until: NonNullable<AdvanceDocument['until']>,
  end: number,
): Promise<Advanced | string> {
  const view = viewOf(live.world());
  if (!view) return 'there is no cluster yet';
  const around = { settings: view.settings, resources: servedResources(view.objects) };
  const { conditions } = compileConditions(until, around);
  if (conditions.length === 0) return 'until: wanted a resource, an event or logs';
  for (const condition of conditions) {
    if (condition.of === 'resource' && condition.resource === '')
      return `until: the cluster has no kind "${condition.kind}"`;
  }
  const judged = (world: World): Verdict => {
    const at = viewOf(world) ?? view;
    return judge(conditions, { view: at, captured: {}, at: live.now() });
  };
  let verdict = judged(live.world());
  // Looked at anew where something has happened since.
  let seq = live.world().seq;
  await clock.advance(end, () => {
    const world = live.world();
    if (world.seq !== seq) verdict = judged(world);
    seq = world.seq;
    return verdict.holds;
  });
  return verdict.holds ? { holds: true } : { holds: false, why: verdict.why };
}
