import type { DeleteRequest } from '../../../contract/request.ts';
import { inVersion, type Since } from '../../../objects/versions.ts';
import { bool, duration, type Flag, int, orBare, refused, text } from '../../flags/flag.ts';
import { parseBool } from '../../flags/flag-values.ts';
import { type Failure, fail, failWith, isNotFound, withSource } from '../failure.ts';
import {
  ALL_NAMESPACES_FLAG,
  DRY_RUN_FLAG,
  FIELD_SELECTOR_FLAG,
  FILE_FLAGS,
  SELECTOR_FLAG,
} from '../flags/common-flags.ts';
import { ask, DONE, type Invocation, type Steps } from '../invocation.ts';
import { type DryRun, readDryRun } from '../output/dry-run.ts';
import { kindWithGroup } from '../print/kind-text.ts';
import { type Info, targetOf, type Visited } from '../resources/info.ts';
import { partVisited } from '../resources/read-files.ts';
import { selectObjects } from '../resources/select-objects.ts';
import type { Verb } from '../verb.ts';
import { awaitDeletion, type Deleted, type DeletionWait } from '../waiting/await-deletion.ts';

/** How objects are deleted, as the flags of several verbs say it. */
export const DELETION_FLAGS: readonly Flag[] = [
  orBare(text('cascade', 'background'), 'background'),
  bool('force'),
  int('grace-period', '-1'),
  duration('timeout', '0s'),
];

export const deleteVerb: Verb = {
  name: 'delete',
  flags: [
    ...FILE_FLAGS,
    ...DELETION_FLAGS,
    SELECTOR_FLAG,
    FIELD_SELECTOR_FLAG,
    ALL_NAMESPACES_FLAG,
    DRY_RUN_FLAG,
    bool('all'),
    bool('now'),
    bool('ignore-not-found'),
    bool('wait', 'true'),
    text('o,output'),
    ...refused(bool('i,interactive'), text('raw')),
  ],
  run: deleteObjects,
};

function* deleteObjects(invocation: Invocation): Steps {
  const memory = invocation.call.memory as DeletionWait | undefined;
  if (memory !== undefined) return awaitDeletion(invocation, memory);
  const { flags, args } = invocation;
  const propagation = readCascade(invocation);
  const grace = gracePeriod(invocation);
  checkFlags(invocation, grace);
  const dryRun = readDryRun(invocation);
  const { visited } = yield* selectObjects(invocation, { args, isNameEnough: true });
  const isForgiving = flags.isSet('ignore-not-found')
    ? flags.bool('ignore-not-found')
    : isSelecting(invocation);
  const deleted = yield* deleteEach(invocation, visited, { grace, dryRun, propagation, isForgiving });
  if (deleted.length === 0) {
    invocation.out('No resources found\n');
    return DONE;
  }
  if (!flags.bool('wait') || dryRun !== 'none') return DONE;
  return awaitDeletion(invocation, waitFor(invocation, deleted));
}

/**
 * Deletes what was found, as far as it goes; then fails if anything did (kubectl: delete.go DeleteResult).
 */
export function* deleteEach(
  invocation: Invocation,
  visited: readonly Visited[],
  deletion: Deletion & { readonly isForgiving: boolean },
): Steps<readonly Deleted[]> {
  const { infos, failures: unread } = partVisited(visited);
  const { flags, isNamespaceGiven } = invocation;
  const warning = {
    isDue: isNamespaceGiven && !(flags.has('all-namespaces') && flags.bool('all-namespaces')),
  };
  const failures: Failure[] = [];
  const deleted: Deleted[] = [];
  for (const info of infos) {
    warnOfClusterScope(invocation, info, warning);
    const outcome = yield* deleteOne(invocation, info, deletion);
    if ('resource' in outcome) deleted.push(outcome);
    else if (deletion.isForgiving && isNotFound(outcome)) deleted.push(targetOf(info));
    else failures.push(outcome);
  }
  const isSerious = (failure: Failure) => !deletion.isForgiving || !isNotFound(failure);
  failWith([...failures, ...unread.filter(isSerious)]);
  return deleted;
}

/** kubectl waits a week if it may wait for ever. */
const FOR_EVER_MS = 168 * 3_600_000;

function waitFor({ flags, call }: Invocation, deleted: readonly Deleted[]): DeletionWait {
  const timeout = flags.duration('timeout') || FOR_EVER_MS;
  return { targets: deleted, endsAt: call.now + timeout };
}

function isSelecting({ flags }: Invocation): boolean {
  return flags.bool('all') || flags.text('selector') !== '' || flags.text('field-selector') !== '';
}

/**
 * Seconds; -1 for the object's own. Zero takes --force, without which it is one (kubectl: delete.go
 * Complete).
 */
