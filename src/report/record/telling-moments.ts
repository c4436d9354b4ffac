import { podSpans } from '../../replay/pod-states.ts';
import { type Moment, momentOf, previousStop } from '../../replay/seek.ts';
import type { Timeline } from '../../replay/timeline.ts';

/** A moment at the end of what belongs to something that is told. */
export interface TellingMoment {
  /** seq of the step that is told next; after the last one there is none. */
  readonly before: number | undefined;
  /** 1-based number of the step that the moment is in. */
  readonly step: number;
  readonly at: Moment;
}

/**
 * The ends of those scenes of a story in which pods changed most, at most so many, in their order: whoever
 * looks at them in a row sees something else each time.
 */
export function tellingMoments(timeline: Timeline, most: number): readonly TellingMoment[] {
  const { scenes, steps, stops } = timeline;
  const last = stops.at(-1) ?? 0;
  const changes = timeline.pods.ever.flatMap((pod) => podSpans(pod).map(({ seq }) => seq));
  const told = scenes.map((from, index) => {
    const before = scenes[index + 1];
    const to = before === undefined ? last : previousStop(timeline, before);
    const count = changes.filter((seq) => seq >= from && seq <= to).length;
    const step = steps.filter((seq) => seq <= to).length;
    return { before, step, at: momentOf(timeline, to), count };
  });
  const chosen = told
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || a.step - b.step)
    .slice(0, most);
  return chosen.sort((a, b) => a.step - b.step).map(({ before, step, at }) => ({ before, step, at }));
}
