import { type Millis, SECOND } from '../../../kernel/time/millis.ts';
import { parseRfc3339 } from '../../../kernel/time/rfc3339.ts';
import type { Reaction, View, Wake } from '../../contract/component.ts';
import type { Doing } from '../../contract/doing.ts';
import type { ProbeOutcome, ProbeResult, ProbeWorkerRow } from '../../contract/probe-worker-row.ts';
import { extended } from '../../objects/json.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type { Container, ContainerStatus, Probe } from '../../objects/kubernetes.ts';
import { isSidecar } from '../../objects/pod-resources.ts';
import { inVersion, type Since } from '../../objects/versions.ts';
import { deltaOf } from '../../world/object-delta.ts';
import { firstTick, type Grid } from '../clock.ts';
import { contextOfPod } from '../pod-worker/context-of-pod.ts';
import { containerSpec, type PodContext, tellOf } from '../pod-worker/pod-context.ts';
import { currentStatus } from '../pod-worker/publish-status.ts';
import { restartsAfter } from '../status/pod-phase.ts';
import { idOf } from './pod-probes.ts';
import { runProbe } from './run-probe.ts';
import { settleExec } from './settle-exec.ts';
import { probeOf } from './start-probes.ts';
import { tellResult } from './tell-result.ts';

/** A run outside of the ticks moves the ticks (prober/worker.go; 1.36 recorded). */
const TRIGGER_MOVES_TICKS: Since<boolean> = [
  [20, false],
  [30, true],
];

/** One look at one probe of one container. Kubelet: prober/worker.go. */
export function* workProbe(view: View, key: string, now: Millis): Reaction {
  const worker = view.rows.row('probeWorkers', key);
  const context = worker && contextOfPod(view, worker.node, worker.pod, now);
  const container = context && containerSpec(context.pod, worker.container);
  const probe = container && probeOf(container, worker.kind);
  if (!context || !probe) return;
  if (worker.running) {
    yield* goOnRunning(context, worker, probe);
    return;
  }
  const isTriggered = worker.triggeredAt !== undefined && worker.triggeredAt <= now;
  if (!isTriggered && firstTick(gridOf(worker), now) !== now) return;
  const calm = isTriggered ? untriggered(worker, context) : worker;
  const begun = yield* doProbe(context, calm, { container, probe });
  yield* goOnRunning(context, withoutSameAgain(begun, probe, now), probe, worker);
}

/**
 * A run that will have succeeded as all those before it, well before the next is due, changes nothing when it
 * is over: that it is under way is not written down.
 */
function withoutSameAgain(
  worker: ProbeWorkerRow,
  { successThreshold = 1 }: Probe,
  now: Millis,
): ProbeWorkerRow {
  const { running, ...idle } = worker;
  const { kind, last, result, run } = idle;
  const isSteady =
    kind !== 'startup' && last === 'success' && result === 'success' && run >= successThreshold;
  if (!isSteady || running?.outcome?.result !== 'success' || running.outcome.isWarning) return worker;
  return running.until < firstTick(gridOf(idle), now + 1) ? idle : worker;
}

function untriggered(
  { triggeredAt: _, ...worker }: ProbeWorkerRow,
  { version, now }: PodContext,
): ProbeWorkerRow {
  if (!inVersion(TRIGGER_MOVES_TICKS, version)) return worker;
  return { ...worker, anchor: now + worker.periodMs };
}

function gridOf({ anchor, periodMs }: ProbeWorkerRow): Grid {
  return { anchor, period: periodMs };
}

interface Probed {
  readonly container: Container;
  readonly probe: Probe;
}

/** What the worker is after one run, or after finding that there is nothing to run. */
function* doProbe(
  context: PodContext,
  before: ProbeWorkerRow,
  { container, probe }: Probed,
): Doing<ProbeWorkerRow> {
  const status = statusOf(context, before.container);
  if (!status?.containerID) return before;
  const isNew = idOf(status.containerID) !== before.containerId;
  const initial = INITIAL[before.kind];
  const worker: ProbeWorkerRow = isNew
    ? extended(before, { containerId: idOf(status.containerID), result: initial, onHold: false })
    : before;
  if (isNew) yield* tellResult(context, worker, initial);
  if (worker.onHold) return worker;
  if (!status.state?.running) {
    if (worker.result !== 'failure') yield* tellResult(context, worker, 'failure');
    const isOver =
      status.state?.terminated && !comesBack(context, container, status.state.terminated.exitCode);
    if (isOver) yield { type: 'ProbeWorkerStopped', node: context.node, pod: context.key, probe: worker.key };
    return { ...worker, result: 'failure' };
  }
  if (secondsSince(context, status.state.running.startedAt) < (probe.initialDelaySeconds ?? 0)) return worker;
  if (status.started === (worker.kind === 'startup')) return worker;
  return yield* runProbe(context, worker, { container, probe });
}

