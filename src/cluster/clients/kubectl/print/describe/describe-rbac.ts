import { compareText } from '../../../../objects/json.ts';
import type {
  ClusterRole,
  ClusterRoleBinding,
  PolicyRule,
  Role,
  RoleBinding,
} from '../../../../objects/kubernetes.ts';
import { alignDescription, annotationLines, field, indented, labelLines } from './description.ts';

/** Mirrors kubectl: describe.go RoleDescriber and ClusterRoleDescriber. */
export function describeRole({ metadata, rules = [] }: Role | ClusterRole): string {
  const head = [
    'Resources\tNon-Resource URLs\tResource Names\tVerbs',
    '---------\t-----------------\t--------------\t-----',
  ];
  return alignDescription([
    field('Name', metadata.name),
    ...labelLines('Labels', metadata.labels),
    ...annotationLines('Annotations', metadata.annotations),
    'PolicyRule:',
    ...indented(1, [...head, ...compactGrants(rules.flatMap(grantsOf)).map(grantRow)]),
  ]);
}

/** Mirrors kubectl: describe.go RoleBindingDescriber and ClusterRoleBindingDescriber. */
export function describeRoleBinding({
  metadata,
  roleRef,
  subjects = [],
}: RoleBinding | ClusterRoleBinding): string {
  const rows = subjects.map(({ kind, name, namespace = '' }) => `${kind}\t${name}\t${namespace}`);
  return alignDescription([
    field('Name', metadata.name),
    ...labelLines('Labels', metadata.labels),
    ...annotationLines('Annotations', metadata.annotations),
    'Role:',
    ...indented(1, [field('Kind', roleRef.kind), field('Name', roleRef.name)]),
    'Subjects:',
    ...indented(1, ['Kind\tName\tNamespace', '----\t----\t---------', ...rows]),
  ]);
}

/** What a rule grants about one resource, one name of it, or one URL. */
interface Grant {
  readonly group?: string;
  readonly resource?: string;
  readonly resourceName?: string;
  readonly url?: string;
  readonly verbs: readonly string[];
}

/** Mirrors kubectl: util/rbac BreakdownRule. */
function grantsOf(rule: PolicyRule): Grant[] {
  const { apiGroups = [], resources = [], resourceNames = [], nonResourceURLs = [], verbs } = rule;
  const names = resourceNames.length === 0 ? [{}] : resourceNames.map((resourceName) => ({ resourceName }));
  const resourceGrants = apiGroups.flatMap((group) =>
    resources.flatMap((resource) =>
      verbs.flatMap((verb) => names.map((name) => ({ group, resource, ...name, verbs: [verb] }))),
    ),
  );
  const urlGrants = nonResourceURLs.flatMap((url) => verbs.map((verb) => ({ url, verbs: [verb] })));
  return [...resourceGrants, ...urlGrants];
}

/** One grant a resource, with all its verbs; URLs keep one each. Mirrors kubectl: util/rbac CompactRules. */
function compactGrants(grants: readonly Grant[]): Grant[] {
  const bySubject = new Map<string, Grant>();
  const ofUrls: Grant[] = [];
  for (const grant of grants) {
    if (grant.url !== undefined) {
      ofUrls.push(grant);
      continue;
    }
    const subject = [grant.group, grant.resource, grant.resourceName].join('\n');
    const verbs = [...(bySubject.get(subject)?.verbs ?? []), ...grant.verbs];
    bySubject.set(subject, { ...grant, verbs: verbs.filter((verb, at) => verbs.indexOf(verb) === at) });
  }
  return [...ofUrls, ...bySubject.values()].sort((a, b) => compareText(sortKey(a), sortKey(b)));
}

/** Go sorts by the text of the rule: its verbs first. */
function sortKey(grant: Grant): string {
  const list = (value: string | undefined) => `[${value ?? ''}]`;
  return (
    `Verbs:[${grant.verbs.join(' ')}],APIGroups:${list(grant.group)},Resources:${list(grant.resource)},` +
    `ResourceNames:${list(grant.resourceName)},NonResourceURLs:${list(grant.url)},}`
  );
}

function grantRow({ group, resource, resourceName = '', url = '', verbs }: Grant): string {
  return `${qualified(resource, group)}\t[${url}]\t[${resourceName}]\t[${verbs.join(' ')}]`;
}

/** `deployments.apps/scale`. */
function qualified(resource: string | undefined, group: string | undefined): string {
  if (resource === undefined) return '';
  const [plural = '', subresource] = resource.split(/\/(.*)/s);
  return `${plural}${group ? `.${group}` : ''}${subresource === undefined ? '' : `/${subresource}`}`;
}
