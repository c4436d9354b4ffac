import type { StoryEvent } from '../../cluster/contract/story-event.ts';
import { formatGoDuration } from '../../kernel/time/go-duration.ts';
import { HOUR, type Millis } from '../../kernel/time/millis.ts';
import { withCaptured } from '../language/captured-names.ts';
import type { Part } from '../scenario.ts';
import { capture } from './capture.ts';
import { giveUp } from './give-up.ts';
import { judge } from './judge.ts';
import { currentPart, type Move, ownCommand, type Telling } from './telling.ts';
import type { Judging, Verdict } from './verdict.ts';

/** What is said of the part of a step that is judged next, and when; undefined when all have been judged. */
export function judgeNext(telling: Telling, from: Millis): Move | undefined {
  const { story, step, view } = telling;
  const row = ownCommand(telling);
  const part = currentPart(step, story, row);
  if (!part) return undefined;
  const place = { step: story.step, part: step.parts.indexOf(part) };
  const began = Math.max(story.toldAt, row?.endedAt ?? 0, story.stepBeganAt + (step.waitMs ?? 0));
  const judging: Judging = {
    view,
    at: began,
    captured: story.captured,
    ...(story.command === undefined ? {} : { command: story.command }),
  };
  if (part.kind === 'success') {
    const verdict = judge([{ of: 'exitCode', wanted: 0 }], judging);
    const why = verdict.holds ? '' : `${verdict.why}\nif that is meant, say expect: { exitCode: … }`;
    return {
      at: from,
      cause: verdict.cause ?? null,
      events: [{ type: 'ExpectationMissed', ...place, what: 'exit code 0', why }],
    };
  }
  if (part.kind === 'capture') {
    const { event, cause } = capture(part, place, judging);
    return { at: from, cause, events: [event] };
  }
  const what = withCaptured(whatOf(part), story.captured);
  return moveOf({ telling, part, place, what, judging, began, from });
}

type Lasting = Extract<Part, { kind: 'expect' | 'until' }>;

interface Place {
  readonly step: number;
  readonly part: number;
}

interface Judgement {
  readonly telling: Telling;
  readonly part: Lasting;
  readonly place: Place;
  readonly what: string;
  readonly judging: Judging;
  /** When it began to be judged. */
  readonly began: Millis;
  readonly from: Millis;
}

function whatOf(part: Lasting): string {
  const { what, forMs } = part;
  const until = part.kind === 'expect' ? part.until : undefined;
  const lasts = forMs === undefined ? '' : ` for ${formatGoDuration(forMs)}`;
  return `${what}${lasts}${until === undefined ? '' : ` until ${until.what}`}`;
}

/** For so long something may go on until what ends it comes, unless the expectation says how long. */
const PATIENCE_MS = HOUR;

function moveOf(judgement: Judgement): Move {
  const { telling, part, place, what, judging, from } = judgement;
  const until = part.kind === 'expect' ? part.until : undefined;
  const end = until && judge(until.conditions, judging);
  if (end?.holds) return { at: from, cause: end.cause, events: [{ type: 'ExpectationMet', ...place, what }] };
  const verdict = judge(part.conditions, judging);
  const since = telling.story.heldSince;
  if (!verdict.holds) return notSo(judgement, verdict, since);
  const { cause } = verdict;
  const mustLast = part.forMs !== undefined || until !== undefined;
  if (!mustLast) return { at: from, cause, events: [{ type: 'ExpectationMet', ...place, what }] };
  if (since === undefined) return { at: from, cause, events: [{ type: 'HoldingBegan', ...place, what }] };
  if (part.forMs !== undefined) {
    const at = Math.max(from, since + part.forMs);
    return { at, cause, events: [{ type: 'ExpectationMet', ...place, what }] };
  }
  const why = `it is so, and this has not come: ${end?.holds === false ? end.why : ''}`;
  const at = Math.max(from, since + PATIENCE_MS);
  return { at, cause, events: [{ type: 'ExpectationMissed', ...place, what, why }] };
}

/** It is not so: in time it may come to be, and what was to last begins anew. */
function notSo(judgement: Judgement, verdict: Extract<Verdict, { holds: false }>, since?: Millis): Move {
  const { telling, part, place, what, began, from } = judgement;
  const patience = part.kind === 'until' ? part.timeoutMs : part.withinMs;
  const limit = patience > 0 ? ` within ${formatGoDuration(patience)}` : '';
  const cause = verdict.cause ?? null;
  if (since !== undefined && from < began + patience)
    return { at: from, cause, events: [{ type: 'HoldingEnded', ...place, what, why: verdict.why }] };
  const lasted =
    since === undefined ? '' : `it was so for ${formatGoDuration(from - since)}, and no longer: `;
  const missed: StoryEvent = {
    type: 'ExpectationMissed',
    ...place,
    what: `${what}${limit}`,
    why: `${lasted}${verdict.why}`,
  };
  const at = Math.max(from, began + patience);
  // How the story would end is worth finding out only when it does.
  if (at > from || part.kind !== 'until') return { at, cause, events: [missed] };
  return { at, cause, events: [missed, ...giveUp(telling, { at, from })] };
}
