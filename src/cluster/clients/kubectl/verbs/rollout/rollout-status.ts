import type { Millis } from '../../../../../kernel/time/millis.ts';
import type { KubeObject } from '../../../../objects/kube-object.ts';
import { bool, duration, int } from '../../../flags/flag.ts';
import type { Outcome, Watched } from '../../../program.ts';
import { fail, failWith } from '../../failure.ts';
import { FILE_FLAGS, SELECTOR_FLAG } from '../../flags/common-flags.ts';
import { DONE, type Invocation, type Steps } from '../../invocation.ts';
import { groupKind, targetOf } from '../../resources/info.ts';
import { partVisited } from '../../resources/read-files.ts';
import { selectObjects } from '../../resources/select-objects.ts';
import type { Verb } from '../../verb.ts';
import { rolloutState } from './rollout-status-text.ts';

export const rolloutStatus: Verb = {
  name: 'status',
  flags: [
    ...FILE_FLAGS,
    SELECTOR_FLAG,
    int('revision', '0'),
    duration('timeout', '0s'),
    bool('w,watch', 'true'),
  ],
  run: showStatus,
};

interface Target extends Watched {
  readonly name: string;
}

interface StatusMemory {
  /** Those still to be waited for, one after another. */
  readonly targets: readonly Target[];
  /** Up to which the first of them has been looked at; absent before its first look. */
  readonly revision?: number;
  readonly endsAt?: Millis;
}

function* showStatus(invocation: Invocation): Steps {
  const memory = invocation.call.memory as StatusMemory | undefined;
  if (memory !== undefined) return proceed(invocation, memory);
  const { args, flags, namespace } = invocation;
  if (args.length === 0 && flags.list('filename').length === 0) fail('required resource not specified');
  if (flags.int('revision') < 0) fail(`revision must be a positive integer: ${flags.int('revision')}`);
  const { visited } = yield* selectObjects(invocation, { args, isTypeEnough: true, isLatest: true });
  const { infos, failures } = partVisited(visited);
  failWith(failures);
  if (infos.length === 0) {
    invocation.err(`No resources found in ${namespace} namespace.\n`);
    return DONE;
  }
  for (const { object, resource } of infos) {
    if (object !== undefined && rolloutState(object, 0) === undefined) {
      fail(`no status viewer has been implemented for ${groupKind(resource)}`);
    }
  }
  return proceed(invocation, { targets: infos.map(targetOf) });
}

/** Prints a line for each change of the first, and turns to the next once it is done. */
function proceed(invocation: Invocation, memory: StatusMemory): Outcome {
  const { flags, call, view } = invocation;
  let { targets, revision, endsAt } = memory;
  for (let [target] = targets; target !== undefined; [target] = targets) {
    endsAt ??= flags.duration('timeout') > 0 ? call.now + flags.duration('timeout') : undefined;
    const versions =
      revision === undefined ? current(invocation, target) : changed(invocation, target, revision);
    const isDone = versions.some((object) => printState(invocation, object));
    if (isDone) {
      targets = targets.slice(1);
      revision = undefined;
      endsAt = undefined;
      continue;
    }
    revision = Math.max(revision ?? 0, ...versions.map(({ metadata }) => Number(metadata.resourceVersion)));
    if (view.objects.get(target.resource, target.namespace, target.name) === undefined)
      fail('object has been deleted');
    if (endsAt !== undefined && call.now >= endsAt) fail('timed out waiting for the condition');
    const next: StatusMemory = { targets, revision, ...(endsAt === undefined ? {} : { endsAt }) };
    return {
      pause: { memory: next, watches: [target], ...(endsAt === undefined ? {} : { wakeAt: endsAt }) },
    };
  }
  return DONE;
}

function current({ view }: Invocation, { resource, namespace, name }: Target): readonly KubeObject[] {
  const object = view.objects.get(resource, namespace, name);
  return object === undefined ? [] : [object];
}

function changed(
  { view }: Invocation,
  { resource, namespace, name }: Target,
  revision: number,
): readonly KubeObject[] {
  return view.objects
    .changesAfter({ resource, ...(namespace === undefined ? {} : { namespace }), revision })
    .filter(({ type, object }) => type !== 'DELETED' && object.metadata.name === name)
    .map(({ object }) => object);
}

/** Whether that was the end of it. */
function printState({ flags, out }: Invocation, object: KubeObject): boolean {
  const state = rolloutState(object, flags.int('revision'));
  if (state === undefined) return true;
  if ('problem' in state) return fail(state.problem);
  out(state.text);
  return state.isDone || !flags.bool('watch');
}
