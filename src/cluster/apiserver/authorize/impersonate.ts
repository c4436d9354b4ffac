import type { Refused } from '../../contract/response.ts';
import type { Impersonated, User } from '../../contract/user.ts';
import type { ResourceAttributes } from './attributes.ts';
import { authorize } from './authorize.ts';
import type { PolicyStore } from './rules-of.ts';

const ACCOUNT = /^system:serviceaccount:([^:]+):([^:]+)$/;

/**
 * Refuses to take somebody for another whom he may not speak for (apiserver: endpoints/filters
 * /impersonation).
 */
export function refuseImpersonation(
  store: PolicyStore,
  user: User,
  { name, groups = [] }: Impersonated,
): Refused | undefined {
  const asked = [askedFor(name), ...groups.map((group) => ({ group: '', resource: 'groups', name: group }))];
  for (const attributes of asked) {
    const refusal = authorize(store, user, { verb: 'impersonate', ...attributes });
    if (refusal) return refusal;
  }
  return undefined;
}

function askedFor(name: string): Omit<ResourceAttributes, 'verb'> {
  const [, namespace, account] = ACCOUNT.exec(name) ?? [];
  if (namespace === undefined || account === undefined) return { group: '', resource: 'users', name };
  return { group: '', resource: 'serviceaccounts', namespace, name: account };
}
