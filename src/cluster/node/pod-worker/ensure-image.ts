import { drawWhole } from '../../../kernel/chance/draw.ts';
import { formatGoDuration } from '../../../kernel/time/go-duration.ts';
import type { Doing } from '../../contract/doing.ts';
import type { ImageRow } from '../../contract/machine-rows.ts';
import type { StartStep } from '../../contract/pod-worker-row.ts';
import { normalizedImageName } from '../../objects/image-name.ts';
import { extended } from '../../objects/json.ts';
import type { Container } from '../../objects/kubernetes.ts';
import { inVersion } from '../../objects/versions.ts';
import type { ImageBehaviour } from '../images/image-definition.ts';
import { imageOf, isPretended } from '../images-of-node.ts';
import { isBackingOff, nextBackOff } from './crash-back-off.ts';
import { backOffMessage, presentMessage, pulledMessage } from './event-texts.ts';
import { move, type PodContext, tellOf } from './pod-context.ts';
import { registryError, registryOf } from './registry-error.ts';

type Ensured =
  | { readonly id: string }
  | { readonly goesOn: StartStep }
  | { readonly failure: { readonly reason: string; readonly message: string } };

/**
 * Sees to it that a container's image is on the machine. Kubelet: images/image_manager.go EnsureImageExists.
 */
export function* ensureImage(context: PodContext, step: StartStep, container: Container): Doing<Ensured> {
  if (step.pull) return yield* goOnPulling(context, step, container);
  const { name, image = '', imagePullPolicy } = container;
  const fullName = normalizedImageName(image);
  if (fullName === undefined) return yield* refuseName(context, name, image);
  const present = findImage(context, fullName);
  if (imagePullPolicy !== 'Always' && present) {
    const message = inVersion(presentMessage, context.version)(image);
    yield* tellOf(context, name, { type: 'Normal', reason: 'Pulled', message });
    return { id: present.id };
  }
  if (imagePullPolicy === 'Never') {
    const message = `Container image "${image}" is not present with pull policy of Never`;
    yield* tellOf(context, name, { type: 'Warning', reason: 'ErrImageNeverPull', message });
    return { failure: { reason: 'ErrImageNeverPull', message } };
  }
  return yield* beginPull(context, step, container);
}

function findImage({ view, node }: PodContext, fullName: string): ImageRow | undefined {
  return view.rows.rowsBy('images', 'node', node).find(({ names }) => names.includes(fullName));
}

function* refuseName(context: PodContext, container: string, image: string): Doing<Ensured> {
  const message = `Failed to apply default image tag "${image}": couldn't parse image name "${image}": invalid reference format`;
  yield* tellOf(context, container, { type: 'Warning', reason: 'InspectFailed', message });
  return { failure: { reason: 'InvalidImageName', message } };
}

/** One pull at a time on a machine: it waits its turn, and its end is known when it begins. */
function* beginPull(context: PodContext, step: StartStep, { name, image = '' }: Container): Doing<Ensured> {
  const { worker, now, node, view } = context;
  const entry = worker.pulls[image];
  if (entry && isBackingOff(entry, entry.updatedAt, now)) {
    yield* tellOf(context, name, {
      type: 'Normal',
      reason: 'BackOff',
      message: `Back-off pulling image "${image}"`,
    });
    const message = inVersion(backOffMessage, context.version)(image, entry.error);
    return { failure: { reason: 'ImagePullBackOff', message } };
  }
  yield* tellOf(context, name, { type: 'Normal', reason: 'Pulling', message: `Pulling image "${image}"` });
  const startedAt = Math.max(now, view.rows.row('machines', node)?.pullsUntil ?? now);
  const until = startedAt + pullTime(context, image);
  yield { type: 'ImagePullStarted', node, image, until };
  return { goesOn: extended(step, { at: 'pull' as const, until, pull: { askedAt: now, startedAt } }) };
}

/** Until who asks a registry that does not answer gives up (Go: net.Dialer of containerd's transport). */
const DIAL_TIMEOUT_MS = 30_000;

