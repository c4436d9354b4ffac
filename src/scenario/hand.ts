import type { Component, View, Wake } from '../cluster/contract/component.ts';
import type { Millis } from '../kernel/time/millis.ts';
import { compileFault } from './language/faults.ts';
import { typedFault } from './language/typed-fault.ts';
import { commandOfStep } from './teller/command-of-step.ts';
import { faultEvents } from './teller/fault-events.ts';
import { type Typed, YOU } from './typed-line.ts';

const HAND = 'hand';

/**
 * Types lines from where a story is taken over: with the first of them the story of the scenario ends, and
 * each is a step of what is told instead. How many have been typed stands in the story's row, so a fork
 * anywhere goes on with the next.
 */
export function createHand(typed: readonly Typed[]): Component {
  return {
    name: YOU,
    readsStore: true,
    addresses: () => [{ actor: YOU, key: HAND }],
    concernedBy: ['CommandEnded'],
    concernsOf: ({ event }) => (event.type === 'CommandEnded' ? [{ actor: YOU, key: HAND }] : []),
    wake: (view, _address, from) => nextWake(typed, view, from),
    *reconcile(view, _address, now) {
      const due = nextWake(typed, view, now);
      if (!due || due.at > now) return;
      const story = view.rows.row('story', 'story');
      if (story?.own === undefined) {
        yield { type: 'StoryHandedOver' };
        return;
      }
      const step = story.step + 1;
      const line = typed[story.own]?.line ?? '';
      const broken = typedFault(line);
      yield { type: 'StepBegan', step, kind: broken ? 'fault' : 'run', text: { en: line } };
      if (broken) {
        yield* faultEvents(compileFault(broken), view, { at: now, step });
        return;
      }
      yield { type: 'CommandTyped', command: commandOfStep(step), line };
    },
  };
}

/** The story is taken over at once; a line follows what was before it a millisecond later, as steps do. */
function nextWake(typed: readonly Typed[], { rows }: View, from: Millis): Wake | undefined {
  const story = rows.row('story', 'story');
  const next = typed[story?.own ?? 0];
  if (!next) return undefined;
  const at = Math.max(from, next.at ?? 0);
  if (story?.own === undefined) return { at, cause: null };
  const before = story.own > 0 && story.command !== undefined && rows.row('commands', story.command);
  if (next.at === undefined && before && before.exitCode === undefined) return undefined;
  const ended = before ? (before.endedAt ?? 0) : 0;
  return { at: Math.max(at, story.toldAt + 1, ended + 1), cause: null };
}
