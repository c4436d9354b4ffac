import type { Event } from '../../cluster/contract/event.ts';
import { derived } from '../../cluster/objects/derived.ts';
import type { Condition } from '../condition.ts';

/**
 * What an event is about, as far as conditions speak of it: a resource, or one of the words below;
 * undefined for what no condition speaks of.
 */
export function topicOf(event: Event): string | undefined {
  switch (event.type) {
    case 'StoreRestored':
      return RESTORE;
    case 'TrafficStarted':
    case 'TrafficCounted':
      return TRAFFIC;
    case 'ContainerLogged':
    case 'ContainerCreated':
      return LOGS;
    case 'CommandPrinted':
      return OUTPUT;
    case 'ValueCaptured':
      return CAPTURED;
    default:
      return 'key' in event && 'resource' in event ? event.resource : undefined;
  }
}

const RESTORE = '*restore';
const TRAFFIC = '*traffic';
const LOGS = '*logs';
const OUTPUT = '*output';
const CAPTURED = '*captured';

/** What may make a condition come true, or break. */
export const topicsOfCondition = derived((condition: Condition): readonly string[] => {
  switch (condition.of) {
    case 'stdout':
    case 'stderr':
    case 'outputFields':
      return [OUTPUT];
    // Whoever tells the story hears of every command that ends.
    case 'exitCode':
      return [];
    case 'captured':
      return [CAPTURED];
    case 'logs':
      return [LOGS, 'pods', RESTORE];
    case 'traffic':
      return [TRAFFIC];
    case 'event':
      return ['events', RESTORE];
    case 'resource':
      return [condition.resource, RESTORE];
  }
});

export function speaksOf(conditions: readonly Condition[], topic: string): boolean {
  return conditions.some((condition) => topicsOfCondition(condition).includes(topic));
}
