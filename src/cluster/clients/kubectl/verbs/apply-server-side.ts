import type { PatchRequest } from '../../../contract/request.ts';
import type { Response } from '../../../contract/response.ts';
import { intersection, isEmptySet, setOf, union } from '../../../objects/field-sets/field-set.ts';
import { type Manager, readManagers, writeManagers } from '../../../objects/field-sets/managers.ts';
import type { KubeObject } from '../../../objects/kube-object.ts';
import { LAST_APPLIED } from '../../../objects/last-applied.ts';
import { type Failure, fail } from '../failure.ts';
import { ask, type Invocation, type Steps } from '../invocation.ts';
import type { DryRun } from '../output/dry-run.ts';
import { printsObjects } from '../output/prints-objects.ts';
import { reportObject } from '../output/report-object.ts';
import { type Info, targetOf } from '../resources/info.ts';

/** kubectl as the owner of what it applies, and of the annotation by which it would apply by itself. */
const MANAGER = 'kubectl';
const ANNOTATION_MANAGER = 'kubectl-last-applied';
const ANNOTATION = setOf([['f:metadata', 'f:annotations', `f:${LAST_APPLIED}`]]);

/** Since then, what `kubectl apply` owned before is handed over (kubectl: 1.26 release notes). */
const MIGRATES_SINCE = 26;

const WAYS_OUT = `
Please review the fields above--they currently have other managers. Here
are the ways you can resolve this warning:
* If you intend to manage all of these fields, please re-run the apply
  command with the \`--force-conflicts\` flag.
* If you do not intend to manage all of the fields, please edit your
  manifest to remove references to the fields that should keep their
  current managers.
* You may co-own fields by updating your manifest to match the existing
  value; in this case, you'll become the manager if the other manager(s)
  stop managing the field (remove it from their configuration).
See https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts`;

/** Whether the server is to merge; a call that can't be meant ends here (kubectl: apply.go Validate). */
export function readServerSide({ flags }: Invocation, dryRun: DryRun): boolean {
  const isOnServer = flags.bool('server-side');
  if (flags.bool('force-conflicts') && !isOnServer) fail('--force-conflicts only works with --server-side');
  if (dryRun === 'client' && isOnServer) {
    fail("--dry-run=client doesn't work with --server-side (did you mean --dry-run=server instead?)");
  }
  return isOnServer;
}

/** One object of a file, merged by the server. */
export function* applyOnServer(
  invocation: Invocation,
  info: Info,
  dryRun: DryRun,
): Steps<{ readonly object: KubeObject } | Failure> {
  const merged = yield* mergeOnServer(invocation, info, dryRun);
  if (!('object' in merged)) return merged;
  let { object } = merged;
  if (dryRun === 'none' && invocation.version.minor >= MIGRATES_SINCE)
    object = yield* migrate(invocation, info, object);
  if (object.metadata.deletionTimestamp !== undefined) {
    invocation.err(`Warning: Detected changes to resource ${info.name} which is currently being deleted.\n`);
  }
  const operation = 'serverside-applied';
  if (!printsObjects(invocation)) reportObject(invocation, { name: info.name, object, operation, dryRun });
  return { object };
}

/** The object as the server makes it of the manifest. */
export function* mergeOnServer(
  invocation: Invocation,
  info: Info,
  dryRun: DryRun,
): Steps<{ readonly object: KubeObject } | Failure> {
  const response = yield* send(invocation, info, dryRun);
  if (response.ok) return { object: response.object ?? (info.object as KubeObject) };
  const { status } = response;
  return status.reason === 'Conflict' ? { message: status.message + WAYS_OUT } : { status };
}

function* send(invocation: Invocation, info: Info, dryRun: DryRun): Steps<Response> {
  const { flags } = invocation;
  const given = flags.text('field-manager');
  return yield* ask(invocation, {
    ...applyRequest(info, info.object as KubeObject),
    fieldManager: given === '' ? MANAGER : given,
    ...(flags.bool('force-conflicts') && { force: true }),
    ...(dryRun === 'server' && { dryRun: true }),
  });
}

function applyRequest(info: Info, patch: object): PatchRequest {
  return { verb: 'patch', ...targetOf(info), patchType: 'apply', patch };
}

/**
 * What kubectl owned because it applied by itself becomes what it applies on the server, so that what the
 * manifest does not say any more goes (kubectl: apply.go migrateToSSAIfNecessary).
 */
function* migrate(invocation: Invocation, info: Info, applied: KubeObject): Steps<KubeObject> {
  const annotation = applied.metadata.annotations?.[LAST_APPLIED];
  const former = readManagers(applied.metadata.managedFields ?? []).filter(ownsAnnotation);
  if (annotation === undefined || former.length === 0) return applied;
  yield* keepAnnotation(invocation, info, annotation);
  const live = yield* ask(invocation, { verb: 'get', ...targetOf(info) });
  if (!live.ok || live.object === undefined) return applied;
  const value = writeManagers(handedOver(readManagers(live.object.metadata.managedFields ?? [])));
  const patch = [
    { op: 'replace', path: '/metadata/managedFields', value },
    { op: 'replace', path: '/metadata/resourceVersion', value: live.object.metadata.resourceVersion },
  ];
  const handed = yield* ask(invocation, { verb: 'patch', ...targetOf(info), patchType: 'json', patch });
  if (!handed.ok) return applied;
  const again = yield* send(invocation, info, 'none');
  return again.ok && again.object ? again.object : applied;
}

/** The annotation stays for those who go back: it gets an owner of its own. */
function* keepAnnotation(invocation: Invocation, info: Info, annotation: string): Steps<Response> {
  const { apiVersion, kind } = info.object as KubeObject;
  const metadata = { name: info.name, annotations: { [LAST_APPLIED]: annotation } };
  return yield* ask(invocation, {
    ...applyRequest(info, { apiVersion, kind, metadata }),
    fieldManager: ANNOTATION_MANAGER,
    force: true,
  });
}

function ownsAnnotation({ operation, fields }: Manager): boolean {
  return operation === 'Update' && !isEmptySet(intersection(fields, ANNOTATION));
}

function handedOver(managers: readonly Manager[]): readonly Manager[] {
  const former = managers.filter(ownsAnnotation);
  const others = managers.filter((manager) => !ownsAnnotation(manager));
  return others.map((manager) =>
    manager.operation === 'Apply' && manager.name === MANAGER
      ? { ...manager, fields: former.reduce((all, { fields }) => union(all, fields), manager.fields) }
      : manager,
  );
}
