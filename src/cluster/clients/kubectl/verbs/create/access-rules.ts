import { quoteGo } from '../../../../objects/go-json.ts';
import { compareText } from '../../../../objects/json.ts';
import type { ClusterRole, PolicyRule, Role, RoleBinding, Subject } from '../../../../objects/kubernetes.ts';
import { type Resource, resourceOf } from '../../../../objects/schema/resources.ts';
import { array, list, text } from '../../../flags/flag.ts';
import { fail, KubectlExit } from '../../failure.ts';
import type { Invocation } from '../../invocation.ts';
import { imperative } from './imperative.ts';
import { namespacedMeta, typedMeta } from './typed-object.ts';

const RBAC = 'rbac.authorization.k8s.io';
const API_VERSION = `${RBAC}/v1`;
const STANDARD_VERBS = [
  '*',
  'get',
  'delete',
  'list',
  'create',
  'update',
  'patch',
  'watch',
  'proxy',
  'deletecollection',
  'use',
  'bind',
  'approve',
  'sign',
  'escalate',
  'impersonate',
];
const URL_VERBS = ['get', 'put', 'post', 'head', 'options', 'delete', 'patch', '*'];

export const createRole = imperative({
  name: 'role',
  flags: [list('verb'), list('resource'), array('resource-name')],
  make(invocation, name) {
    const verbs = verbsOf(invocation);
    if (verbs.length === 0) fail('at least one verb must be specified');
    warnOfOddVerbs(invocation, verbs);
    if (invocation.flags.list('resource').length === 0) fail('at least one resource must be specified');
    const metadata = namespacedMeta(invocation, { name });
    return {
      apiVersion: API_VERSION,
      kind: 'Role',
      metadata,
      rules: rulesOf(invocation, verbs),
    } satisfies Role;
  },
});

export const createClusterRole = imperative({
  name: 'clusterrole',
  flags: [
    list('verb'),
    list('resource'),
    array('resource-name'),
    list('non-resource-url'),
    list('aggregation-rule'),
  ],
  make(invocation, name) {
    const verbs = verbsOf(invocation);
    const urls = invocation.flags.list('non-resource-url');
    const gathered = invocation.flags.list('aggregation-rule');
    if (gathered.length > 0) return gatheringRole(invocation, name, gathered);
    if (verbs.length === 0) fail('at least one verb must be specified');
    if (invocation.flags.list('resource').length === 0 && urls.length === 0) {
      fail('one of resource or nonResourceURL must be specified');
    }
    if (invocation.flags.list('resource').length > 0) warnOfOddVerbs(invocation, verbs);
    for (const verb of urls.length > 0 ? verbs : []) {
      if (!URL_VERBS.includes(verb)) fail(`invalid verb: '${verb}' for nonResourceURL`);
    }
    const rules = [
      ...rulesOf(invocation, verbs),
      ...(urls.length > 0 ? [{ verbs, nonResourceURLs: [...urls] }] : []),
    ];
    const metadata = typedMeta(invocation, { name });
    return { apiVersion: API_VERSION, kind: 'ClusterRole', metadata, rules } satisfies ClusterRole;
  },
});

/** A role whose rules a controller gathers from those that bear these labels. */
function gatheringRole(invocation: Invocation, name: string, pairs: readonly string[]): ClusterRole {
  const { flags } = invocation;
  const others = ['verb', 'resource', 'resource-name', 'non-resource-url'];
  if (others.some((flag) => flags.list(flag).length > 0)) {
    const why =
      'aggregation rule must be specified without nonResourceURLs, verbs, resources or resourceNames';
    fail(why);
  }
  const labels = pairs.map((pair): [string, string] => {
    const equals = pair.indexOf('=');
    if (equals < 0) {
      const problem = `invalid argument ${quoteGo(pairs.join(','))} for "--aggregation-rule" flag`;
      const usage = "See 'kubectl create clusterrole --help' for usage.";
      fail(`${problem}: malformed pair, expect string=string\n${usage}`);
    }
    return [pair.slice(0, equals), pair.slice(equals + 1)];
  });
  return {
    aggregationRule: { clusterRoleSelectors: [{ matchLabels: Object.fromEntries(labels) }] },
    apiVersion: API_VERSION,
    kind: 'ClusterRole',
    metadata: typedMeta(invocation, { name }),
    rules: null as unknown as PolicyRule[],
  };
}

