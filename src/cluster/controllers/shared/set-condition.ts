import { type ConditionLike, findCondition } from '../../objects/conditions.ts';

/**
 * The conditions with one set at their end. One that says the same already, by status and reason, stays as it
 * is, its message included (deployment_util.go SetDeploymentCondition, replica_set_utils.go SetCondition).
 */
export function setCondition<Condition extends ConditionLike>(
  conditions: readonly Condition[] | undefined,
  condition: Condition,
): readonly Condition[] {
  const before = findCondition(conditions, condition.type);
  if (before?.status === condition.status && before.reason === condition.reason) return conditions ?? [];
  const transition = before?.status === condition.status ? before.lastTransitionTime : undefined;
  const next = transition === undefined ? condition : { ...condition, lastTransitionTime: transition };
  return [...withoutCondition(conditions, condition.type), next];
}

export function withoutCondition<Condition extends ConditionLike>(
  conditions: readonly Condition[] | undefined,
  type: string,
): readonly Condition[] {
  return (conditions ?? []).filter((condition) => condition.type !== type);
}
