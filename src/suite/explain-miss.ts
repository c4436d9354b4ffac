import type { Event } from '../cluster/contract/event.ts';
import type { Entry } from '../kernel/log/entry.ts';
import type { Timeline } from '../replay/timeline.ts';
import { type CauseChain, causeChain } from '../report/cause-chain.ts';
import { entryColumns, entryText } from '../report/told-entry.ts';
import type { Missed } from '../scenario/play.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { Failure } from './case.ts';
import { lastHeld } from './last-held.ts';

export interface Explaining {
  readonly timeline: Timeline;
  readonly scenario: Scenario;
  readonly language: string;
  /** The command line that opens the player after an entry. */
  readonly open: (seq: number) => string;
}

/** So many causes are shown: the nearest ones. */
const CAUSES = 8;

/** Everything that a person wants to know first of something that was missed. */
export function explainMiss(entry: Entry<Event>, missed: Missed, explaining: Explaining): Failure {
  const { timeline, scenario, language, open } = explaining;
  const { seq, at, cause } = entry;
  const held = lastHeld(timeline, scenario, { seq, cause, event: missed });
  const chain = causeChain(timeline, entry, { language, limit: CAUSES });
  return {
    kind: missed.type === 'InvariantBroken' ? 'invariant' : 'expectation',
    what: missed.what,
    why: missed.why,
    ...placeOf(missed, scenario),
    at,
    ...(held !== undefined && { held }),
    ...(chain.causes.length > 0 && { causes: causeLines(timeline, chain) }),
    open: open(seq),
  };
}

/** Which step it belongs to, and where it is written. */
function placeOf(missed: Missed, { steps, watches }: Scenario): Pick<Failure, 'step' | 'place'> {
  if (missed.type === 'InvariantBroken') {
    const { step, path } = watches[missed.invariant] ?? {};
    return { ...(step !== undefined && { step }), ...(path && { place: path }) };
  }
  const part = steps[missed.step - 1]?.parts[missed.part];
  return { step: missed.step, ...(part && 'path' in part && { place: part.path }) };
}

/** A column of its own for each part would be too wide beside a report. */
function causeLines(timeline: Timeline, { causes, isCut }: CauseChain): readonly string[] {
  const columns = entryColumns(timeline);
  const lines = causes.map((cause) => entryText({ ...cause, cause: null }, columns).trim());
  return isCut ? [...lines, '…'] : lines;
}
