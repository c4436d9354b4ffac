import type { Event } from '../cluster/contract/event.ts';
import type { Entry } from '../kernel/log/entry.ts';
import type { Timeline } from '../replay/timeline.ts';
import { causeChain } from '../report/cause-chain.ts';
import { entryColumns, entryText, tellEntry } from '../report/told-entry.ts';
import type { Missed } from '../scenario/play.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { Failure } from './case.ts';
import { causeAtEnd, lastHeld } from './last-held.ts';

export interface Explaining {
  readonly timeline: Timeline;
  readonly scenario: Scenario;
  readonly language: string;
  /** The branch of the story that the log is of, and how many steps come before its own. */
  readonly branch?: { readonly name: string; readonly after: number };
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
  const found = timeline.entries.of(causeAtEnd(timeline, scenario, { seq, cause, event: missed }) ?? 0);
  const causes = found ? causesFrom(timeline, found, language) : causesOf(timeline, entry, language);
  return {
    kind: missed.type === 'InvariantBroken' ? 'invariant' : 'expectation',
    what: missed.what,
    why: missed.why,
    ...placeOf(missed, explaining),
    ...(explaining.branch && { branch: explaining.branch.name }),
    at,
    ...(held !== undefined && { held }),
    ...(causes.length > 0 && { causes }),
    open: open(seq),
  };
}

/** Which step it belongs to, and where it is written. */
function placeOf(missed: Missed, explaining: Explaining): Pick<Failure, 'step' | 'phase' | 'place'> {
  const { steps, watches } = explaining.scenario;
  if (missed.type === 'InvariantBroken') {
    const { step, path = [] } = watches[missed.invariant] ?? {};
    // What is said of all of the story is of no step, though it may not be watched from its beginning on.
    const isOfStep = step !== undefined && path.includes('expect');
    return { ...(isOfStep && stepAt(step, explaining)), ...(path.length > 0 && { place: path }) };
  }
  const part = steps[missed.step - 1]?.parts[missed.part];
  return { ...stepAt(missed.step, explaining), ...(part && 'path' in part && { place: part.path }) };
}

function stepAt(step: number, { scenario, branch }: Explaining): Pick<Failure, 'step' | 'phase'> {
  const phase = scenario.steps[step - 1]?.phase;
  const before = branch && step > branch.after ? branch.after : 0;
  return { step: step - before, ...(phase && { phase }) };
}

/** An entry, and what led to it. */
function causesFrom(timeline: Timeline, entry: Entry<Event>, language: string): readonly string[] {
  const own = entryText(
    { ...tellEntry(timeline, entry, language), cause: null },
    entryColumns(timeline),
  ).trim();
  return [own, ...causesOf(timeline, entry, language)].slice(0, CAUSES + 1);
}

/** What led to an entry, from the nearest cause to the one that began it, a line each. */
export function causesOf(timeline: Timeline, entry: Entry<Event>, language: string): readonly string[] {
  const { causes, isCut } = causeChain(timeline, entry, { language, limit: CAUSES });
  const columns = entryColumns(timeline);
  // A column of its own for each part would be too wide beside a report.
  const lines = causes.map((cause) => entryText({ ...cause, cause: null }, columns).trim());
  return isCut ? [...lines, '…'] : lines;
}
