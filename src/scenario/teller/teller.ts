import type { Address, Component } from '../../cluster/contract/component.ts';
import type { Event } from '../../cluster/contract/event.ts';
import type { RowReader } from '../../cluster/contract/reader.ts';
import type { Scenario } from '../scenario.ts';
import { commandOfStep } from './command-of-step.ts';
import { mendedAt, mendingEvents, mendingKey, mendingKeys } from './fault-events.ts';
import { nextMove } from './next-move.ts';
import { currentPart } from './telling.ts';
import { speaksOf, topicOf } from './topics.ts';
import { keysConcerned, watchKeys } from './watch-keys.ts';
import { watchMove } from './watch-move.ts';

const ACTOR = 'scenario';
const STORY = 'story';

/**
 * Tells a scenario: begins its steps, types its commands, and judges what it expects. It is a person who
 * looks at the cluster itself, so it watches nothing and keeps nothing; that it looks at all when something
 * happens that its current step speaks of, is its wake.
 */
export function createTeller(scenario: Scenario): Component {
  return {
    name: ACTOR,
    readsStore: true,
    *addresses(view) {
      yield address(STORY);
      for (const key of mendingKeys(view)) yield address(key);
      for (const key of watchKeys(scenario, view)) yield address(key);
    },
    concernsOf({ event }, rows) {
      if (event.type === 'FaultLasts') return [address(mendingKey(event.step))];
      const story = isStoryConcerned(scenario, event, rows) ? THE_STORY : NOBODY;
      if (scenario.watches.length === 0) return story;
      return [...story, ...Array.from(keysConcerned(scenario, event, rows), address)];
    },
    wake(view, { key }, from) {
      if (key === STORY) return nextMove(scenario, view, from);
      if (key.startsWith(mendingKey(''))) {
        const at = mendedAt(view, key);
        return at === undefined ? undefined : { at: Math.max(at, from), cause: null };
      }
      const told = watchMove(scenario, view, { key, from });
      return told && { at: told.at, cause: told.cause };
    },
    *reconcile(view, { key }, now) {
      if (key.startsWith(mendingKey(''))) {
        yield* mendingEvents(view, key, now);
        return;
      }
      if (key !== STORY) {
        const told = watchMove(scenario, view, { key, from: now });
        if (told && told.at <= now) yield told.event;
        return;
      }
      const move = nextMove(scenario, view, now);
      if (move && move.at <= now) yield* move.events;
    },
  };
}

function address(key: string): Address {
  return { actor: ACTOR, key };
}

const THE_STORY: readonly Address[] = [address(STORY)];
const NOBODY: readonly Address[] = [];

/** Whether something has happened that the current part of the story speaks of. */
function isStoryConcerned(scenario: Scenario, event: Event, rows: RowReader): boolean {
  if (event.type === 'CommandEnded') return true;
  const topic = topicOf(event);
  if (topic === undefined) return false;
  const story = rows.row('story', 'story');
  const step = story && scenario.steps[story.step - 1];
  if (!story || !step || story.ended || story.own !== undefined) return false;
  const part = currentPart(step, story, rows.row('commands', commandOfStep(story.step)));
  if (part?.kind !== 'until' && part?.kind !== 'expect') return false;
  if (speaksOf(part.conditions, topic)) return true;
  return part.kind === 'expect' && part.until !== undefined && speaksOf(part.until.conditions, topic);
}
