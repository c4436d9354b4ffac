import { parseKubeVersion } from '../cluster/objects/versions.ts';
import type { LogHeader } from '../kernel/log/log-format.ts';
import { HOUR, SECOND } from '../kernel/time/millis.ts';
import type { Instant } from '../replay/place.ts';
import { createTimeline, type Timeline } from '../replay/timeline.ts';
import { typedIn } from '../replay/typed.ts';
import { branchHeaderOf, logHeaderOf } from '../scenario/log-header.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { ClockMode } from '../server/live/clock.ts';
import { type Beginning, emptyScenario } from '../server/live/open-live.ts';
import { BadInput } from './exit.ts';
import { momentIn } from './open-timeline.ts';
import { openPlayable } from './playable.ts';
import { findPlayed } from './played.ts';
import { PRODUCT_VERSION } from './version.ts';
import type { Which } from './which.ts';
import { tellBeside } from './write-out.ts';

export interface BeginningOptions extends Omit<Which, 'branch'> {
  readonly nodes?: number;
  readonly kubernetes?: string;
  /** From where it goes on; absent: from the end. */
  readonly from?: Instant;
}

/** What is served, before anybody has asked for anything. */
export interface Begun {
  readonly name: string;
  readonly beginning: Beginning;
  readonly header: LogHeader;
  /** The text of its scenario, where there is one at hand. */
  readonly text?: string;
}

/**
 * An empty cluster, or what a scenario or a log has come to at an instant: at its end, where none is named.
 */
export function beginningOf(what: string | undefined, mode: ClockMode, options: BeginningOptions): Begun {
  const { nodes, kubernetes, seed, from } = options;
  if (what === undefined) {
    if (kubernetes !== undefined && parseKubeVersion(kubernetes) === undefined)
      throw new BadInput(({ serve }) => serve.versionForm(kubernetes));
    const scenario = emptyScenario({
      ...(nodes !== undefined && { nodes }),
      ...(kubernetes !== undefined && { version: kubernetes }),
    });
    return begunOf(datedNow(scenario, mode), seed);
  }
  const played = findPlayed(what, options);
  if ('recording' in played) throw new BadInput(({ serve }) => serve.recorded);
  const { ground, origin, found, commits } = openPlayable(played, options, tellBeside);
  if (ground === undefined) throw new BadInput(({ serve }) => serve.noScenario);
  const { scenario } = ground;
  const text = origin.text === undefined ? {} : { text: origin.text };
  const isStart = from?.kind === 'start' && from.laterMs === undefined;
  if ('scenario' in played && isStart) return { ...begunOf(scenario, seed), ...text };
  const timeline = createTimeline([], found);
  for (const commit of commits()) for (const entry of commit) timeline.append(entry);
  timeline.finish();
  const { cursor } = momentIn(timeline, from);
  const seq = Math.max(cursor, timeline.stops[0] ?? 0);
  const isBranch = 'log' in played || seq < timeline.entries.length;
  const header = isBranch ? branchHeaderOf(origin.header, 'served', seq) : origin.header;
  return { name: scenario.name, header, ...text, beginning: goingOn(scenario, timeline, seq) };
}

function begunOf(scenario: Scenario, seed = scenario.settings.seed): Begun {
  const header = logHeaderOf(scenario, seed, PRODUCT_VERSION);
  return { name: scenario.name, header, beginning: { scenario, seed } };
}

function goingOn(scenario: Scenario, timeline: Timeline, seq: number): Beginning {
  return { scenario, log: timeline.entries.between(1, seq), typed: typedIn(timeline, seq) };
}

/**
 * What clients compare with their own clocks shall not lie in another year; nor in the future, where time
 * goes faster than theirs.
 */
function datedNow(scenario: Scenario, { clock }: ClockMode): Scenario {
  const now = Date.now() - (clock === 'real' ? 0 : HOUR);
  const epochMs = now - (now % SECOND);
  return { ...scenario, settings: { ...scenario.settings, epochMs } };
}
