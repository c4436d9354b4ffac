import { MINUTE, type Millis, SECOND } from '../../../../kernel/time/millis.ts';
import type { KubeObject } from '../../../objects/kube-object.ts';
import { LAST_APPLIED, withLastApplied } from '../../../objects/last-applied.ts';
import { bool, type Flag, refused, text } from '../../flags/flag.ts';
import { type Failure, fail, withSource } from '../failure.ts';
import {
  DRY_RUN_FLAG,
  FIELD_MANAGER_FLAG,
  FILE_FLAGS,
  PRINT_FLAGS,
  RECORD_FLAG,
  VALIDATE_FLAG,
} from '../flags/common-flags.ts';
import { ask, type Invocation, type Steps } from '../invocation.ts';
import { type DryRun, readDryRun } from '../output/dry-run.ts';
import { reportObject } from '../output/report-object.ts';
import { recorded } from '../record.ts';
import { type Info, targetOf, type Visited } from '../resources/info.ts';
import { readFiles } from '../resources/read-files.ts';
import { isStrict } from '../validation-flag.ts';
import type { Verb } from '../verb.ts';
import { visitEach } from '../visit.ts';
import { type Deleted, stillThere } from '../waiting/await-deletion.ts';
import { DELETION_FLAGS, deleteEach, readCascade } from './delete.ts';

const FLAGS: readonly Flag[] = [
  ...PRINT_FLAGS,
  ...FILE_FLAGS,
  ...DELETION_FLAGS,
  DRY_RUN_FLAG,
  FIELD_MANAGER_FLAG,
  VALIDATE_FLAG,
  RECORD_FLAG,
  bool('save-config'),
  bool('wait'),
  ...refused(text('raw'), text('subresource')),
];

export const replace: Verb = { name: 'replace', flags: FLAGS, run: replaceObjects };

function* replaceObjects(invocation: Invocation): Steps {
  const { flags, call } = invocation;
  if (flags.list('filename').length === 0) fail('must specify one of -f and -k');
  if (flags.int('grace-period') >= 0 && !flags.bool('force'))
    fail('--grace-period must have --force specified');
  if (flags.duration('timeout') !== 0 && !flags.bool('force')) fail('--timeout must have --force specified');
  const { visited } = readFiles(invocation);
  const replacing: Replacing = { dryRun: readDryRun(invocation), strict: isStrict(invocation) };
  if (flags.bool('force')) return yield* replaceByForce(invocation, visited, replacing);
  if (call.memory !== undefined) throw new Error('only a forced replacement waits');
  if (visited.length === 0) fail('no objects passed to replace');
  return yield* visitEach(visited, (info) => replaceOne(invocation, info, replacing));
}

interface Replacing {
  readonly dryRun: DryRun;
  readonly strict: boolean;
}

/** An object that remembers what was applied remembers it again (kubectl: CreateOrUpdateAnnotation). */
function prepared(invocation: Invocation, object: KubeObject): KubeObject {
  const remembers =
    invocation.flags.bool('save-config') || object.metadata.annotations?.[LAST_APPLIED] !== undefined;
  return recorded(invocation, remembers ? withLastApplied(object) : object, FLAGS);
}

function* replaceOne(
  invocation: Invocation,
  info: Info,
  { dryRun, strict }: Replacing,
): Steps<Failure | undefined> {
  if (info.object === undefined) return undefined;
  if (info.name === '')
    return withSource({ message: 'resource name may not be empty' }, 'replacing', info.source);
  const object = prepared(invocation, info.object);
  if (dryRun === 'client') {
    reportObject(invocation, { name: info.name, object, operation: 'replaced', dryRun });
    return undefined;
  }
  const pretence = dryRun === 'server' ? { dryRun: true } : {};
  const response = yield* ask(invocation, { verb: 'update', ...targetOf(info), object, strict, ...pretence });
  if (!response.ok) return withSource({ status: response.status }, 'replacing', info.source);
  reportObject(invocation, {
    name: info.name,
    object: response.object ?? object,
    operation: 'replaced',
    dryRun,
  });
  return undefined;
}

/** What a forced replacement remembers between its looks at what it has deleted. */
interface ForcedWait {
  readonly targets: readonly Deleted[];
  readonly startedAt: Millis;
}

const POLL_MS = SECOND;
const PATIENCE_MS = 5 * MINUTE;

/** Deletes, looks every second whether it is gone, and creates anew (kubectl: replace.go forceReplace). */
function* replaceByForce(invocation: Invocation, visited: readonly Visited[], replacing: Replacing): Steps {
  const { flags, call } = invocation;
  const grace = flags.int('grace-period');
  const wait: ForcedWait = (call.memory as ForcedWait | undefined) ?? {
    targets: yield* deleteEach(invocation, visited, {
      grace: grace === 0 ? 1 : grace,
      dryRun: replacing.dryRun,
      propagation: readCascade(invocation),
      isForgiving: true,
    }),
    startedAt: call.now,
  };
  const waited = call.now - wait.startedAt;
  if (stillThere(invocation, wait.targets).length > 0) {
    if (waited >= (flags.duration('timeout') || PATIENCE_MS)) fail('timed out waiting for the condition');
    return { pause: { memory: wait, wakeAt: call.now + POLL_MS } };
  }
  if (visited.length === 0) fail('no objects passed to replace');
  return yield* visitEach(visited, (info) => createAnew(invocation, info, replacing));
}

function* createAnew(
  invocation: Invocation,
  info: Info,
  { dryRun, strict }: Replacing,
): Steps<Failure | undefined> {
  if (info.object === undefined) return undefined;
  const object = prepared(invocation, info.object);
  const { resource, namespace } = targetOf(info);
  const place = { resource, ...(namespace === undefined ? {} : { namespace }) };
  const response = yield* ask(invocation, { verb: 'create', ...place, object, strict });
  if (!response.ok) return { status: response.status };
  const name = response.object?.metadata.name ?? info.name;
  reportObject(invocation, { name, object: response.object ?? object, operation: 'replaced', dryRun });
  return undefined;
}
