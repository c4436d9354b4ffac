import { encodeGoJson, quoteGo } from '../../../objects/go-json.ts';
import type { JsonObject } from '../../../objects/json.ts';
import type { KubeObject } from '../../../objects/kube-object.ts';
import { LAST_APPLIED, readLastApplied, withLastApplied } from '../../../objects/last-applied.ts';
import { threeWayMergePatch } from '../../../objects/patch/three-way-merge.ts';
import { array, bool, duration, type Flag, int, refused, text } from '../../flags/flag.ts';
import { type Failure, fail, failUsage, failWith, withSource } from '../failure.ts';
import {
  DRY_RUN_FLAG,
  FIELD_MANAGER_FLAG,
  FILE_FLAGS,
  PRINT_FLAGS,
  RECORD_FLAG,
  SELECTOR_FLAG,
  VALIDATE_FLAG,
} from '../flags/common-flags.ts';
import { ask, DONE, type Invocation, type Steps } from '../invocation.ts';
import { type DryRun, readDryRun } from '../output/dry-run.ts';
import { readOutputFormat } from '../output/output-format.ts';
import { printsObjects } from '../output/prints-objects.ts';
import { reportObject } from '../output/report-object.ts';
import { listOf, shownObject } from '../output/shown-object.ts';
import { recorded } from '../record.ts';
import { type Info, targetOf, versionedName } from '../resources/info.ts';
import { partVisited } from '../resources/read-files.ts';
import { selectObjects } from '../resources/select-objects.ts';
import { isStrict } from '../validation-flag.ts';
import type { Verb } from '../verb.ts';
import { applyOnServer, readServerSide } from './apply-server-side.ts';
import { placesToPrune, pruneObjects } from './prune-objects.ts';
import { viewLastApplied } from './view-last-applied.ts';

const FLAGS: readonly Flag[] = [
  ...PRINT_FLAGS,
  ...FILE_FLAGS,
  SELECTOR_FLAG,
  DRY_RUN_FLAG,
  FIELD_MANAGER_FLAG,
  VALIDATE_FLAG,
  RECORD_FLAG,
  bool('openapi-patch', 'true'),
  bool('overwrite', 'true'),
  // These four only concern what --force and --prune delete.
  text('cascade', 'background'),
  int('grace-period', '-1'),
  duration('timeout', '0s'),
  bool('wait'),
  bool('all'),
  bool('prune'),
  array('prune-allowlist'),
  bool('server-side'),
  bool('force-conflicts'),
  ...refused(bool('force'), text('subresource')),
];

const not = (name: string): Verb => ({ name, instead: 'use kubectl get -o yaml and kubectl apply -f' });

export const apply: Verb = {
  name: 'apply',
  flags: FLAGS,
  subverbs: [viewLastApplied, not('set-last-applied'), not('edit-last-applied')],
  run: applyFiles,
};

interface Applying {
  readonly dryRun: DryRun;
  readonly strict: boolean;
}

interface Applied {
  readonly info: Info;
  readonly object: KubeObject;
}

/**
 * Applies what files hold, one object after another; a failure does not keep the others from being applied.
 */
function* applyFiles(invocation: Invocation): Steps {
  const { args, flags, path } = invocation;
  if (args.length > 0) failUsage(path, `Unexpected args: [${args.join(' ')}]`);
  if (flags.list('filename').length === 0) fail('must specify one of -f and -k');
  const applying: Applying = { dryRun: readDryRun(invocation), strict: isStrict(invocation) };
  const isOnServer = readServerSide(invocation, applying.dryRun);
  const places = placesToPrune(invocation);
  const { visited, isSingle } = yield* selectObjects(invocation, { args: [] });
  const { infos, failures: unread } = partVisited(visited);
  const failures: Failure[] = unread.length > 1 ? [{ all: unread }] : [...unread];
  const applied: Applied[] = [];
  for (const info of infos) {
    const outcome = isOnServer
      ? yield* applyOnServer(invocation, info, applying.dryRun)
      : yield* applyOne(invocation, info, applying);
    if ('object' in outcome) applied.push({ info, object: outcome.object });
    else failures.push(outcome);
  }
  if (visited.length === 0) fail('no objects passed to apply');
  printApplied(invocation, applied, isSingle);
  failWith(failures);
  if (places !== undefined) {
    yield* pruneObjects(invocation, { resources: places, applied, dryRun: applying.dryRun });
  }
  return DONE;
}

/**
 * With -o yaml and the like all objects come at the end, as a list if there are several (kubectl:
 * printObjects).
 */
function printApplied(invocation: Invocation, applied: readonly Applied[], isSingle: boolean): void {
  const format = readOutputFormat(invocation);
  if (!printsObjects(invocation) || format.type !== 'object' || applied.length === 0) return;
  const objects = applied.map(({ object }) =>
    shownObject(object, invocation.flags.bool('show-managed-fields')),
  );
  const [only] = objects;
  invocation.out(
    format.print(
      isSingle && objects.length === 1 && only !== undefined ? only : listOf(objects, invocation.version),
    ),
  );
}