const INITIAL: Readonly<Record<ProbeWorkerRow['kind'], ProbeResult>> = {
  startup: 'unknown',
  readiness: 'failure',
  liveness: 'success',
};

function comesBack({ pod }: PodContext, container: Container, exitCode: number): boolean {
  const isSide = isSidecar(container) && pod.spec.initContainers?.includes(container);
  return isSide || restartsAfter(container, pod.spec.restartPolicy ?? 'Always', exitCode);
}

function statusOf(context: PodContext, container: string): ContainerStatus | undefined {
  const { containerStatuses = [], initContainerStatuses = [] } = currentStatus(context);
  return [...containerStatuses, ...initContainerStatuses].find(({ name }) => name === container);
}

/** Whole seconds since a time as the API writes it, which has no fractions either. */
function secondsSince({ view, now }: PodContext, time = ''): number {
  return Math.floor((view.settings.epochMs + now - (parseRfc3339(time) ?? 0)) / SECOND);
}

/**
 * Sees whether a run under way is over, and draws the conclusions; writes down what the worker has become.
 */
function* goOnRunning(
  context: PodContext,
  worker: ProbeWorkerRow,
  probe: Probe,
  before = worker,
): Doing<void> {
  const { running, ...idle } = worker;
  const outcome = running && (yield* settleExec(context, running));
  const after = outcome ? yield* conclude(context, idle, { outcome, probe }) : worker;
  const delta = deltaOf(before as unknown as KubeObject, after as unknown as KubeObject);
  const isThere = context.view.rows.row('probeWorkers', worker.key) !== undefined;
  if (delta && isThere)
    yield { type: 'ProbeWorkerMoved', node: context.node, pod: context.key, probe: worker.key, ...delta };
}

interface Concluded {
  readonly outcome: ProbeOutcome;
  readonly probe: Probe;
}

function* conclude(
  context: PodContext,
  worker: ProbeWorkerRow,
  { outcome, probe }: Concluded,
): Doing<ProbeWorkerRow> {
  const { result, output } = outcome;
  const kind = NAMES[worker.kind];
  if (result === 'error') {
    const message = `${kind} probe errored and resulted in unknown state: ${output}`;
    yield* tellOf(context, worker.container, { type: 'Warning', reason: 'Unhealthy', message });
    return worker;
  }
  if (result === 'failure') {
    const message = `${kind} probe failed: ${output}`;
    yield* tellOf(context, worker.container, { type: 'Warning', reason: 'Unhealthy', message });
  } else if (outcome.isWarning) {
    const message = `${kind} probe warning: ${output}`;
    yield* tellOf(context, worker.container, { type: 'Warning', reason: 'ProbeWarning', message });
  }
  const threshold = result === 'failure' ? (probe.failureThreshold ?? 3) : (probe.successThreshold ?? 1);
  // Beyond the threshold nobody counts: a probe that says the same for ever leaves no trace.
  const run = worker.last === result ? Math.min(worker.run + 1, threshold) : 1;
  const counted: ProbeWorkerRow = { ...worker, last: result, run };
  if (run < threshold) return counted;
  if (worker.result !== result) yield* tellResult(context, worker, result);
  const holds = worker.kind === 'startup' || (worker.kind === 'liveness' && result === 'failure');
  return { ...counted, result, ...(holds && { onHold: true, run: 0 }) };
}

const NAMES: Readonly<Record<ProbeWorkerRow['kind'], string>> = {
  startup: 'Startup',
  readiness: 'Readiness',
  liveness: 'Liveness',
};

/** When a probe wants to be looked at again. */
export function probeWake(view: View, worker: ProbeWorkerRow, from: Millis): Wake | undefined {
  if (!view.rows.row('machines', worker.node)?.kubelet.running) return undefined;
  const cause = view.rows.changedAt('probeWorkers', worker.key);
  const { running, triggeredAt } = worker;
  if (running) {
    const exec = running.exec === undefined ? undefined : view.rows.row('execs', running.exec);
    const at = exec?.exitCode === undefined ? running.until : exec.requestedAt;
    return { at: Math.max(at, from), cause };
  }
  const tick = firstTick(gridOf(worker), Math.max(from, worker.anchor));
  return { at: triggeredAt === undefined ? tick : Math.max(from, Math.min(triggeredAt, tick)), cause };
}
