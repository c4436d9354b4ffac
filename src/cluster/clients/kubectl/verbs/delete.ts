import type { DeleteRequest } from '../../../contract/request.ts';
import { inVersion, type Since } from '../../../objects/versions.ts';
import { type Failure, fail, failWith, withSource } from '../failure.ts';
import {
  ALL_NAMESPACES_FLAG,
  DRY_RUN_FLAG,
  FIELD_SELECTOR_FLAG,
  FILE_FLAGS,
  SELECTOR_FLAG,
} from '../flags/common-flags.ts';
import { bool, duration, type Flag, int, orBare, refused, text } from '../flags/flag.ts';
import { ask, DONE, type Invocation, type Steps } from '../invocation.ts';
import { type DryRun, readDryRun } from '../output/dry-run.ts';
import { kindWithGroup } from '../print/kind-text.ts';
import { type Info, targetOf } from '../resources/info.ts';
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
  const grace = gracePeriod(invocation);
  checkFlags(invocation, grace);
  const dryRun = readDryRun(invocation);
  const { visited } = yield* selectObjects(invocation, { args, isNameEnough: true });
  const isForgiving = flags.isSet('ignore-not-found')
    ? flags.bool('ignore-not-found')
    : isSelecting(invocation);
  const failures: Failure[] = [];
  const deleted: Deleted[] = [];
  const warning = { isDue: invocation.isNamespaceGiven && !flags.bool('all-namespaces') };
  for (const item of visited) {
    if (!('info' in item)) {
      failures.push(item.failure);
      continue;
    }
    warnOfClusterScope(invocation, item.info, warning);
    const outcome = yield* deleteOne(invocation, item.info, { grace, dryRun });
    if ('resource' in outcome) deleted.push(outcome);
    else failures.push(outcome);
  }
  failWith(isForgiving ? failures.filter(isSerious) : failures);
  if (deleted.length === 0) {
    invocation.out('No resources found\n');
    return DONE;
  }
  if (!flags.bool('wait') || dryRun !== 'none') return DONE;
  return awaitDeletion(invocation, waitFor(invocation, deleted));
}

/** kubectl waits a week if it may wait for ever. */
const FOR_EVER_MS = 168 * 3_600_000;

export function waitFor({ flags, call }: Invocation, deleted: readonly Deleted[]): DeletionWait {
  const timeout = flags.duration('timeout') || FOR_EVER_MS;
  return { targets: deleted, endsAt: call.now + timeout };
}

function isSerious(failure: Failure): boolean {
  return !('status' in failure) || failure.status.reason !== 'NotFound';
}

function isSelecting({ flags }: Invocation): boolean {
  return flags.bool('all') || flags.text('selector') !== '' || flags.text('field-selector') !== '';
}

/** Seconds; -1 for the object's own. Zero takes --force, without which it is one (kubectl: delete.go Complete). */
export function gracePeriod({ flags }: Invocation): number {
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
  const output = flags.text('output');
  if (output !== '' && output !== 'name') {
    fail(`unexpected -o output mode: ${output}. We only support '-o name'`);
  }
  if (flags.bool('all') && flags.text('selector') !== '')
    fail('cannot set --all and --selector at the same time');
  if (flags.bool('all') && flags.text('field-selector') !== '') {
    fail('cannot set --all and --field-selector at the same time');
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
  readonly grace: number;
  readonly dryRun: DryRun;
}

/** Deletes one object and says so. */
export function* deleteOne(invocation: Invocation, info: Info, deletion: Deletion): Steps<Deleted | Failure> {
  const target = targetOf(info);
  if (info.name === '')
    return withSource({ message: 'resource name may not be empty' }, 'deleting', info.source);
  if (deletion.dryRun === 'client') {
    reportDeleted(invocation, info, deletion);
    return target;
  }
  const response = yield* ask(invocation, deleteRequest(invocation, info, deletion));
  if (!response.ok) return withSource({ status: response.status }, 'deleting', info.source);
  reportDeleted(invocation, info, deletion);
  const uid = response.object?.metadata.uid;
  return uid === undefined ? target : { ...target, uid };
}

export function deleteRequest({ flags }: Invocation, info: Info, { grace, dryRun }: Deletion): DeleteRequest {
  return {
    verb: 'delete',
    ...targetOf(info),
    propagationPolicy: propagation(flags.text('cascade')),
    ...(grace < 0 ? {} : { gracePeriodSeconds: grace }),
    ...(dryRun === 'server' ? { dryRun: true } : {}),
  };
}

/** kubectl: helpers.go GetCascadingStrategy. */
function propagation(cascade: string): 'Background' | 'Foreground' | 'Orphan' {
  switch (cascade) {
    case 'background':
    case 'true':
      return 'Background';
    case 'foreground':
      return 'Foreground';
    case 'orphan':
    case 'false':
      return 'Orphan';
    default:
      return fail(`invalid cascade value (${cascade}). Must be "background", "foreground", or "orphan"`);
  }
}

export function reportDeleted(invocation: Invocation, info: Info, { grace, dryRun }: Deletion): void {
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
