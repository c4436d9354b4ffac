import { isEqualJson } from '../../../../objects/json.ts';
import type { KubeObject } from '../../../../objects/kube-object.ts';
import type { PolicyRule, RoleRef, Subject } from '../../../../objects/kubernetes.ts';
import { uncovered } from '../../../../objects/rbac/policy-rules.ts';
import { bool } from '../../../flags/flag.ts';
import { type Failure, fail } from '../../failure.ts';
import { DRY_RUN_FLAG, FILE_FLAGS, PRINT_FLAGS } from '../../flags/common-flags.ts';
import { ask, demand, type Invocation, type Steps } from '../../invocation.ts';
import { readDryRun } from '../../output/dry-run.ts';
import { reportObject } from '../../output/report-object.ts';
import { type Info, targetOf } from '../../resources/info.ts';
import { readFiles } from '../../resources/read-files.ts';
import type { Verb } from '../../verb.ts';
import { visitEach } from '../../visit.ts';

/** Rules that are not there are added, subjects too (kubectl: cmd/auth/reconcile.go). */
export const reconcile: Verb = {
  name: 'reconcile',
  flags: [
    ...PRINT_FLAGS,
    ...FILE_FLAGS,
    DRY_RUN_FLAG,
    bool('remove-extra-permissions'),
    bool('remove-extra-subjects'),
  ],
  run: reconcileFiles,
};

/** A role or a binding: what of it is compared. */
type Granting = KubeObject & {
  rules?: PolicyRule[];
  subjects?: Subject[];
  roleRef?: RoleRef;
};

function* reconcileFiles(invocation: Invocation): Steps {
  const { flags, args } = invocation;
  if (args.length > 0) fail('no arguments are allowed');
  if (flags.list('filename').length === 0) fail('must specify one of -f and -k');
  if (readDryRun(invocation) === 'server')
    fail('--dry-run=server for command reconcile is not supported yet');
  const { visited } = readFiles(invocation);
  return yield* visitEach(visited, (info) => reconcileOne(invocation, info));
}

const KINDS = ['Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding'];

function* reconcileOne(invocation: Invocation, info: Info): Steps<Failure | undefined> {
  const wanted = info.object as Granting | undefined;
  const isOfRbac = wanted?.apiVersion.startsWith('rbac.authorization.k8s.io/') ?? false;
  if (!wanted || !isOfRbac || !KINDS.includes(wanted.kind)) return undefined;
  const [, version] = wanted.apiVersion.split('/');
  if (version !== 'v1')
    fail(`only rbac.authorization.k8s.io/v1 is supported: not *${version}.${wanted.kind}`);
  const { resource, namespace } = targetOf(info);
  if (info.isPlacedByCall && invocation.version.minor >= 27) return nowhere(invocation);
  const target = { resource, ...(namespace !== undefined && { namespace }) };
  const got = yield* ask(invocation, { verb: 'get', ...target, name: info.name });
  if (!got.ok && got.status.code !== 404) return { status: got.status };
  const found = got.ok ? ((got.object ?? undefined) as Granting | undefined) : undefined;
  const result = compare(invocation, wanted, found);
  if (readDryRun(invocation) !== 'client') yield* write(invocation, result, { ...target, name: info.name });
  tell(invocation, result, info.name);
  return undefined;
}

/** Its client asks for what is in a namespace only where the file names that, whatever `-n` says. */
function nowhere({ version }: Invocation): Failure {
  const message = 'an empty namespace may not be set when a resource name is provided';
  return version.minor < 31 ? { message } : { status: { code: 400, reason: 'BadRequest', message } };
}

type Operation = 'create' | 'update' | 'recreate';

interface Result {
  readonly object: Granting;
  /** Undefined where all is as it should be. */
  readonly operation: Operation | undefined;
  readonly missingRules: readonly PolicyRule[];
  readonly extraRules: readonly PolicyRule[];
  readonly missingSubjects: readonly Subject[];
  readonly extraSubjects: readonly Subject[];
}