function verbsOf({ flags }: Invocation): string[] {
  const verbs = flags.list('verb');
  return verbs.includes('*') ? ['*'] : verbs.filter((verb, index) => verbs.indexOf(verb) === index);
}

function warnOfOddVerbs({ err }: Invocation, verbs: readonly string[]): void {
  for (const verb of verbs) {
    if (!STANDARD_VERBS.includes(verb)) err(`Warning: '${verb}' is not a standard resource verb\n`);
  }
}

/** One rule for each API group, groups in order (kubectl: create_role.go generateResourcePolicyRules). */
function rulesOf({ flags, resources }: Invocation, verbs: readonly string[]): PolicyRule[] {
  const byGroup = new Map<string, string[]>();
  for (const word of flags.list('resource')) {
    const [type = '', subresource] = word.split('/');
    const { group, plural } = groupAndPlural(type, resources);
    const name = subresource === undefined ? plural : `${plural}/${subresource}`;
    const names = byGroup.get(group) ?? [];
    if (!names.includes(name)) byGroup.set(group, [...names, name]);
  }
  const names = flags.list('resource-name');
  const resourceNames = names.filter((name, index) => names.indexOf(name) === index);
  return [...byGroup.keys()].sort(compareText).map((group) => ({
    apiGroups: [group],
    ...(resourceNames.length === 0 ? {} : { resourceNames }),
    resources: byGroup.get(group) ?? [],
    verbs: [...verbs],
  }));
}

function groupAndPlural(
  type: string,
  served: readonly Resource[],
): { readonly group: string; readonly plural: string } {
  if (type === '') fail('resource must be specified if apiGroup/subresource specified');
  const [word = '', ...group] = type.split('.');
  if (word === '*') return { group: group.join('.'), plural: '*' };
  const resource = resourceOf(type, served);
  if (resource !== undefined) return resource;
  const inGroup = group.length === 0 ? '' : ` in group ${quoteGo(group.join('.'))}`;
  throw new KubectlExit(`the server doesn't have a resource type ${quoteGo(word)}${inGroup}`);
}

const SUBJECT_FLAGS = [array('user'), array('group'), array('serviceaccount')];

export const createRoleBinding = imperative({
  name: 'rolebinding',
  flags: [text('clusterrole'), text('role'), ...SUBJECT_FLAGS],
  failure: { since: 0, text: 'failed to create rolebinding: ' },
  make(invocation, name) {
    const [role, clusterRole] = [invocation.flags.text('role'), invocation.flags.text('clusterrole')];
    if ((role === '') === (clusterRole === '')) fail('exactly one of clusterrole or role must be specified');
    const kind = role === '' ? 'ClusterRole' : 'Role';
    const metadata = namespacedMeta(invocation, { name });
    const roleRef = { apiGroup: RBAC, kind, name: role || clusterRole };
    return {
      apiVersion: API_VERSION,
      kind: 'RoleBinding',
      metadata,
      roleRef,
      ...subjectsOf(invocation),
    } satisfies RoleBinding;
  },
});

export const createClusterRoleBinding = imperative({
  name: 'clusterrolebinding',
  flags: [text('clusterrole'), ...SUBJECT_FLAGS],
  required: ['clusterrole'],
  failure: { since: 0, text: 'failed to create clusterrolebinding: ' },
  make(invocation, name) {
    const roleRef = { apiGroup: RBAC, kind: 'ClusterRole', name: invocation.flags.text('clusterrole') };
    const metadata = typedMeta(invocation, { name });
    return {
      apiVersion: API_VERSION,
      kind: 'ClusterRoleBinding',
      metadata,
      roleRef,
      ...subjectsOf(invocation),
    };
  },
});

function subjectsOf({ flags }: Invocation): { readonly subjects?: Subject[] } {
  const subjects: Subject[] = [
    ...flags.list('user').map((name) => ({ kind: 'User', apiGroup: RBAC, name })),
    ...flags.list('group').map((name) => ({ kind: 'Group', apiGroup: RBAC, name })),
    ...flags.list('serviceaccount').map((account) => {
      const [namespace = '', name = '', more] = account.split(':');
      if (namespace === '' || name === '' || more !== undefined)
        fail('serviceaccount must be <namespace>:<name>');
      return { kind: 'ServiceAccount', namespace, name };
    }),
  ];
  return subjects.length === 0 ? {} : { subjects };
}
