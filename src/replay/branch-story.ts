import type { BranchStory, TypedStep } from '../scenario/language/write-branch.ts';
import { commandOfStep } from '../scenario/teller/command-of-step.ts';
import type { Timeline } from './timeline.ts';
import { typedIn } from './typed.ts';

/**
 * The story of a log that somebody has taken over, as it is written down as a scenario; undefined for one
 * that nobody has.
 */
export function branchStoryOf(timeline: Timeline, name: string): BranchStory | undefined {
  const { entries, story, worldAt } = timeline;
  const taken = story.find((seq) => entries.of(seq)?.event.type === 'StoryHandedOver');
  if (taken === undefined) return undefined;
  const end = entries.length;
  const before = worldAt(taken - 1).store.tables.story.read('story', taken - 1);
  const after = worldAt(end).store.tables.story.read('story', end);
  const begun = before?.step ?? 0;
  const now = timeline.timeOf(taken);
  const typed = typedSteps(timeline, begun);
  return {
    name,
    seed: worldAt(end).store.tables.settings.read('cluster', end)?.seed ?? '1',
    begun,
    last: {
      judged: before?.judged ?? 0,
      elapsed: now - (before?.stepBeganAt ?? 0),
      runs: isRunning(timeline, commandOfStep(begun), taken - 1),
    },
    typed,
    endsAfter: timeline.duration - (typed.at(-1)?.at ?? now),
    watched: Object.keys(after?.invariants ?? {}).map(Number),
  };
}

function isRunning({ worldAt }: Timeline, command: string, seq: number): boolean {
  const row = worldAt(seq).store.tables.commands.read(command, seq);
  return row !== undefined && row.exitCode === undefined;
}

/** A line that had not ended when the next was typed, or at the end, is not waited for. */
function typedSteps(timeline: Timeline, begun: number): readonly TypedStep[] {
  const { commands } = timeline.worldAt(timeline.entries.length).store.tables;
  const lines = typedIn(timeline, timeline.entries.length);
  return lines.map(({ line, at = 0 }, index) => {
    const row = commands.read(commandOfStep(begun + index + 1), timeline.entries.length);
    const until = lines[index + 1]?.at ?? timeline.duration;
    const background = row?.endedAt === undefined || row.endedAt > until;
    const failed = !background && row.exitCode !== undefined && row.exitCode !== 0;
    return { at, line, background, ...(failed && row.exitCode !== undefined && { exitCode: row.exitCode }) };
  });
}
