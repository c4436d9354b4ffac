import { evaluate } from '../../objects/cel/evaluate.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type { MatchResources, ParamKind, ParamRef, Variable } from '../../objects/kubernetes.ts';
import { resourceForKind } from '../../objects/schema/resources.ts';
import { storageKey } from '../../objects/storage-key.ts';
import { servedResources } from '../../world/served-resources.ts';
import { type Admission, hasLabels, isInNamespaces, matchesRule, selects } from './match-rules.ts';

/** Whether a policy, or a binding of it, is about a request. */
export function isPolicyMeant(
  match: MatchResources | undefined,
  admission: Admission,
  isOfBinding: boolean,
): boolean {
  if (match === undefined) return isOfBinding;
  const { resourceRules = [], excludeResourceRules = [], namespaceSelector, objectSelector } = match;
  if (!isInNamespaces(namespaceSelector, admission) || !hasLabels(objectSelector, admission)) return false;
  if (excludeResourceRules.some((rule) => matchesRule(rule, admission))) return false;
  const isUnsaid = isOfBinding && resourceRules.length === 0;
  return isUnsaid || resourceRules.some((rule) => matchesRule(rule, admission));
}

type Params = { readonly params: readonly (KubeObject | undefined)[] } | { readonly problem: string };

/** policy/generic/policy_dispatcher.go CollectParams. */
export function paramsOf(
  paramKind: ParamKind | undefined,
  paramRef: ParamRef | undefined,
  { call }: Admission,
): Params {
  if (!paramKind) return { params: [undefined] };
  if (!paramRef) return { params: [undefined] };
  const { apiVersion = '', kind = '' } = paramKind;
  const resource = resourceForKind(apiVersion, kind, servedResources(call.store));
  if (!resource)
    return { problem: `failed to find resource referenced by paramKind: '${apiVersion}, Kind=${kind}'` };
  const namespace = resource.isNamespaced ? (paramRef.namespace ?? call.namespace) : undefined;
  if (resource.isNamespaced && namespace === undefined) {
    return {
      problem: 'cannot use namespaced paramRef in policy binding that matches cluster-scoped resources',
    };
  }
  const params = paramRef.name
    ? [
        call.store.read(
          storageKey({
            resource: resource.name,
            name: paramRef.name,
            ...(namespace !== undefined && { namespace }),
          }),
        ),
      ]
    : call.store
        .list(resource.name, namespace)
        .filter(({ metadata }) => selects(paramRef.selector, metadata.labels));
  const found = params.filter((param): param is KubeObject => param !== undefined);
  if (found.length > 0) return { params: found };
  if (paramRef.parameterNotFoundAction === 'Allow') return { params: [] };
  return { problem: 'no params found for policy binding with `Deny` parameterNotFoundAction' };
}

/** What a policy's variables come to, one after another, and why some of them come to nothing. */
export function variablesMade(
  variables: readonly Variable[],
  known: Readonly<Record<string, unknown>>,
): { readonly made: Record<string, unknown>; readonly failed: ReadonlyMap<string, string> } {
  const made: Record<string, unknown> = {};
  const failed = new Map<string, string>();
  for (const { name, expression } of variables) {
    const result = evaluate(expression, { ...known, variables: made });
    if (result.ok) made[name] = result.value;
    else failed.set(name, result.why);
  }
  return { made, failed };
}
