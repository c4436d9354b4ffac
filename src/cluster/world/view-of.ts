import type { View } from '../contract/component.ts';
import { objectReader, rowReader } from './readers.ts';
import type { World } from './world.ts';

/** A moment as somebody sees it who reads the store itself; undefined before there is a cluster. */
export function viewOf({ store: { tables }, seq }: World): View | undefined {
  const settings = tables.settings.read('cluster', seq);
  if (!settings) return undefined;
  const position = { tables, seq };
  return { settings, chance: settings, objects: objectReader(position), rows: rowReader(position) };
}
