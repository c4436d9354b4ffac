import type { Refused } from '../../contract/response.ts';
import type { User } from '../../contract/user.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import { bootstrapPolicy, type PolicyOf } from '../../objects/rbac/bootstrap-policy.ts';
import type { ResourceAttributes } from './attributes.ts';
import { authorize, judge } from './authorize.ts';
import type { PolicyStore } from './rules-of.ts';

/**
 * Whether a program of the cluster has lost the right to what it asks for. The simulated programs ask for
 * things otherwise than the real ones here and there: so what the roles of the beginning would not have
 * allowed either is let pass.
 */
export function refuseProgram(
  store: PolicyStore,
  settings: PolicyOf,
  { user, attributes }: { readonly user: User; readonly attributes: ResourceAttributes },
): Refused | undefined {
  if (!isProgram(user)) return undefined;
  const refusal = authorize(store, user, attributes);
  return refusal && judge(beginning(settings), user, attributes).isAllowed ? refusal : undefined;
}

/** Kubelets are judged by their nodes, and whoever holds the admin.conf may do everything. */
function isProgram({ name }: User): boolean {
  return name === 'system:kube-scheduler' || name.startsWith('system:serviceaccount:kube-system:');
}

/** The roles and bindings as every cluster begins with them. */
function beginning(settings: PolicyOf): PolicyStore {
  const all = [...bootstrapPolicy(settings).values()];
  return {
    list: <Kind extends KubeObject>(resource: string, namespace?: string) =>
      all
        .filter((each) => each.resource === resource)
        .map(({ object }) => object as Kind)
        .filter(({ metadata }) => namespace === undefined || metadata.namespace === namespace),
  };
}
