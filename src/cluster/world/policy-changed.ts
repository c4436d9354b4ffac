import type { Tables } from '../../kernel/table/store.ts';
import type { World, WorldRows } from './world.ts';

/** The counter that is there once a role or a binding has been changed or has gone. */
const POLICY_CHANGED = 'policy changed';

/** What programs may do is as it was from the start until somebody changes it, which hardly anybody does. */
export function isPolicyChanged({ store, seq }: World): boolean {
  return store.tables.counters.read(POLICY_CHANGED, seq) !== undefined;
}

export function notePolicy(
  { counters }: Tables<WorldRows>,
  resource: string,
  { at, seq }: { readonly at: number; readonly seq: number },
): void {
  if (!isPolicy(resource) || counters.read(POLICY_CHANGED, seq)) return;
  counters.write(POLICY_CHANGED, { value: at }, seq);
}

/** Whether objects of a resource say who may do what. */
export function isPolicy(resource: string): boolean {
  return resource.endsWith('.rbac.authorization.k8s.io');
}
