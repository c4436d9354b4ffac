import type { Entry, EntryHead } from '../../kernel/log/entry.ts';
import { createColumn } from '../../kernel/table/column.ts';
import { createThinStore } from '../../kernel/table/thin-store.ts';
import type { CounterRow } from '../contract/client-rows.ts';
import type { Event } from '../contract/event.ts';
import type { KubeObject } from '../objects/kube-object.ts';
import { type ChangedFields, type ChangeOutline, touchesAny } from './change-outline.ts';
import { evolve } from './evolve.ts';
import { notStored, TYPING } from './evolve-api.ts';
import { applyDelta } from './object-delta.ts';
import { isPolicy } from './policy-changed.ts';
import { INDEXED_FIELDS, SHAPE, type World, type WorldRows } from './world.ts';

/** The world of a log too long to keep all that was ever in it. */
export interface ThinWorld {
  /** Before the first entry. */
  readonly first: World;
  /** Whether all that an update writes here is found by its outline. */
  isOutlineEnough(world: World, head: EntryHead, outline: ChangeOutline): boolean;
  /**
   * The world after an update for which that is so. What it wrote is found when somebody asks, in the entry,
   * which must be there by now.
   */
  evolveOutline(world: World, head: EntryHead, outline: ChangeOutline): World;
}

/**
 * Of each row it keeps every so many-th version, and looks into the log's entries again for those between.
 */
export function thinWorld(every: number, entryAt: (seq: number) => Entry<Event>): ThinWorld {
  /** The fields of each update that was not folded; 0 for all other entries. */
  const passed = createColumn('int32');
  const kinds: (Kind | undefined)[] = [];
  /** The rows of objects, by the numbers that outlines give them. */
  const rows: number[] = [];
  let revision: number | undefined;
  const fieldsOf = (seq: number): number => passed.at(seq - 1);
  const store = createThinStore<WorldRows>(SHAPE, {
    every,
    fold(before, seq) {
      evolve({ seq: seq - 1, at: 0, store: before }, entryAt(seq));
    },
    steps: {
      objects: {
        after: (before, seq) => objectAfter(before, entryAt(seq).event),
        needs(seq, before) {
          const fields = fieldsOf(seq);
          return fields === fieldsOf(before) && kinds[fields]?.isRepeatable ? 'what it was made of' : 'it';
        },
      },
      counters: {
        after: (_, seq) => revisionOf(entryAt(seq).event),
        needs: (seq) => (fieldsOf(seq) > 0 ? 'nothing' : 'it'),
      },
    },
  });
  const { objects, counters } = store.tables;
  return {
    first: { seq: 0, at: 0, store },
    isOutlineEnough(world, { seq, actor }, { key, object, fields }) {
      kinds[fields.id] ??= kindOf(fields);
      rows[object] ??= objects.numberOf(key) ?? -1;
      revision ??= counters.numberOf('revision') ?? -1;
      const isNewest = world.store === store && store.head === world.seq && world.seq === seq - 1;
      return isNewest && actor !== TYPING && kinds[fields.id]?.isPlain === true;
    },
    evolveOutline(_, { seq, at }, { key, object, fields }) {
      if (!objects.writeLater(rows[object] ?? -1, seq)) throw new Error(notStored(seq, key));
      counters.writeLater(revision ?? -1, seq);
      while (passed.length < seq - 1) passed.push(0);
      passed.push(fields.id);
      store.head = seq;
      return { seq, at, store };
    },
  };
}

/** What follows from which fields an update changes, whatever it changes them to. */
interface Kind {
  /** It changes an object and etcd's revision, and by what the object is found stays as it was. */
  readonly isPlain: boolean;
  /** The same fields may be set twice, and it comes to the same as the second time alone. */
  readonly isRepeatable: boolean;
}

function kindOf(fields: ChangedFields): Kind {
  return {
    isPlain: !isPolicy(fields.resource) && !touchesAny(fields, INDEXED_FIELDS),
    isRepeatable: fields.unset.length === 0,
  };
}

function objectAfter(before: KubeObject | undefined, event: Event): KubeObject | undefined {
  if (event.type === 'ObjectCreated') return event.object;
  return event.type === 'ObjectUpdated' && before ? applyDelta(before, event) : undefined;
}

/** etcd's revision after an update is that of the object. */
function revisionOf(event: Event): CounterRow | undefined {
  const revision = event.type === 'ObjectUpdated' ? event.set?.['/metadata/resourceVersion'] : undefined;
  return revision === undefined ? undefined : { value: Number(revision) };
}
