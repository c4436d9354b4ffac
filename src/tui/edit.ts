import type { KubeObject } from '../cluster/objects/kube-object.ts';
import { askKubectl } from '../report/ask-kubectl.ts';
import { patchLine, retypedLine } from '../report/change-lines.ts';
import { readChange, suggestFields } from '../report/field-path.ts';
import { nameOf } from '../report/names.ts';
import { screenWordsIn } from '../words/screen-words-in.ts';
import { objectAtHand, type Reader } from './pane-keys.ts';
import type { Pressed } from './standing.ts';
import { asking, overStory } from './view-changes.ts';

/** Begins a line that says what of the object at hand is to be otherwise. */
export function beginEdit(reader: Reader): Pressed {
  const { view } = reader;
  const object = objectToEdit(reader);
  if (!object) return { view: { ...view, remark: 'aboutNothing' } };
  return { view: { ...view, help: false, prompt: { kind: 'edit', text: '', about: nameOf(object) } } };
}

/** The object at hand, as it is there. */
function objectToEdit(reader: Reader): KubeObject | undefined {
  const { timeline, player } = reader;
  const key = objectAtHand(reader);
  return key === undefined
    ? undefined
    : timeline.worldAt(player.cursor).store.tables.objects.read(key, player.cursor);
}

/** The fields that what is typed could mean. */
export function editSuggestions(reader: Reader, text: string): readonly string[] {
  const object = objectToEdit(reader);
  return object ? suggestFields(object, text) : [];
}

/**
 * Changes a field of the object at hand, where the reader stands. What must not be changed while the object
 * is there is changed where it was made: the line that made it is typed again, with the manifest changed, and
 * the reader sees what became of it by the same time.
 */
export function edited(text: string, reader: Reader): Pressed {
  const { view, timeline, player, files, travels } = reader;
  const key = objectAtHand(reader);
  const object = objectToEdit(reader);
  if (key === undefined || !object) return { view: { ...view, remark: 'aboutNothing' } };
  const change = readChange(object, text);
  if (typeof change === 'string') return { view: { ...view, remark: change } };
  const world = timeline.worldAt(player.cursor);
  const line = patchLine(object, change, world);
  const now = Math.max(player.clock, world.at);
  const trial = askKubectl(world, `${line} --dry-run=server`, { now, files });
  const isRefused = 'exitCode' in trial && trial.exitCode !== 0;
  const retyped = isRefused ? retypedLine(timeline, { key, seq: player.cursor, files }, change) : undefined;
  if (!retyped) return { view: overStory(view), command: { to: 'player', command: { type: 'write', line } } };
  const { refusedNow } = screenWordsIn(view.language).branching;
  return {
    view: {
      ...asking(overStory(view), { asks: 'branch', other: travels.current, top: 0 }),
      told: refusedNow(object.kind),
    },
    command: { to: 'player', command: { type: 'write', ...retyped, until: player.clock } },
  };
}