function pullTime(context: PodContext, image: string): number {
  const { view, node } = context;
  if (isPretended(view, node)) return 0;
  const { answers, slowMs = 0 } = registryOf(view.rows, imageOf(view.settings, image).fullName) ?? {};
  if (answers === 'unreachable') return DIAL_TIMEOUT_MS;
  return slowMs + timeOfPull(context, image, answers !== undefined);
}

function timeOfPull({ view, key, worker, node }: PodContext, image: string, fails: boolean): number {
  const { registry, pullBytesPerMs } = view.settings.latencies;
  const asked = drawWhole(view.chance, registry[0], registry[1], 'registry', key, image, worker.works);
  const { behaviour, identity } = imageOf(view.settings, image);
  if (behaviour.pullFailure || fails) return asked;
  if (behaviour.pullTakesMs !== undefined) return behaviour.pullTakesMs;
  // Of an image that is there already, only the manifest is asked for.
  if (view.rows.row('images', `${node}/${identity}`)) return asked;
  const [low, high] = pullBytesPerMs;
  return (
    asked +
    Math.round(behaviour.sizeBytes / drawWhole(view.chance, low, high, 'pull rate', key, image, worker.works))
  );
}

function* goOnPulling(context: PodContext, step: StartStep, container: Container): Doing<Ensured> {
  const { now, node, view } = context;
  const { image = '', name } = container;
  if (!step.pull || (step.until !== undefined && now < step.until)) return { goesOn: step };
  const { behaviour, identity, fullName } = imageOf(view.settings, image);
  if (behaviour.pullFailure)
    return yield* failPull(context, container, pullError(behaviour.pullFailure, fullName));
  const { answers } = registryOf(view.rows, fullName) ?? {};
  if (answers !== undefined && !isPretended(view, node)) {
    const asked = { fullName, identity, version: context.version };
    return yield* failPull(context, container, registryError(answers, asked));
  }
  const isNew = view.rows.row('images', `${node}/${identity}`) === undefined;
  const notice = behaviour.notice ?? (callsMore(behaviour, container) ? PARTLY_KNOWN : undefined);
  if (isNew && notice !== undefined) yield { type: 'NoticeGiven', about: image, message: notice };
  yield { type: 'ImagePulled', node, id: identity, names: [fullName], sizeBytes: behaviour.sizeBytes };
  const took = formatGoDuration(now - step.pull.startedAt);
  const tookInAll = formatGoDuration(now - step.pull.askedAt);
  const message = inVersion(
    pulledMessage,
    context.version,
  )({ image, took, tookInAll, sizeBytes: behaviour.sizeBytes });
  yield* tellOf(context, name, { type: 'Normal', reason: 'Pulled', message });
  return { id: identity };
}

const PARTLY_KNOWN =
  'of this image only what it serves with is known: other programs that its command, probes and hooks call are ' +
  'taken to do well';

/** Whether the manifest names programs of the image, beside the one that is known. */
function callsMore({ hasMore, programs }: ImageBehaviour, container: Container): boolean {
  if (!hasMore) return false;
  const { command, lifecycle, startupProbe, readinessProbe, livenessProbe } = container;
  const called = [lifecycle?.postStart, lifecycle?.preStop, startupProbe, readinessProbe, livenessProbe];
  const first = command?.[0];
  const isOther = first !== undefined && !Object.hasOwn(programs, first);
  return isOther || called.some((handler) => handler?.exec !== undefined);
}

/** As containerd says it. */
function pullError(failure: 'notFound' | { readonly text: string }, fullName: string): string {
  if (failure !== 'notFound') return failure.text;
  const what = `failed to pull and unpack image "${fullName}": failed to resolve image: ${fullName}: not found`;
  return `rpc error: code = NotFound desc = ${what}`;
}

function* failPull(context: PodContext, { name, image = '' }: Container, error: string): Doing<Ensured> {
  const { worker, now, node } = context;
  yield { type: 'ImagePullFailed', node, image, error };
  yield* tellOf(context, name, {
    type: 'Warning',
    reason: 'Failed',
    message: `Failed to pull image "${image}": ${error}`,
  });
  const entry = nextBackOff(worker.pulls[image], now, now);
  move(context, { pulls: { ...worker.pulls, [image]: { ...entry, error } } });
  return { failure: { reason: 'ErrImagePull', message: error } };
}
