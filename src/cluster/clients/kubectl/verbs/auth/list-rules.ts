import { compareText } from '../../../../objects/json.ts';
import type { PolicyRule, SelfSubjectRulesReview } from '../../../../objects/kubernetes.ts';
import { brokenDown } from '../../../../objects/rbac/policy-rules.ts';
import { fail } from '../../failure.ts';
import { DONE, demand, type Invocation, type Steps } from '../../invocation.ts';
import { alignColumns, TABLE_ALIGNMENT } from '../../print/table/align-columns.ts';

/** `kubectl auth can-i --list`: what one may do in a namespace. */
export function* listRules(invocation: Invocation): Steps {
  const { args, flags, namespace, out } = invocation;
  if (args.length > 0) fail('list option must be specified with no arguments');
  if (flags.bool('quiet') || flags.bool('all-namespaces') || flags.text('subresource') !== '') {
    fail("list option can't be specified with neither quiet, all-namespaces nor subresource options");
  }
  const { object } = yield* demand(invocation, {
    verb: 'create',
    resource: 'selfsubjectrulesreviews.authorization.k8s.io',
    object: {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectRulesReview',
      metadata: {},
      spec: { namespace },
    } as SelfSubjectRulesReview,
  });
  const { status } = object as SelfSubjectRulesReview;
  const simple = [...(status?.resourceRules ?? []), ...(status?.nonResourceRules ?? [])].flatMap(brokenDown);
  const rows = compacted(simple)
    .sort((a, b) => compareText(asText(a), asText(b)))
    .map(rowOf);
  const head = ['Resources', 'Non-Resource URLs', 'Resource Names', 'Verbs'];
  const lines = flags.bool('no-headers') ? rows : [head, ...rows];
  out(alignColumns(`${lines.map((cells) => cells.join('\t')).join('\n')}\n`, TABLE_ALIGNMENT).text);
  return DONE;
}

/** The verbs of one resource come together; those of one URL do not (kubectl: rbac/compact.go). */
function compacted(rules: readonly PolicyRule[]): PolicyRule[] {
  const urls: PolicyRule[] = [];
  const bySubject = new Map<string, PolicyRule>();
  for (const rule of rules) {
    const { apiGroups, resources, resourceNames, nonResourceURLs } = rule;
    if (nonResourceURLs !== undefined) {
      urls.push(rule);
      continue;
    }
    const subject = JSON.stringify([apiGroups, resources, resourceNames]);
    const known = bySubject.get(subject);
    bySubject.set(subject, { ...rule, verbs: [...(known?.verbs ?? []), ...rule.verbs] });
  }
  return [...urls, ...bySubject.values()];
}

/** By which kubectl sorts: as Go prints a rule. */
function asText({ verbs, apiGroups, resources, resourceNames, nonResourceURLs }: PolicyRule): string {
  const [v, g, r, n, u] = [verbs, apiGroups, resources, resourceNames, nonResourceURLs].map(bracketed);
  return `&PolicyRule{Verbs:${v},APIGroups:${g},Resources:${r},ResourceNames:${n},NonResourceURLs:${u},}`;
}

function rowOf({ verbs, apiGroups, resources, resourceNames, nonResourceURLs }: PolicyRule): string[] {
  const [group = ''] = apiGroups ?? [];
  const what = (resources ?? []).map((resource) => inGroup(resource, group));
  return [what.join(','), bracketed(nonResourceURLs), bracketed(resourceNames), bracketed(verbs)];
}

/** `deployments.apps/scale` (kubectl: describe.go CombineResourceGroup). */
function inGroup(resource: string, group: string): string {
  return group === '' ? resource : resource.replace(/(?=\/|$)/, `.${group}`);
}

function bracketed(words: readonly string[] = []): string {
  return `[${words.join(' ')}]`;
}
