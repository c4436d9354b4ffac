/** What all conditions have in common, whatever their kind. */
export interface ConditionLike {
  type: string;
  status: string;
  reason?: string;
  message?: string;
  lastTransitionTime?: string;
}

export function findCondition<Condition extends ConditionLike>(
  conditions: readonly Condition[] | undefined,
  type: string,
): Condition | undefined {
  if (conditions) for (const condition of conditions) if (condition.type === type) return condition;
  return undefined;
}

export function isConditionTrue(conditions: readonly ConditionLike[] | undefined, type: string): boolean {
  return findCondition(conditions, type)?.status === 'True';
}

/**
 * The conditions with one set, in its old place or at the end. The time of transition stays as it was unless
 * the status changes, whatever time the new condition brings.
 */
export function withCondition<Condition extends ConditionLike>(
  conditions: readonly Condition[] | undefined,
  condition: Condition,
): Condition[] {
  const before = findCondition(conditions, condition.type);
  if (before === undefined) return [...(conditions ?? []), condition];
  const isSameStatus = before.status === condition.status && before.lastTransitionTime !== undefined;
  const next = isSameStatus ? { ...condition, lastTransitionTime: before.lastTransitionTime } : condition;
  return (conditions ?? []).map((other) => (other.type === condition.type ? next : other));
}
