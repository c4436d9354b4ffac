import { viewOf } from '../cluster/world/view-of.ts';
import type { World } from '../cluster/world/world.ts';
import { formatGoDuration, parseGoDuration } from '../kernel/time/go-duration.ts';
import type { Millis } from '../kernel/time/millis.ts';
import { stateSummary } from '../report/state-summary.ts';
import type { Failure } from '../suite/case.ts';
import { causesOf } from '../suite/explain-miss.ts';
import type { Inside } from './inside.ts';
import type { Moment } from './moment.ts';
import { momentOf } from './moment-of.ts';
import { Refused } from './refused.ts';
import { unsettledIn } from './unsettled.ts';

const SHOWN_MAX = 80;

/** Lets time pass until a question is answered with yes. */
export function passUntil(inside: Inside, isSo: (moment: Moment) => boolean, within: string): void {
  const ms = durationOf(within);
  if (holdsWithin(inside, ms, (world, now) => isSo(momentOf(world, now)))) return;
  const asked = isSo.toString().replace(/\s+/g, ' ');
  const shown = asked.length > SHOWN_MAX ? `${asked.slice(0, SHOWN_MAX)}…` : asked;
  inside.fail({
    kind: 'expectation',
    what: `${shown} within ${formatGoDuration(ms)}`,
    why: 'it has not come to be so',
    at: inside.story.now(),
  });
}

/** Lets time pass until every workload is as its manifest says. */
export function converge(inside: Inside, within: string): void {
  const ms = durationOf(within);
  const isSettled = (world: World): boolean => {
    const view = viewOf(world);
    return view !== undefined && unsettledIn(view.objects).length === 0;
  };
  if (!holdsWithin(inside, ms, isSettled))
    inside.fail(unsettledFailure(inside, ` within ${formatGoDuration(ms)}`));
}

/** What is not as its manifest says, and what led to the first of it. */
export function unsettledFailure({ story, timeline }: Inside, within: string): Failure {
  const world = story.world();
  const view = viewOf(world);
  const unsettled = view ? unsettledIn(view.objects) : [];
  const { unhealthy } = stateSummary(world);
  const sick = unhealthy.map(
    ({ object, is, because = '' }) => `${object}: ${is}${because && `, ${because}`}`,
  );
  const [first] = unsettled;
  const changed = first && timeline().entries.of(view?.objects.changedAt(first.key) ?? 0);
  return {
    kind: 'expectation',
    what: `everything converges${within}`,
    why: [...unsettled.map(({ what, why }) => `${what}: ${why}`), ...sick].join('\n'),
    at: story.now(),
    ...(changed && { causes: causesOf(timeline(), changed, 'en') }),
  };
}

function holdsWithin(
  { story, demandNoMiss }: Inside,
  ms: Millis,
  isSo: (world: World, now: Millis) => boolean,
): boolean {
  const first = story.log().length + 1;
  const holds = story.passUntil(story.now() + ms, isSo);
  demandNoMiss(first);
  return holds;
}

function durationOf(text: string): Millis {
  const ms = parseGoDuration(text);
  if (ms === undefined || ms < 0) throw new Refused(`within: "${text}" is no duration such as 35s or 1m30s`);
  return Math.round(ms);
}
