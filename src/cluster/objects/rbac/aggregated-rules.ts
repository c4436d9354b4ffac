import { compareText, isEqualJson } from '../json.ts';
import type { ClusterRole, PolicyRule } from '../kubernetes.ts';
import { selects } from '../label-selector.ts';

/**
 * The rules of a role that gathers others': those of all that its selectors mean, in the order of their
 * names, each rule once (clusterroleaggregation: syncClusterRole).
 */
export function aggregatedRules(role: ClusterRole, roles: readonly ClusterRole[]): readonly PolicyRule[] {
  const gathered: PolicyRule[] = [];
  const ordered = roles.toSorted((a, b) => compareText(a.metadata.name ?? '', b.metadata.name ?? ''));
  for (const selector of role.aggregationRule?.clusterRoleSelectors ?? []) {
    for (const { metadata, rules = [] } of ordered) {
      if (metadata.name === role.metadata.name || !selects(selector, metadata.labels)) continue;
      for (const rule of rules) {
        if (!gathered.some((known) => isEqualJson(known, rule))) gathered.push(rule);
      }
    }
  }
  return gathered;
}
