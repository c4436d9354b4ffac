import type { Millis } from '../kernel/time/millis.ts';
import { momentOfInstant, parseInstant } from '../replay/place.ts';
import type { StepDocument } from '../scenario/language/schema/scenario-schema.ts';
import { cutStep } from '../scenario/language/write-branch.ts';
import { commandOfStep } from '../scenario/teller/command-of-step.ts';
import type { GrowingStory } from './growing-story.ts';
import type { Inside } from './inside.ts';
import { Refused } from './refused.ts';

interface Place {
  readonly cursor: number;
  readonly clock: Millis;
}

/** The place of an instant in the past of a cluster. */
export function momentBefore({ story, timeline }: Inside, instant: string | number): Place {
  const now = story.now();
  const named =
    typeof instant === 'number' ? ({ kind: 'time', ms: instant } as const) : parseInstant(instant);
  if (!named)
    throw new Refused(`${instant} is no instant: say a time (30s), an entry (#412) or a step (step:3)`);
  if (named.kind === 'end') return { cursor: story.log().length, clock: now };
  if (named.kind === 'time' && named.ms > now)
    throw new Refused(`${instant} is still to come: it is ${now} ms now`);
  const moment = momentOfInstant(timeline(), named);
  if (!moment) throw new Refused(`the log has no ${instant}`);
  const { cursor, clock } = moment;
  return { cursor, clock: named.kind === 'time' && named.laterMs === undefined ? named.ms : clock };
}

/** A story that is another one up to a place, and goes its own way from there. */
export function branchAt(story: GrowingStory, { cursor, clock }: Place): GrowingStory {
  const world = story.world();
  const past = { ...world, seq: cursor, at: story.log()[cursor - 1]?.at ?? 0 };
  const row = world.store.tables.story.read('story', cursor);
  const document = story.document();
  const begun = row?.step ?? 0;
  const command = world.store.tables.commands.read(commandOfStep(begun), cursor);
  const steps = document.steps.slice(0, begun).map((step, index) =>
    index < begun - 1
      ? step
      : (cutStep(step, {
          judged: row?.judged ?? 0,
          elapsed: clock - (row?.stepBeganAt ?? 0),
          runs: command !== undefined && command.exitCode === undefined,
        }) as StepDocument),
  );
  const told = story.scenario();
  return story.branch({
    document: { ...document, steps },
    scenario: { ...told, steps: told.steps.slice(0, begun) },
    log: story.log().slice(0, cursor),
    world: past,
    clock,
    isIdle: true,
  });
}
