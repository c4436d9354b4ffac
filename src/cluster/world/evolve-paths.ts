import type { Entry } from '../../kernel/log/entry.ts';
import type { Tables } from '../../kernel/table/store.ts';
import type { Event } from '../contract/event.ts';
import { type PathEvent, pathKey } from '../contract/path-row.ts';
import type { WorldRows } from './world.ts';

export function isPathEvent(event: Event): event is PathEvent {
  return event.type === 'PathHarmed' || event.type === 'PathMended';
}

/** On which ways packets are lost or late, after one fact. */
export function evolvePaths({ paths }: Tables<WorldRows>, event: PathEvent, { seq }: Entry<Event>): void {
  if (event.type === 'PathHarmed') {
    const { type: _, harm, ...row } = event;
    paths.write(pathKey(harm, row.path), row, seq);
    return;
  }
  const { harm, path } = event;
  for (const key of [...paths.keysBy('all', '', seq)].sort()) {
    const row = paths.read(key, seq);
    const isMeant = (path ?? row?.path) === row?.path && (harm === undefined || key.startsWith(`${harm} `));
    if (isMeant) paths.write(key, undefined, seq);
  }
}
