import { MINUTE, type Millis, SECOND } from '../../../../kernel/time/millis.ts';
import type { KubeObject } from '../../../objects/kube-object.ts';
import { type Failure, fail, failUsage, failWith, withSource } from '../failure.ts';
import {
  DRY_RUN_FLAG,
  FIELD_MANAGER_FLAG,
  FILE_FLAGS,
  PRINT_FLAGS,
  RECORD_FLAG,
  VALIDATE_FLAG,
} from '../flags/common-flags.ts';
import { bool, type Flag, refused, text } from '../flags/flag.ts';
import { ask, DONE, type Invocation, type Steps } from '../invocation.ts';
import { LAST_APPLIED, withLastApplied } from '../last-applied.ts';
import { type DryRun, readDryRun } from '../output/dry-run.ts';
import { reportObject } from '../output/report-object.ts';
import { recorded } from '../record.ts';
import { type Info, targetOf } from '../resources/info.ts';
import { partVisited, readFiles } from '../resources/read-files.ts';
import { isStrict } from '../validation-flag.ts';
import type { Verb } from '../verb.ts';
import { type Deleted, stillThere } from '../waiting/await-deletion.ts';
import { DELETION_FLAGS, deleteOne } from './delete.ts';

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
  const { args, flags, path, call } = invocation;
  if (args.length > 0) failUsage(path, `Unexpected args: [${args.join(' ')}]`);
  if (flags.list('filename').length === 0) fail('must specify one of -f and -k');
  if (flags.int('grace-period') >= 0 && !flags.bool('force'))
    fail('--grace-period must have --force specified');
  if (flags.duration('timeout') !== 0 && !flags.bool('force')) fail('--timeout must have --force specified');
  const { infos, failures } = partVisited(readFiles(invocation).visited);
  const replacing: Replacing = { dryRun: readDryRun(invocation), strict: isStrict(invocation) };
  if (flags.bool('force')) {
    failWith(failures);
    return yield* replaceByForce(invocation, infos, replacing);
  }
  if (call.memory !== undefined) throw new Error('only a forced replacement waits');
  const refusals: Failure[] = [...failures];
  for (const info of infos) {
    const failure = yield* replaceOne(invocation, info, replacing);
    if (failure !== undefined) refusals.push(failure);
  }
  failWith(refusals);
  return DONE;
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
function* replaceByForce(
  invocation: Invocation,
  infos: readonly Info[],
  { dryRun, strict }: Replacing,
): Steps {
  const { flags, call } = invocation;
  const wait: ForcedWait = (call.memory as ForcedWait | undefined) ?? {
    targets: yield* deleteAll(invocation, infos, dryRun),
    startedAt: call.now,
  };
  const waited = call.now - wait.startedAt;
  if (stillThere(invocation, wait.targets).length > 0) {
    if (waited >= (flags.duration('timeout') || PATIENCE_MS)) fail('timed out waiting for the condition');
    return { pause: { memory: wait, wakeAt: call.now + POLL_MS } };
  }
  for (const info of infos) {
    if (info.object === undefined) continue;
    const object = prepared(invocation, info.object);
    const { resource, namespace } = targetOf(info);
    const place = { resource, ...(namespace === undefined ? {} : { namespace }) };
    const response = yield* ask(invocation, { verb: 'create', ...place, object, strict });
    if (!response.ok) failWith([{ status: response.status }]);
    else
      reportObject(invocation, {
        name: info.name,
        object: response.object ?? object,
        operation: 'replaced',
        dryRun,
      });
  }
  return DONE;
}

function* deleteAll(
  invocation: Invocation,
  infos: readonly Info[],
  dryRun: DryRun,
): Steps<readonly Deleted[]> {
  const deleted: Deleted[] = [];
  for (const info of infos) {
    const live = yield* ask(invocation, { verb: 'get', ...targetOf(info) });
    if (!live.ok) continue;
    const grace = invocation.flags.int('grace-period');
    const outcome = yield* deleteOne(invocation, info, { grace: grace === 0 ? 1 : grace, dryRun });
    if ('resource' in outcome) deleted.push(outcome);
    else failWith([outcome]);
  }
  return deleted;
}
