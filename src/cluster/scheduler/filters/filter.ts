import type { Refusal } from '../framework.ts';

export function unresolvable(...reasons: readonly string[]): Refusal {
  return { reasons, unresolvable: true };
}

/** A refusal that removing other pods might lift. */
export function unschedulable(...reasons: readonly string[]): Refusal {
  return { reasons, unresolvable: false };
}
