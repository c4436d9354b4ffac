import { drawHex, drawWhole } from '../../../kernel/chance/draw.ts';
import { formatGoDuration } from '../../../kernel/time/go-duration.ts';
import type { Millis } from '../../../kernel/time/millis.ts';
import type { View } from '../../contract/component.ts';
import type { Doing } from '../../contract/doing.ts';
import type { StartStep } from '../../contract/pod-worker-row.ts';
import { extended } from '../../objects/json.ts';
import type { Container } from '../../objects/kubernetes.ts';
import { inVersion } from '../../objects/versions.ts';
import { beginProcess } from '../containers/begin-process.ts';
import { containerConfigProblem } from '../environment/container-config-problem.ts';
import { userOf } from '../environment/container-user.ts';
import { newestSandbox, runtimeAsSeen } from '../status/runtime-status.ts';
import { keepParts } from '../volumes/keep-parts.ts';
import { isBackingOff, nextBackOff } from './crash-back-off.ts';
import { ensureImage } from './ensure-image.ts';
import { ALREADY_BACK_OFF, createdMessage, startedMessage } from './event-texts.ts';
import { beginHook, failedHookMessage, hookOutcome, hookWakesAt } from './hooks.ts';
import {
  containerSpec,
  DONE,
  move,
  type PodContext,
  podTitle,
  type StepResult,
  tellOf,
} from './pod-context.ts';
import { currentStatus } from './publish-status.ts';

/** Pulls the image, creates and starts one container, and runs its hook. Kubelet: startContainer. */
export function* startContainer(context: PodContext, step: StartStep): Doing<StepResult> {
  const container = containerSpec(context.pod, step.container);
  if (!container) return DONE;
  switch (step.at) {
    case 'pull':
      return yield* afterImage(context, step, container);
    case 'create':
      return yield* create(context, step, container);
    case 'start':
      return yield* start(context, step, container);
    case 'hook':
      return yield* goOnWithHook(context, step, container);
    default:
      return yield* begin(context, step, container);
  }
}

/**
 * One that has just ended waits longer each time. Kubelet: doBackOff, by what was seen when the sync began.
 */
function* begin(context: PodContext, step: StartStep, container: Container): Doing<StepResult> {
  const { worker, view, now } = context;
  const { name } = container;
  const runtime = worker.underWay && runtimeAsSeen(view.rows, worker.underWay.seen);
  const ended = runtime?.containers.find(({ row, state }) => row.name === name && state === 'exited');
  const entry = worker.restarts[name];
  if (ended) {
    const since = ended.row.exit?.at ?? now;
    if (entry && isBackingOff(entry, since, now)) {
      const message = inVersion(ALREADY_BACK_OFF, context.version)(name, podTitle(context));
      yield* tellOf(context, name, { type: 'Warning', reason: 'BackOff', message });
      const wait = `back-off ${formatGoDuration(entry.delayMs)} restarting failed container=${name} pod=${podTitle(context)}`;
      return fail(context, step, {
        reason: 'CrashLoopBackOff',
        message: wait,
        retryAt: since + entry.delayMs,
      });
    }
    move(context, { restarts: { ...worker.restarts, [name]: nextBackOff(entry, since, now) } });
  }
  return yield* afterImage(context, step, container);
}

interface Failure {
  readonly reason: string;
  readonly message: string;
  readonly retryAt?: Millis;
}

function fail(context: PodContext, step: StartStep, { reason, message, retryAt }: Failure): StepResult {
  move(context, { reasons: { ...context.worker.reasons, [step.container]: { reason, message } } });
  return { step: 'failed', stops: step.required, ...(retryAt !== undefined && { retryAt }) };
}

function* afterImage(context: PodContext, step: StartStep, container: Container): Doing<StepResult> {
  const { view, now, key, worker } = context;
  const image = yield* ensureImage(context, step, container);
  if ('goesOn' in image) return { step: 'goes on', as: image.goesOn };
  if ('failure' in image) {
    const message = `Error: ${image.failure.reason}`;
    yield* tellOf(context, container.name, { type: 'Warning', reason: 'Failed', message });
    return fail(context, step, image.failure);
  }
  const problem = yield* containerConfigProblem(context, container);
  if (problem !== undefined) {
    yield* tellOf(context, container.name, {
      type: 'Warning',
      reason: 'Failed',
      message: `Error: ${problem}`,
    });
    return fail(context, step, { reason: 'CreateContainerConfigError', message: problem });
  }
  const [low, high] = view.settings.latencies.containerCreate;
  const until =
    now + drawWhole(view.chance, low, high, 'container create', key, container.name, worker.works);
  return { step: 'goes on', as: extended(step, { at: 'create' as const, until, imageId: image.id }) };
}

