import type { KubeObject } from '../../../objects/kube-object.ts';
import { inVersion, type Since } from '../../../objects/versions.ts';
import { bool, duration, type Flag, int, refused, text } from '../../flags/flag.ts';
import { patchBetween, sendPatch } from '../change-object.ts';
import { type Failure, fail, failWith, messageOf } from '../failure.ts';
import { DRY_RUN_FLAG, FILE_FLAGS, PRINT_FLAGS, RECORD_FLAG, SELECTOR_FLAG } from '../flags/common-flags.ts';
import { ask, DONE, type Invocation, type Steps } from '../invocation.ts';
import { type DryRun, readDryRun } from '../output/dry-run.ts';
import { reportObject } from '../output/report-object.ts';
import { recorded } from '../record.ts';
import { type Info, targetOf } from '../resources/info.ts';
import { partVisited } from '../resources/read-files.ts';
import { selectObjects } from '../resources/select-objects.ts';
import type { Verb } from '../verb.ts';

const FLAGS: readonly Flag[] = [
  ...PRINT_FLAGS,
  ...FILE_FLAGS,
  SELECTOR_FLAG,
  DRY_RUN_FLAG,
  RECORD_FLAG,
  bool('all'),
  int('replicas', '0'),
  int('current-replicas', '-1'),
  ...refused(duration('timeout', '0s'), text('resource-version')),
];

export const scale: Verb = { name: 'scale', flags: FLAGS, required: ['replicas'], run: scaleObjects };

/**
 * What is said when nothing that was named is there: why, that there is nothing, or both (kubectl: scale.go).
 */
const NOTHING_TO_SCALE: Since<'cause' | 'count' | 'both'> = [
  [0, 'cause'],
  [27, 'count'],
  [32, 'both'],
  [35, 'cause'],
];

/** Scales one after another; the first that cannot be scaled ends it (kubectl: scale.go RunScale). */
function* scaleObjects(invocation: Invocation): Steps {
  const { args, flags } = invocation;
  const dryRun = readDryRun(invocation);
  if (flags.int('replicas') < 0) {
    fail('The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0');
  }
  if (flags.int('current-replicas') < -1)
    fail('The --current-replicas must specify an integer of -1 or greater');
  const { visited } = yield* selectObjects(invocation, { args, isTypeEnough: flags.bool('all') });
  const { infos, failures } = partVisited(visited);
  if (infos.length === 0) {
    const [first] = failures;
    const said = inVersion(NOTHING_TO_SCALE, invocation.version);
    if (said === 'cause') failWith(failures);
    const cause = said === 'both' && first !== undefined ? ` ${messageOf(first)}` : '';
    fail(`no objects passed to scale${cause}`);
  }
  for (const info of infos) {
    const failure = yield* scaleOne(invocation, info, dryRun);
    if (failure !== undefined) failWith([failure]);
  }
  failWith(failures);
  return DONE;
}

function* scaleOne(invocation: Invocation, info: Info, dryRun: DryRun): Steps<Failure | undefined> {
  const replicas = invocation.flags.int('replicas');
  const { object } = info;
  if (object === undefined) throw new Error('what is scaled has been read');
  const failure =
    dryRun === 'client' ? undefined : yield* askForReplicas(invocation, info, { replicas, dryRun });
  if (failure !== undefined) return failure;
  const scaled: KubeObject = { ...object, ...{ spec: { ...specOf(object), replicas } } };
  const noted = recorded(invocation, scaled, FLAGS);
  if (noted !== scaled && dryRun === 'none') {
    yield* sendPatch(invocation, {
      info,
      patch: patchBetween(scaled, noted, 'merge'),
      kind: 'merge',
      dryRun,
    });
  }
  reportObject(invocation, { name: info.name, object: noted, operation: 'scaled', dryRun });
  return undefined;
}

function specOf(object: KubeObject): { readonly replicas?: number } {
  return (object as KubeObject & { readonly spec?: { readonly replicas?: number } }).spec ?? {};
}

interface Scaling {
  readonly replicas: number;
  readonly dryRun: DryRun;
}

/** Blindly, unless a number was expected before (kubectl: pkg/scale/scale.go ScaleSimple). */
function* askForReplicas(
  invocation: Invocation,
  info: Info,
  { replicas, dryRun }: Scaling,
): Steps<Failure | undefined> {
  const expected = invocation.flags.int('current-replicas');
  if (expected >= 0) {
    const current = yield* ask(invocation, { verb: 'get', ...targetOf(info), subresource: 'scale' });
    if (!current.ok) return { status: current.status };
    const found = current.object === undefined ? 0 : (specOf(current.object).replicas ?? 0);
    if (found !== expected) return { message: `Expected replicas to be ${expected}, was ${found}` };
  }
  const patch = { spec: { replicas } };
  const outcome = yield* sendPatch(invocation, { info, patch, kind: 'merge', dryRun, subresource: 'scale' });
  return 'object' in outcome ? undefined : outcome;
}
