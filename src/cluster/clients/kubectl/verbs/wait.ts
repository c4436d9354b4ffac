import { type Millis, SECOND } from '../../../../kernel/time/millis.ts';
import type { KubeObject } from '../../../objects/kube-object.ts';
import { resourceNamed } from '../../../objects/schema/resources.ts';
import { array, bool, duration, list, refused } from '../../flags/flag.ts';
import { fail, failWith, isNotFound } from '../failure.ts';
import {
  ALL_NAMESPACES_FLAG,
  FIELD_SELECTOR_FLAG,
  PRINT_FLAGS,
  SELECTOR_FLAG,
} from '../flags/common-flags.ts';
import { DONE, type Invocation, type Steps } from '../invocation.ts';
import { reportObject } from '../output/report-object.ts';
import { targetOf } from '../resources/info.ts';
import { partVisited } from '../resources/read-files.ts';
import { selectObjects } from '../resources/select-objects.ts';
import type { Verb } from '../verb.ts';
import type { Deleted } from '../waiting/await-deletion.ts';
import { isMet, readWaitCondition, type WaitCondition } from '../waiting/wait-condition.ts';

export const wait: Verb = {
  name: 'wait',
  flags: [
    ...PRINT_FLAGS,
    SELECTOR_FLAG,
    FIELD_SELECTOR_FLAG,
    ALL_NAMESPACES_FLAG,
    list('f,filename'),
    bool('R,recursive', 'true'),
    bool('all'),
    array('for'),
    duration('timeout', '30s'),
    ...refused(bool('local')),
  ],
  run: waitForObjects,
};

interface WaitMemory {
  /** Still to be waited for, one after another; absent while they are not there. */
  readonly targets?: readonly Deleted[];
  readonly endsAt: Millis;
}

const WEEK_MS = 168 * 3_600_000;
const CREATION_POLL_MS = SECOND / 2;

/** Waits for one object after another, and says of each when it is as wanted (kubectl: wait.go). */
function* waitForObjects(invocation: Invocation): Steps {
  const { call, flags, version } = invocation;
  const all = flags.list('for');
  const texts = version.minor >= 36 ? all : all.slice(-1);
  if (texts.length === 0) fail('unrecognized condition: ""');
  const conditions = texts.map((text) => readWaitCondition(text, version));
  const memory = call.memory as WaitMemory | undefined;
  const timeout = flags.duration('timeout');
  const endsAt = memory?.endsAt ?? call.now + (timeout < 0 ? WEEK_MS : timeout);
  const found = memory?.targets ?? (yield* findTargets(invocation, conditions));
  if (found === undefined) return awaitCreation(invocation, endsAt);
  return awaitConditions(invocation, conditions, { targets: found, endsAt });
}

/** Undefined while what has to be created first is not there. */
function* findTargets(
  invocation: Invocation,
  conditions: readonly WaitCondition[],
): Steps<readonly Deleted[] | undefined> {
  const { visited } = yield* selectObjects(invocation, { args: invocation.args, mayRestrictAll: true });
  const { infos, failures } = partVisited(visited);
  const isFor = (type: WaitCondition['type']) => conditions.some((condition) => condition.type === type);
  if (isFor('create') && infos.length === 0 && failures.every(isNotFound)) return undefined;
  failWith(isFor('delete') ? failures.filter((failure) => !isNotFound(failure)) : failures);
  if (infos.length === 0 && !isFor('delete')) fail('no matching resources found');
  return infos.map((info) => {
    const uid = info.object?.metadata.uid;
    return { ...targetOf(info), ...(uid === undefined ? {} : { uid }) };
  });
}

function awaitCreation({ call }: Invocation, endsAt: Millis) {
  if (call.now >= endsAt) fail('timed out waiting for the condition');
  const memory: WaitMemory = { endsAt };
  return { pause: { memory, wakeAt: Math.min(endsAt, call.now + CREATION_POLL_MS) } };
}

interface Waiting {
  readonly targets: readonly Deleted[];
  readonly endsAt: Millis;
}

function awaitConditions(
  invocation: Invocation,
  conditions: readonly WaitCondition[],
  { targets, endsAt }: Waiting,
) {
  const { call } = invocation;
  const left = [...targets];
  for (let [target] = left; target !== undefined; [target] = left) {
    const problem = checkTarget(invocation, target, conditions);
    if (problem === 'waiting') break;
    if (problem !== 'met') fail(problem.message);
    left.shift();
  }
  if (left.length === 0) return DONE;
  if (call.now >= endsAt) failWith(left.map((target) => ({ message: lateWords(invocation, target) })));
  const memory: WaitMemory = { targets: left, endsAt };
  const watches = left.map(({ uid: _uid, ...watched }) => watched);
  return { pause: { memory, wakeAt: endsAt, watches } };
}

function lateWords({ flags }: Invocation, { resource, name }: Deleted): string {
  const what = `${resource.split('.', 1)[0]}/${name}`;
  return flags.duration('timeout') === 0
    ? `condition not met for ${what}`
    : `timed out waiting for the condition on ${what}`;
}

function checkTarget(
  invocation: Invocation,
  target: Deleted,
  conditions: readonly WaitCondition[],
): 'met' | 'waiting' | { readonly message: string } {
  const { resource, namespace, name, uid } = target;
  const object = invocation.view.objects.get(resource, namespace, name);
  const isGone = object === undefined || (uid !== undefined && object.metadata.uid !== uid);
  for (const condition of conditions) {
    const state = condition.type === 'delete' ? isGone : object !== undefined && isMet(condition, object);
    if (typeof state === 'object') return { message: state.problem };
    if (!state) return 'waiting';
  }
  const shown = object ?? { ...kindOf(resource, invocation), metadata: { name } };
  for (const _each of conditions) {
    reportObject(invocation, {
      name,
      object: shown,
      operation: 'condition met',
    });
  }
  return 'met';
}

/** What is waited for may go with its definition. */
function kindOf(resource: string, { resources }: Invocation): Pick<KubeObject, 'apiVersion' | 'kind'> {
  const { apiVersion, kind } = resourceNamed(resource, resources) ?? {
    apiVersion: `${resource.slice(resource.indexOf('.') + 1)}/v1`,
    kind: resource.slice(0, resource.indexOf('.')),
  };
  return { apiVersion, kind };
}
