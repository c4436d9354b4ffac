import TinyQueue from 'tinyqueue';
import type { Due } from './agenda.ts';
import { comparePlaces } from './place.ts';

/**
 * Pending work in the order of its places. Two items at one place are the same work: the first cause is kept.
 */
export interface DueQueue<Of extends Due> {
  push(due: Of): void;
  peek(): Of | undefined;
  pop(): Of | undefined;
}

/** An empty queue. Equal places compare by cause, so that the order does not depend on that of the pushes. */
export function createDueQueue<Of extends Due>(): DueQueue<Of> {
  const queue = new TinyQueue<Of>([], (a, b) => comparePlaces(a, b) || (a.cause ?? 0) - (b.cause ?? 0));
  return { push: (due) => queue.push(due), peek: () => queue.peek(), pop: () => queue.pop() };
}
