import type { Event } from '../contract/event.ts';

const COMES_BACK: ReadonlySet<Event['type']> = new Set([
  'MachineInstalled',
  'MachineStarted',
  'NetworkMended',
]);

/** The node that is there again, or for the first time after the cluster was made; undefined for none. */
export function nodeBack(event: Event): string | undefined {
  if (!COMES_BACK.has(event.type) || !('node' in event)) return undefined;
  return event.type === 'MachineInstalled' && !event.joins ? undefined : String(event.node);
}
