import type { Entry } from '../../kernel/log/entry.ts';
import type { Tables } from '../../kernel/table/store.ts';
import type { Event } from '../contract/event.ts';
import type { RegistryEvent } from '../contract/registry-row.ts';
import type { WorldRows } from './world.ts';

export function isRegistryEvent(event: Event): event is RegistryEvent {
  return event.type === 'RegistryFailed' || event.type === 'RegistryMended';
}

/** Which registries do not do as they should, after one fact. */
export function evolveRegistries(
  { registries }: Tables<WorldRows>,
  event: RegistryEvent,
  { seq }: Entry<Event>,
): void {
  if (event.type === 'RegistryMended') {
    registries.write(event.registry, undefined, seq);
    return;
  }
  const { type: _, ...row } = event;
  registries.write(event.registry, row, seq);
}
