import type { Millis } from '../../../../kernel/time/millis.ts';
import type { KubeObject } from '../../../objects/kube-object.ts';
import type { LabelSelector, Pod } from '../../../objects/kubernetes.ts';
import {
  formatLabelSelector,
  type LabelRequirements,
  requirementsOf,
  requirementsOfLabels,
} from '../../../objects/label-selector.ts';
import type { Outcome } from '../../program.ts';
import { describeRefusal, fail, failWith, KubectlExit, messageOf } from '../failure.ts';
import { demand, type Invocation, type Steps } from '../invocation.ts';
import { partVisited } from '../resources/read-files.ts';
import { selectObjects } from '../resources/select-objects.ts';
import { demandWay, wayOf } from './demand-way.ts';
import { byActivity } from './order-pods.ts';

export interface PodFound {
  readonly pod: Pod;
  /** How many there were to choose from. */
  readonly count: number;
}

export interface PodWish {
  /** All that is said when there is no such thing. */
  missing(message: string): string;
  /** `cannot attach to`: how it begins that a thing has no pods. */
  readonly unable: string;
  /** Which of several pods comes first. */
  readonly order: (a: Pod, b: Pod) => number;
}

/** Remembered by a call that waits for a first pod to appear. */
export interface PodAwaited {
  readonly podAwaitedUntil: Millis;
}

/**
 * The pod that `web`, `pod/web` or `deploy/web` stands for, or that there is none yet (kubectl:
 * polymorphichelpers GetFirstPod).
 */
export function* podBehind(
  invocation: Invocation,
  word: string,
  { missing, unable, order }: PodWish,
): Steps<PodFound | undefined> {
  const args = word.includes('/') ? [word] : ['pods', word];
  const { visited } = yield* selectObjects({ ...invocation, flags: withoutFiles(invocation) }, { args });
  const { infos, failures } = partVisited(visited);
  const [failure] = failures;
  if (failure !== undefined) {
    const isMissing = 'status' in failure && failure.status.reason === 'NotFound';
    if (isMissing) throw new KubectlExit(missing(failure.status.message));
    if ('status' in failure && failure.status.reason === 'Forbidden') failWith([failure]);
    fail(messageOf(failure));
  }
  const object = infos[0]?.object;
  if (object === undefined) return fail('expected a resource');
  if (object.kind === 'Pod') return { pod: object as Pod, count: 1 };
  const requirements = selectorOf(object);
  if (requirements === undefined)
    return fail(`${unable} *v1.${object.kind}: selector for *v1.${object.kind} not implemented`);
  const { namespace } = object.metadata;
  const { items = [] } = yield* demand(invocation, {
    verb: 'list',
    resource: 'pods',
    ...(namespace === undefined ? {} : { namespace }),
    labelSelector: formatLabelSelector(requirements),
  });
  const [pod] = ([...items] as Pod[]).sort(order);
  return pod === undefined ? undefined : { pod, count: items.length };
}

/** The pod that a program, an attachment or a port goes to; the reply is as the API server words it. */
export function* podToConnect(invocation: Invocation, word: string): Steps<PodFound | undefined> {
  const missing = (message: string) => describeRefusal({ code: 404, reason: 'NotFound', message });
  const found = yield* podBehind(invocation, word, {
    missing,
    unable: 'cannot attach to',
    order: byActivity,
  });
  if (found !== undefined) yield* demandWay(invocation, found.pod, wayOf(invocation.path));
  return found;
}

/** Waits for a pod to appear, as long as --pod-running-timeout says. */
export function awaitFirstPod(invocation: Invocation): Outcome {
  const { call, flags, namespace } = invocation;
  const memory = call.memory as Partial<PodAwaited> | undefined;
  const until = memory?.podAwaitedUntil ?? call.now + flags.duration('pod-running-timeout');
  if (call.now >= until) fail('timed out waiting for the condition');
  const awaited: PodAwaited = { podAwaitedUntil: until };
  return { pause: { memory: awaited, wakeAt: until, watches: [{ resource: 'pods', namespace }] } };
}

/** -f of `logs` follows, and that of `exec` is not read here. */
function withoutFiles({ flags }: Invocation): Invocation['flags'] {
  return {
    ...flags,
    has: (name) => name !== 'filename' && name !== 'selector' && name !== 'all' && flags.has(name),
  };
}

interface Selecting extends KubeObject {
  readonly spec?: { readonly selector?: LabelSelector | Record<string, string> };
}

function selectorOf(object: KubeObject): LabelRequirements | undefined {
  const { selector } = (object as Selecting).spec ?? {};
  if (selector === undefined) return undefined;
  const isPlain = object.kind === 'Service' || object.kind === 'ReplicationController';
  return isPlain
    ? requirementsOfLabels(selector as Record<string, string>)
    : requirementsOf(selector as LabelSelector);
}