/** component-helpers: auth/rbac/reconciliation. */
function compare({ flags }: Invocation, wanted: Granting, found: Granting | undefined): Result {
  const isRole = wanted.kind.endsWith('Role');
  const nothing = { missingRules: [], extraRules: [], missingSubjects: [], extraSubjects: [] };
  const all = { ...nothing, missingRules: wanted.rules ?? [], missingSubjects: wanted.subjects ?? [] };
  if (!found) return { ...all, object: wanted, operation: 'create' };
  if (!isRole && !isEqualJson(found.roleRef, wanted.roleRef))
    return { ...all, object: wanted, operation: 'recreate' };
  const missingRules = uncovered(found.rules ?? [], wanted.rules ?? []);
  const extraRules = uncovered(wanted.rules ?? [], found.rules ?? []);
  const missingSubjects = without(wanted.subjects, found.subjects);
  const extraSubjects = without(found.subjects, wanted.subjects);
  const { metadata } = found;
  const labels = { ...metadata.labels, ...wanted.metadata.labels };
  const annotations = { ...metadata.annotations, ...wanted.metadata.annotations };
  const dropsRules = flags.bool('remove-extra-permissions') && extraRules.length > 0;
  const dropsSubjects = flags.bool('remove-extra-subjects') && extraSubjects.length > 0;
  const isOtherwise =
    missingRules.length > 0 ||
    missingSubjects.length > 0 ||
    dropsRules ||
    dropsSubjects ||
    !isEqualJson(labels, metadata.labels ?? {}) ||
    !isEqualJson(annotations, metadata.annotations ?? {});
  const named = {
    ...metadata,
    ...(Object.keys(labels).length > 0 && { labels }),
    ...(Object.keys(annotations).length > 0 && { annotations }),
  };
  const object: Granting = {
    ...found,
    metadata: named,
    ...(isRole && { rules: dropsRules ? (wanted.rules ?? []) : [...(found.rules ?? []), ...missingRules] }),
    ...(!isRole && {
      subjects: dropsSubjects ? (wanted.subjects ?? []) : [...(found.subjects ?? []), ...missingSubjects],
    }),
  };
  const operation = isOtherwise ? 'update' : undefined;
  return { object, operation, missingRules, extraRules, missingSubjects, extraSubjects };
}

function without(some: readonly Subject[] = [], others: readonly Subject[] = []): Subject[] {
  return some.filter((subject) => !others.some((other) => isEqualJson(subject, other)));
}

interface Target {
  readonly resource: string;
  readonly namespace?: string;
  readonly name: string;
}

function* write(invocation: Invocation, { object, operation }: Result, target: Target): Steps<void> {
  const { name, namespace, resource } = target;
  const place = { resource, ...(namespace !== undefined && { namespace }) };
  if (operation === undefined) return;
  if (operation === 'update') {
    yield* demand(invocation, { verb: 'update', ...target, object });
    return;
  }
  if (operation === 'recreate') yield* demand(invocation, { verb: 'delete', ...target });
  if (namespace !== undefined) yield* ensureNamespace(invocation, namespace);
  yield* demand(invocation, {
    verb: 'create',
    ...place,
    object: { ...object, metadata: { ...object.metadata, name } },
  });
}

/** Whoever may not make it goes on all the same. */
function* ensureNamespace(invocation: Invocation, name: string): Steps<void> {
  const got = yield* ask(invocation, { verb: 'get', resource: 'namespaces', name });
  if (got.ok) return;
  const object: KubeObject = { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
  yield* ask(invocation, { verb: 'create', resource: 'namespaces', object });
}

function tell(invocation: Invocation, result: Result, name: string): void {
  const { err, flags } = invocation;
  const { object, operation } = result;
  reportObject(invocation, { name, object, operation: 'reconciled', dryRun: readDryRun(invocation) });
  if (operation === undefined) return;
  err(`\treconciliation required ${operation}\n`);
  const list = (title: string, lines: readonly string[]): void => {
    if (lines.length > 0) err([`\t${title}:`, ...lines.map((line) => `\t\t${line}`), ''].join('\n'));
  };
  list('missing subjects added', result.missingSubjects.map(subjectText));
  if (flags.bool('remove-extra-subjects'))
    list('extra subjects removed', result.extraSubjects.map(subjectText));
  list('missing rules added', result.missingRules.map(ruleText));
  if (flags.bool('remove-extra-permissions')) list('extra rules removed', result.extraRules.map(ruleText));
}

/** As Go prints the structs (%+v). */
function subjectText({ kind, apiGroup = '', name, namespace = '' }: Subject): string {
  return `{Kind:${kind} APIGroup:${apiGroup} Name:${name} Namespace:${namespace}}`;
}

function ruleText({ verbs, apiGroups, resources, resourceNames, nonResourceURLs }: PolicyRule): string {
  const list = (texts: readonly string[] = []): string => `[${texts.join(' ')}]`;
  return `{Verbs:${list(verbs)} APIGroups:${list(apiGroups)} Resources:${list(resources)} ResourceNames:${list(resourceNames)} NonResourceURLs:${list(nonResourceURLs)}}`;
}