function* create(context: PodContext, step: StartStep, container: Container): Doing<StepResult> {
  const { view, now, node, key, worker } = context;
  if (step.until !== undefined && now < step.until) return { step: 'goes on', as: step };
  const image = view.rows.row('images', `${node}/${step.imageId}`);
  const attempt = nextAttempt(context, container.name);
  const id = idOf(context, container.name, attempt);
  const sandbox = newestSandbox(view.rows, key)?.id ?? '';
  const uid = userOf(context, container);
  yield {
    type: 'ContainerCreated',
    id,
    node,
    pod: key,
    name: container.name,
    attempt,
    sandbox,
    image: image?.names[0] ?? container.image ?? '',
    imageId: image?.id ?? '',
    specImage: container.image ?? '',
    createdAt: now,
    ...(uid !== 0 && { uid }),
  };
  yield* keepParts(context, container, id);
  const message = inVersion(createdMessage, context.version)(container.name);
  yield* tellOf(context, container.name, { type: 'Normal', reason: 'Created', message });
  const [low, high] = view.settings.latencies.containerStart;
  const until =
    now + drawWhole(view.chance, low, high, 'container start', worker.key, container.name, attempt);
  return { step: 'goes on', as: extended(step, { at: 'start' as const, until, id }) };
}

/** An ID that nothing on the machine has had before: a pod that comes back begins to count anew. */
function idOf({ view, key, now }: PodContext, name: string, attempt: number): string {
  const id = drawHex(view.chance, 64, 'container', key, name, attempt);
  const isUsed = view.rows.changedAt('containers', id) !== null;
  return isUsed ? drawHex(view.chance, 64, 'container', key, name, attempt, now) : id;
}

/** Of a container of which nothing is left the count is what was told last. */
function nextAttempt(context: PodContext, name: string): number {
  const { view, key } = context;
  const { containerStatuses = [], initContainerStatuses = [] } = currentStatus(context);
  const told = [...containerStatuses, ...initContainerStatuses].find((status) => status.name === name);
  let attempt = told?.restartCount ?? 0;
  for (const row of view.rows.rowsBy('containers', 'pod', key)) {
    if (row.name === name) attempt = Math.max(attempt, row.attempt + 1);
  }
  return attempt;
}

function* start(context: PodContext, step: StartStep, container: Container): Doing<StepResult> {
  const { view, now, node, key } = context;
  if (step.until !== undefined && now < step.until) return { step: 'goes on', as: step };
  const id = step.id ?? '';
  const begun = yield* beginProcess(context, container, id);
  if ('failure' in begun) {
    const exit = { at: now, code: 128, reason: 'StartError', message: begun.failure };
    yield { type: 'ContainerStartFailed', node, pod: key, container: id, exit };
    yield* tellOf(context, container.name, {
      type: 'Warning',
      reason: 'Failed',
      message: `Error: ${begun.failure}`,
    });
    return fail(context, step, { reason: 'RunContainerError', message: begun.failure });
  }
  yield { type: 'ContainerStarted', node, pod: key, container: id, process: begun.process };
  const message = inVersion(startedMessage, context.version)(container.name);
  yield* tellOf(context, container.name, { type: 'Normal', reason: 'Started', message });
  const hook = container.lifecycle?.postStart;
  if (!hook) return started(context, step);
  const run = yield* beginHook(context, hook, { kind: 'postStart', container: container.name, id });
  const as: StartStep = { ...step, at: 'hook', hook: run };
  return hookOutcome(view, run, now) === 'running'
    ? { step: 'goes on', as }
    : yield* goOnWithHook(context, as, container);
}

function started(context: PodContext, { container }: StartStep): StepResult {
  const { [container]: _, ...reasons } = context.worker.reasons;
  move(context, { reasons });
  return DONE;
}

function* goOnWithHook(context: PodContext, step: StartStep, container: Container): Doing<StepResult> {
  const { view, now } = context;
  const outcome = step.hook ? hookOutcome(view, step.hook, now) : 'succeeded';
  const { name } = container;
  // A container that ends meanwhile takes its hook along.
  const hasEnded = view.rows.row('containers', step.id ?? '')?.exit !== undefined;
  if (outcome === 'running' && !hasEnded) return { step: 'goes on', as: step };
  if (outcome === 'succeeded') return started(context, step);
  const failure = typeof outcome === 'object' ? outcome.failure : 'exited with 137';
  const message = failedHookMessage(context, container.lifecycle?.postStart, {
    kind: 'postStart',
    container: name,
    failure,
  });
  yield* tellOf(context, name, { type: 'Warning', reason: 'FailedPostStartHook', message });
  fail(context, step, { reason: 'PostStartHookError', message });
  const graceSeconds = context.pod.spec.terminationGracePeriodSeconds ?? 30;
  const kill = {
    id: step.id ?? '',
    container: name,
    message: 'FailedPostStartHook',
    graceSeconds,
    at: 'announce' as const,
    since: now,
  };
  const { underWay: work } = context.worker;
  if (work) move(context, { underWay: { ...work, failed: true } });
  return { step: 'becomes', steps: [{ do: 'kill', kills: [kill], ordered: false }] };
}

/** When a step that starts a container wants to be gone on with; undefined while it waits for a program. */
export function startWakesAt(view: View, step: StartStep): Millis | undefined {
  if (step.at !== 'hook') return step.until;
  const exit = view.rows.row('containers', step.id ?? '')?.exit;
  return exit ? exit.at : hookWakesAt(view, step.hook);
}
