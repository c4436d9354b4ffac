import type { Event } from '../cluster/contract/event.ts';

/** Whether a step is of what is done before the story. */
export function isSetup(event: Event | undefined): boolean {
  return event?.type === 'StepBegan' && event.phase === 'setup';
}