function* applyOne(
  invocation: Invocation,
  info: Info,
  applying: Applying,
): Steps<{ readonly object: KubeObject } | Failure> {
  const { object, source } = info;
  if (object === undefined) throw new Error('a file holds an object');
  if (info.name === '') {
    const { generateName } = object.metadata;
    if (generateName !== undefined)
      return { message: `from ${generateName}: cannot use generate name with apply` };
  }
  const modified = withLastApplied(recorded(invocation, object, FLAGS));
  const live = yield* ask(invocation, { verb: 'get', ...targetOf(info) });
  if (live.ok && live.object !== undefined)
    return yield* patchLive(invocation, { info, modified, live: live.object }, applying);
  if (!live.ok && live.status.reason !== 'NotFound') {
    const what = `retrieving current configuration of:\n${describeInfo(info)}\nfrom server for:`;
    return withSource({ status: live.status }, what, source);
  }
  return yield* createMissing(invocation, info, { ...applying, modified });
}

function* createMissing(
  invocation: Invocation,
  info: Info,
  { modified, dryRun, strict }: Applying & { readonly modified: KubeObject },
): Steps<{ readonly object: KubeObject } | Failure> {
  let object = modified;
  if (dryRun !== 'client') {
    const { resource, namespace } = targetOf(info);
    const place = { resource, ...(namespace === undefined ? {} : { namespace }) };
    const pretence = dryRun === 'server' ? { dryRun: true } : {};
    const response = yield* ask(invocation, {
      verb: 'create',
      ...place,
      object: modified,
      strict,
      ...pretence,
    });
    if (!response.ok) return withSource({ status: response.status }, 'creating', info.source);
    object = response.object ?? modified;
  }
  if (!printsObjects(invocation))
    reportObject(invocation, { name: info.name, object, operation: 'created', dryRun });
  return { object };
}

interface Patching {
  readonly info: Info;
  readonly modified: KubeObject;
  readonly live: KubeObject;
}

function* patchLive(
  invocation: Invocation,
  { info, modified, live }: Patching,
  { dryRun, strict }: Applying,
): Steps<{ readonly object: KubeObject } | Failure> {
  if (live.metadata.annotations?.[LAST_APPLIED] === undefined) warnOfMissingAnnotation(invocation, info);
  const original = (readLastApplied(live) ?? {}) as JsonObject;
  const { apiVersion, kind } = modified;
  const [wanted, current] = [asJson(modified), { ...asJson(live), apiVersion, kind }];
  const { patchType, patch } = threeWayMergePatch(original, wanted, current, { apiVersion, kind });
  let object = live;
  if (Object.keys(patch).length > 0 && dryRun !== 'client') {
    const pretence = dryRun === 'server' ? { dryRun: true } : {};
    const response = yield* ask(invocation, {
      verb: 'patch',
      ...targetOf(info),
      patchType,
      patch,
      strict,
      ...pretence,
    });
    if (!response.ok) {
      const failure = withSource({ status: response.status }, 'patching', info.source);
      const what = `applying patch:\n${encodeGoJson(patch)}\nto:\n${describeInfo(info)}\nfor:`;
      return withSource(failure, what, info.source);
    }
    object = response.object ?? live;
  }
  if (object.metadata.deletionTimestamp !== undefined) {
    invocation.err(`Warning: Detected changes to resource ${info.name} which is currently being deleted.\n`);
  }
  // Until 1.35 a pretended patch was not made, and so never found to be empty (kubectl: patcher.go
  // PatchLocal).
  const isUnknown = dryRun === 'client' && invocation.version.minor < 36;
  const operation = Object.keys(patch).length === 0 && !isUnknown ? 'unchanged' : 'configured';
  if (!printsObjects(invocation)) reportObject(invocation, { name: info.name, object, operation, dryRun });
  return { object };
}

function asJson(object: KubeObject): JsonObject {
  return object as unknown as JsonObject;
}

function warnOfMissingAnnotation({ err }: Invocation, info: Info): void {
  err(
    `Warning: resource ${info.resource.plural}/${info.name} is missing the ${LAST_APPLIED} annotation which is required ` +
      'by kubectl apply. kubectl apply should only be used on resources created declaratively by either kubectl create ' +
      '--save-config or kubectl apply. The missing annotation will be patched automatically.\n',
  );
}

/** cli-runtime: Info.String. */
function describeInfo(info: Info): string {
  const { resource, name, namespace = '' } = info;
  const kind = `${resource.group}/${resource.version}, Kind=${resource.kind}`;
  const mapping = `Resource: ${quoteGo(versionedName(resource))}, GroupVersionKind: ${quoteGo(kind)}`;
  return `${mapping}\nName: ${quoteGo(name)}, Namespace: ${quoteGo(namespace)}`;
}
