import type { Component, View } from '../contract/component.ts';
import { isEqualJson } from '../objects/json.ts';
import type { ClusterRole } from '../objects/kubernetes.ts';
import { aggregatedRules } from '../objects/rbac/aggregated-rules.ts';
import { bootstrapPolicy } from '../objects/rbac/bootstrap-policy.ts';

const ACTOR = 'clusterrole-aggregation-controller';
const RESOURCE = 'clusterroles.rbac.authorization.k8s.io';

/**
 * Keeps the rules of cluster roles that gather others' (controller/clusterroleaggregation). Any change of a
 * cluster role makes it look at all that gather: there are few.
 */
export const clusterRoleAggregationController: Component = {
  name: ACTOR,
  watches: [RESOURCE],
  *deliveriesOf() {
    yield { actor: ACTOR, key: 'clusterroles' };
  },
  *reconcile(view) {
    const roles = rolesOf(view);
    for (const role of roles) {
      if (role.aggregationRule === undefined) continue;
      const rules = aggregatedRules(role, roles);
      if (isEqualJson(rules, role.rules ?? [])) continue;
      const object: ClusterRole = { ...role, rules: [...rules] };
      yield { verb: 'update', resource: RESOURCE, name: role.metadata.name ?? '', object };
    }
  },
};

/** Those that nobody has changed since the cluster was made are not in the store. */
function rolesOf({ objects, settings }: View): readonly ClusterRole[] {
  const stored = objects.list<ClusterRole>(RESOURCE);
  const untouched = [...bootstrapPolicy(settings).values()].filter(
    ({ resource, key }) => resource === RESOURCE && objects.changedAt(key) === undefined,
  );
  return [...stored, ...untouched.map(({ object }) => object as ClusterRole)];
}
