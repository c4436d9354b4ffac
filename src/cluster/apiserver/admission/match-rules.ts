import { userOf } from '../../contract/user.ts';
import { type AccessAsked, authorizerFor } from '../../objects/cel/authorizer.ts';
import { celValue, type Evaluated, evaluate } from '../../objects/cel/evaluate.ts';
import { isObject } from '../../objects/json.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type { LabelSelector, MatchCondition, Namespace } from '../../objects/kubernetes.ts';
import { matchesLabels, requirementsOf } from '../../objects/label-selector.ts';
import { storageKey } from '../../objects/storage-key.ts';
import { judge } from '../authorize/authorize.ts';
import type { Call } from '../call.ts';

/** What admission is asked about: the object to be, or to be no more, and the one that is there. */
export interface Admission {
  readonly operation: 'CREATE' | 'UPDATE' | 'DELETE';
  /** Absent for a deletion. */
  readonly draft?: KubeObject;
  readonly stored?: KubeObject;
  readonly call: Call;
}

interface Rule {
  readonly operations?: readonly string[];
  readonly apiGroups?: readonly string[];
  readonly apiVersions?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly scope?: string;
}

/** Of configurations of admission nobody else is asked, lest nobody could mend them. */
export function isExempt({ call: { resource } }: Admission): boolean {
  return resource.group === 'admissionregistration.k8s.io';
}

/** apiserver: admission/plugin/webhook/predicates/rules. */
export function matchesRule(rule: Rule, admission: Admission): boolean {
  const { operation, call } = admission;
  const { group, version, plural, isNamespaced } = call.resource;
  const has = (list: readonly string[] | undefined, word: string) =>
    list?.includes('*') || list?.includes(word) || false;
  const names = rule.resourceNames ?? [];
  const { scope = '*' } = rule;
  return (
    has(rule.operations, operation) &&
    has(rule.apiGroups, group) &&
    has(rule.apiVersions, version) &&
    (has(rule.resources, plural) || (rule.resources?.includes('*/*') ?? false)) &&
    (scope === '*' || (scope === 'Namespaced') === isNamespaced) &&
    (names.length === 0 || names.includes(nameOf(admission)))
  );
}

export function nameOf({ draft, stored }: Admission): string {
  return (draft ?? stored)?.metadata.name ?? '';
}

function namespaceOf({ call }: Admission): Namespace | undefined {
  const { namespace: name, store, resource } = call;
  if (resource.name === 'namespaces' || name === undefined) return undefined;
  return store.read<Namespace>(storageKey({ resource: 'namespaces', name }));
}

/** Objects without a namespace are in no namespace that could be left out. */
export function isInNamespaces(selector: LabelSelector | undefined, admission: Admission): boolean {
  const { call, draft, stored } = admission;
  const isOfNamespace = call.resource.name === 'namespaces';
  if (!isOfNamespace && !call.resource.isNamespaced) return true;
  const labels = isOfNamespace ? (draft ?? stored)?.metadata.labels : namespaceOf(admission)?.metadata.labels;
  return selects(selector, labels);
}

export function hasLabels(selector: LabelSelector | undefined, { draft, stored }: Admission): boolean {
  return [draft, stored].some((object) => object !== undefined && selects(selector, object.metadata.labels));
}

/** A selector that is not there selects everything. */
export function selects(
  selector: LabelSelector | undefined,
  labels: Readonly<Record<string, string>> | undefined,
): boolean {
  return matchesLabels(requirementsOf(selector ?? {}) ?? [], labels);
}

/** What expressions may speak of (apiserver: admission/plugin/cel). */
export function variablesOf(admission: Admission): Record<string, unknown> {
  const { draft, stored, operation, call } = admission;
  const { group, version, kind, plural } = call.resource;
  const { name, groups } = call.user;
  return {
    object: celValue(draft),
    oldObject: celValue(stored),
    request: celValue({
      kind: { group, version, kind },
      resource: { group, version, resource: plural },
      name: nameOf(admission),
      ...(call.namespace !== undefined && { namespace: call.namespace }),
      operation,
      userInfo: { username: name, groups: [...groups] },
      dryRun: false,
    }),
    namespaceObject: celValue(namespaceOf(admission)),
    authorizer: authorizerFor((asked) => mayDo(asked, call), {
      group,
      resource: plural,
      ...(call.namespace !== undefined && { namespace: call.namespace }),
      name: nameOf(admission),
    }),
  };
}

/** As the server itself would judge it: of whoever asks, or of an account. */
function mayDo({ account, path, verb, group = '', resource = '', ...where }: AccessAsked, call: Call) {
  const user = account
    ? userOf({ name: `system:serviceaccount:${account.namespace}:${account.name}` })
    : call.user;
  const { namespace, name, subresource } = where;
  return judge(
    call.store,
    user,
    path !== undefined
      ? { verb, path }
      : {
          verb,
          group,
          resource,
          ...(subresource && { subresource }),
          ...(namespace && { namespace }),
          ...(name && { name }),
        },
  );
}

/**
 * Whether all conditions hold; one that goes wrong counts only where none fails (matchconditions/matcher.go).
 */
export function meetsConditions(
  conditions: readonly MatchCondition[],
  variables: Readonly<Record<string, unknown>>,
): boolean | { readonly why: string } {
  const results = conditions.map(({ expression }): Evaluated => evaluate(expression, variables));
  if (results.some((result) => result.ok && result.value !== true)) return false;
  const wrong = results.find((result) => !result.ok);
  return wrong && !wrong.ok ? { why: wrong.why } : true;
}

/** A draft takes over all that another object has: it is the same object to those who hold it. */
export function replaceContent(draft: KubeObject, changed: unknown): void {
  if (!isObject(changed)) return;
  for (const key of Object.keys(draft)) if (!(key in changed)) Reflect.deleteProperty(draft, key);
  Object.assign(draft, changed);
}
