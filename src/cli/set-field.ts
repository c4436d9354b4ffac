import type { Files } from '../cluster/clients/files.ts';
import type { Millis } from '../kernel/time/millis.ts';
import { fieldOf } from '../replay/field-path.ts';
import type { Moment } from '../replay/seek.ts';
import type { Timeline } from '../replay/timeline.ts';
import { askKubectl } from '../report/ask-kubectl.ts';
import { patchLine, retypedLine } from '../report/change-lines.ts';
import { readChange } from '../report/field-path.ts';
import { BadInput } from './exit.ts';
import { findObject } from './named-object.ts';

/** The line that gives a field another value, and from where on it is typed. */
export interface SetField {
  readonly line: string;
  /** seq after which it is typed, and virtual milliseconds before which it is not. */
  readonly cursor: number;
  readonly clock: Millis;
  /** The object had to be made otherwise: what it is about, as a person names it. */
  readonly isRemade?: true;
}

/**
 * What `pod/web.spec.replicas=3` means at a moment: a patch of the object that is there; and where the API
 * server refuses that, the line that made the object, typed again with its manifest changed.
 */
export function setField(
  timeline: Timeline,
  text: string,
  given: Moment & { readonly files: Files },
): SetField {
  const { cursor, clock, files } = given;
  const [, name, value = ''] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (name === undefined) throw new BadInput(({ wrong }) => wrong.setForm(text));
  const { key, pointer } = findObject(timeline, name);
  const world = timeline.worldAt(cursor);
  const object = world.store.tables.objects.read(key, cursor);
  if (!object) throw new BadInput(({ wrong }) => wrong.unchanged);
  if (pointer === undefined) throw new BadInput(({ wrong }) => wrong.setForm(text));
  const field = fieldOf(pointer).replace(/\['([^']*)'\]/g, '["$1"]');
  const change = readChange(object, `${field}=${value}`);
  if (typeof change === 'string') throw new BadInput(({ wrong }) => wrong.noSuchField(field, change));
  const line = patchLine(object, change, world);
  const trial = askKubectl(world, `${line} --dry-run=server`, { now: Math.max(clock, world.at), files });
  if (!('exitCode' in trial) || trial.exitCode === 0) return { line, cursor, clock };
  const remade = retypedLine(timeline, { key, seq: cursor, files }, change);
  if (!remade) throw new BadInput(trial.stderr.trimEnd());
  return { line: remade.line, cursor: remade.at, clock: remade.time, isRemade: true };
}
