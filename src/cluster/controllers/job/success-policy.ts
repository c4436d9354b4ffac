import type { Job } from '../../objects/kubernetes.ts';
import { type Indexes, parseIndexes } from './indexes.ts';

/** Why an indexed Job has succeeded before all of its indexes have (success_policy.go). */
export function metSuccessRule({ spec }: Job, succeeded: Indexes): string | undefined {
  if (succeeded.length === 0) return undefined;
  for (const [index, rule] of (spec.successPolicy?.rules ?? []).entries()) {
    const { succeededIndexes, succeededCount = Number.POSITIVE_INFINITY } = rule;
    const wanted = parseIndexes(succeededIndexes, spec.completions ?? 0);
    if (succeededIndexes !== undefined && wanted.length === 0) continue;
    const isWanted = new Set(wanted);
    const there = succeededIndexes === undefined ? succeeded : succeeded.filter((each) => isWanted.has(each));
    const isAll = succeededIndexes !== undefined && there.length === wanted.length;
    if (isAll || there.length >= succeededCount) return `Matched rules at index ${index}`;
  }
  return undefined;
}
