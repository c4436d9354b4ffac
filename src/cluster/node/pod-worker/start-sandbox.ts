import { drawHex, drawWhole } from '../../../kernel/chance/draw.ts';
import { formatRfc3339 } from '../../../kernel/time/rfc3339.ts';
import type { Doing } from '../../contract/doing.ts';
import type { SandboxStep, StopSandboxStep } from '../../contract/pod-worker-row.ts';
import { withCondition } from '../../objects/conditions.ts';
import { extended } from '../../objects/json.ts';
import { inVersion } from '../../objects/versions.ts';
import { nextPodAddress } from '../addresses.ts';
import { conditionOf } from '../status/pod-conditions.ts';
import { newestSandbox } from '../status/runtime-status.ts';
import { TELLS_SANDBOX_AT_ONCE } from '../status/version-differences.ts';
import { DONE, type PodContext, type StepResult } from './pod-context.ts';
import { currentStatus, publishStatus } from './publish-status.ts';

/** Starts the pod's sandbox, with its network. */
export function* startSandbox(context: PodContext, step: SandboxStep): Doing<StepResult> {
  const { view, key, node, now, pod, worker } = context;
  if (step.until === undefined) {
    const [low, high] = view.settings.latencies.sandbox;
    const whole = drawWhole(view.chance, low, high, 'sandbox', key, worker.works);
    // The latency counts from the pod's admission: what mounting took of it is over.
    const until = now + Math.max(whole - mountTime(context), Math.round(whole / 5));
    return { step: 'goes on', as: extended(step, { until }) };
  }
  if (now < step.until) return { step: 'goes on', as: step };
  yield* tellRuntime(context);
  const attempt = (newestSandbox(view.rows, key)?.attempt ?? -1) + 1;
  const first = drawHex(view.chance, 64, 'sandbox', key, attempt);
  const isUsed = view.rows.changedAt('sandboxes', first) !== null;
  const id = isUsed ? drawHex(view.chance, 64, 'sandbox', key, attempt, now) : first;
  const machine = view.rows.row('machines', node);
  const ip = machine && !pod.spec.hostNetwork ? nextPodAddress(machine) : undefined;
  yield {
    type: 'SandboxStarted',
    id,
    node,
    pod: key,
    attempt,
    ...(ip !== undefined && { ip }),
    startedAt: now,
  };
  yield* tellReady(context);
  return DONE;
}

/** Every handler is taken to be set up, and to run containers as the usual one does. */
function* tellRuntime({ pod, view, key }: PodContext): Doing<void> {
  const { runtimeClassName } = pod.spec;
  if (runtimeClassName === undefined || newestSandbox(view.rows, key)) return;
  const message = `the runtime class ${runtimeClassName} is not simulated: its containers run as all others do`;
  yield { type: 'NoticeGiven', about: `runtimeClassName: ${runtimeClassName}`, message };
}

/** How much of the time since the pod's admission its volumes have taken. */
function mountTime({ worker, now }: PodContext): number {
  const { mounting, seenAt, lastSyncAt } = worker;
  return lastSyncAt === undefined && mounting?.failures === 0 ? now - seenAt : 0;
}

/** Kubelet: kubelet.go OnPodSandboxReady. */
function* tellReady(context: PodContext): Doing<void> {
  const { view, pod, version, now } = context;
  if (!inVersion(TELLS_SANDBOX_AT_ONCE, version)) return;
  const old = currentStatus(context);
  const input = { old, pod, version, now: formatRfc3339(view.settings.epochMs + now) };
  const condition = conditionOf(input, 'PodReadyToStartContainers', { status: 'True' });
  yield* publishStatus(context, { ...old, conditions: withCondition(old.conditions, condition) });
}

export function* stopSandbox(context: PodContext, step: StopSandboxStep): Doing<StepResult> {
  const { view, key, node, now, worker } = context;
  if (step.until === undefined) {
    const [low, high] = view.settings.latencies.sandboxStop;
    return {
      step: 'goes on',
      as: { ...step, until: now + drawWhole(view.chance, low, high, 'sandbox stop', key, worker.works) },
    };
  }
  if (now < step.until) return { step: 'goes on', as: step };
  const sandbox = newestSandbox(view.rows, key);
  if (sandbox && sandbox.stoppedAt === undefined)
    yield { type: 'SandboxStopped', node, pod: key, sandbox: sandbox.id };
  return DONE;
}