function gracePeriod({ flags }: Invocation): number {
  const seconds = flags.int('grace-period');
  const isForced = flags.bool('force');
  if (flags.has('now') && flags.bool('now')) {
    if (seconds !== -1) fail('--now and --grace-period cannot be specified together');
    return 1;
  }
  if (seconds === 0 && !isForced) return 1;
  return isForced && seconds < 0 ? 0 : seconds;
}

const WARNING: Since<string> = [
  [0, 'warning: '],
  [25, 'Warning: '],
];

function checkFlags(invocation: Invocation, grace: number): void {
  const { flags, err, version } = invocation;
  if (flags.bool('all') && (flags.text('selector') !== '' || flags.text('field-selector') !== '')) {
    // kubectl's own check with better words comes after the builder's (cli-runtime: Builder.SelectAllParam).
    fail("setting 'all' parameter but found a non empty selector. ");
  }
  const output = flags.text('output');
  if (output !== '' && output !== 'name') {
    fail(`unexpected -o output mode: ${output}. We only support '-o name'`);
  }
  if (grace === 0 && flags.bool('force')) {
    err(
      `${inVersion(WARNING, version)}Immediate deletion does not wait for confirmation that the running resource has ` +
        'been terminated. The resource may continue to run on the cluster indefinitely.\n',
    );
  }
  if (grace > 0 && flags.bool('force')) {
    fail('--force and --grace-period greater than 0 cannot be specified together');
  }
}

function warnOfClusterScope(invocation: Invocation, { resource }: Info, warning: { isDue: boolean }): void {
  if (!warning.isDue || resource.isNamespaced) return;
  const prefix = inVersion(WARNING, invocation.version);
  invocation.err(`${prefix}deleting cluster-scoped resources, not scoped to the provided namespace\n`);
  warning.isDue = false;
}

export interface Deletion {
  /** Seconds; -1 for the object's own. */
  readonly grace: number;
  readonly dryRun: DryRun;
  readonly propagation: Propagation;
}

type Propagation = NonNullable<DeleteRequest['propagationPolicy']>;

/** Deletes one object and says so. */
export function* deleteOne(invocation: Invocation, info: Info, deletion: Deletion): Steps<Deleted | Failure> {
  const target = targetOf(info);
  if (info.name === '')
    return withSource({ message: 'resource name may not be empty' }, 'deleting', info.source);
  if (deletion.dryRun === 'client') {
    reportDeleted(invocation, info, deletion);
    return target;
  }
  const response = yield* ask(invocation, deleteRequest(info, deletion));
  if (!response.ok) return withSource({ status: response.status }, 'deleting', info.source);
  reportDeleted(invocation, info, deletion);
  const uid = response.object?.metadata.uid;
  return uid === undefined ? target : { ...target, uid };
}

function deleteRequest(info: Info, { grace, dryRun, propagation }: Deletion): DeleteRequest {
  return {
    verb: 'delete',
    ...targetOf(info),
    propagationPolicy: propagation,
    ...(grace < 0 ? {} : { gracePeriodSeconds: grace }),
    ...(dryRun === 'server' ? { dryRun: true } : {}),
  };
}

/** What --cascade means; it used to be true or false (kubectl: delete_flags.go parseCascadingFlag). */
export function readCascade({ flags, err }: Invocation): Propagation {
  const given = flags.text('cascade');
  switch (given) {
    case 'background':
      return 'Background';
    case 'foreground':
      return 'Foreground';
    case 'orphan':
      return 'Orphan';
  }
  const isCascading = parseBool(given);
  if (isCascading === undefined) {
    return fail(`invalid cascade value (${given}). Must be "background", "foreground", or "orphan"`);
  }
  const better = isCascading ? 'background' : 'orphan';
  err(
    `warning: --cascade=${given} is deprecated (boolean value) and can be replaced with --cascade=${better}.\n`,
  );
  return isCascading ? 'Background' : 'Orphan';
}

function reportDeleted(invocation: Invocation, info: Info, { grace, dryRun }: Deletion): void {
  const { resource, name, namespace } = info;
  const { flags, version, out } = invocation;
  const kind = kindWithGroup(resource);
  if (flags.has('output') && flags.text('output') === 'name') {
    out(`${kind}/${name}\n`);
    return;
  }
  const from = version.minor >= 34 && namespace !== undefined ? ` from ${namespace} namespace` : '';
  const pretence = dryRun === 'none' ? '' : dryRun === 'client' ? ' (dry run)' : ' (server dry run)';
  out(`${kind} "${name}" ${grace === 0 ? 'force deleted' : 'deleted'}${from}${pretence}\n`);
}
