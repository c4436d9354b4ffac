import type { Timeline } from './timeline.ts';

/** An instant of a story that has a name. */
export interface Checkpoint {
  readonly name: string;
  /** The entry that names it. */
  readonly seq: number;
}

/** The instants of a story that have names, in order. */
export function checkpointsOf({
  story,
  facts,
  entries,
}: Pick<Timeline, 'story' | 'facts' | 'entries'>): readonly Checkpoint[] {
  const type = facts.type.names.find('CheckpointReached');
  if (type === undefined) return [];
  return story.flatMap((seq) => {
    const event = facts.type.idAt(seq) === type ? entries.of(seq)?.event : undefined;
    return event?.type === 'CheckpointReached' ? [{ name: event.name, seq }] : [];
  });
}
