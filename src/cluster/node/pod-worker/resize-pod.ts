import type { Doing } from '../../contract/doing.ts';
import type { ResizePending } from '../../contract/pod-worker-row.ts';
import { isEqualJson } from '../../objects/json.ts';
import type { Container, Node, Pod } from '../../objects/kubernetes.ts';
import { inVersion, type Since } from '../../objects/versions.ts';
import { HAS_RESOURCES } from '../status/version-differences.ts';
import { lackOf } from './admission.ts';
import { move, type PodContext, tell } from './pod-context.ts';

/** kubernetes: 1.33 to 1.35, allocation_manager.go canResizePod; later it waits, for the node may grow. */
const MAY_BE_INFEASIBLE: Since<boolean> = [
  [33, true],
  [36, false],
];

/** kubelet: events/resize.go. */
const TELLS_RESIZES: Since<boolean> = [
  [0, false],
  [35, true],
];

/**
 * What a pod's containers shall have is not what they have been given. Kubelet: allocation_manager.go
 * handlePodResourcesResize. What fits is given at once, and the next piece of work carries it out.
 */
export function* noticeResize(context: PodContext): Doing<void> {
  const { worker, pod, version, now } = context;
  const isMeant = worker.stage === 'syncing' && !worker.static && worker.graceSeconds === undefined;
  if (!isMeant || pod.spec.containers === worker.pod.spec.containers) return;
  if (!inVersion(HAS_RESOURCES, version)) return;
  const wanted = withResourcesOf(worker.pod, pod);
  if (isEqualJson(wanted.spec, worker.pod.spec)) {
    // What was wanted is wanted no more.
    if (worker.resizePending) move(context, { resizePending: undefined, pendingSince: now });
    return;
  }
  const refusal = yield* refusalOf(context, wanted);
  if (refusal) yield* putOff(context, refusal);
  else yield* give(context, wanted);
}

/** The pod as the kubelet took it in, with what its containers shall have now. */
function withResourcesOf(admitted: Pod, { spec }: Pod): Pod {
  const given = (container: Container, index: number, list: readonly Container[] = []): Container => {
    const { resources } = list.find(({ name }) => name === container.name) ?? list[index] ?? container;
    return resources === undefined ? container : { ...container, resources };
  };
  const { containers, initContainers } = admitted.spec;
  return {
    ...admitted,
    spec: {
      ...admitted.spec,
      containers: containers.map((each, index) => given(each, index, spec.containers)),
      ...(initContainers && {
        initContainers: initContainers.map((each, index) => given(each, index, spec.initContainers)),
      }),
    },
  };
}

function* refusalOf(
  { view, node, key, version }: PodContext,
  wanted: Pod,
): Doing<Pick<ResizePending, 'reason' | 'message'> | undefined> {
  const got = yield { verb: 'get', resource: 'nodes', name: node };
  if (!got.ok) return undefined;
  const others = view.rows
    .rowsBy('podWorkers', 'node', node)
    .filter((each) => each.key !== key && (each.stage === 'syncing' || each.stage === 'terminating'))
    .map((each) => each.pod);
  if (inVersion(MAY_BE_INFEASIBLE, version)) {
    const alone = lackOf(wanted, got.object as Node, []);
    if (alone) {
      const message = alone.message.replace('enough resource', 'enough capacity').replace(/used: \d+, /, '');
      return { reason: 'Infeasible', message };
    }
  }
  const lack = lackOf(wanted, got.object as Node, others);
  return lack && { reason: 'Deferred', message: lack.message };
}

function* putOff(
  context: PodContext,
  { reason, message }: Pick<ResizePending, 'reason' | 'message'>,
): Doing<void> {
  const { worker, now, pod } = context;
  const before = worker.resizePending;
  if (before?.reason === reason && before.message === message) return;
  move(context, { resizePending: { reason, message, since: before?.since ?? now }, pendingSince: now });
  yield* tellResize(context, {
    type: 'Warning',
    event: `Resize${reason}`,
    title: `Pod resize ${reason}`,
    pod,
    error: message,
  });
}

function* give(context: PodContext, wanted: Pod): Doing<void> {
  const { worker, now, pod } = context;
  const resizing = { since: now, restarts: restartsFor(worker.pod, wanted), before: worker.pod.spec };
  move(context, { pod: wanted, resizing, resizePending: undefined, pendingSince: now });
  yield* tellResize(context, { type: 'Normal', event: 'ResizeStarted', title: 'Pod resize started', pod });
}

/** Containers that say of what changes that they want to be started anew with it. */
function restartsFor(before: Pod, after: Pod): readonly string[] {
  return after.spec.containers.flatMap((container, index) => {
    const old = before.spec.containers[index]?.resources;
    const policies = container.resizePolicy ?? [];
    const isMeant = policies.some(
      ({ resourceName, restartPolicy }) =>
        restartPolicy === 'RestartContainer' &&
        (old?.requests?.[resourceName] !== container.resources?.requests?.[resourceName] ||
          old?.limits?.[resourceName] !== container.resources?.limits?.[resourceName]),
    );
    return isMeant ? [container.name] : [];
  });
}

/** All that was to be done for it has been done. */
export function* endResize(context: PodContext): Doing<void> {
  const { view, worker, key, now, pod } = context;
  const { resizing } = worker;
  if (!resizing) return;
  const isWaiting = resizing.restarts.some((name) =>
    view.rows
      .rowsBy('containers', 'pod', key)
      .every((row) => row.name !== name || row.createdAt <= resizing.since || row.startedAt === undefined),
  );
  if (isWaiting) return;
  move(context, { resizing: undefined, pendingSince: now });
  yield* tellResize(context, {
    type: 'Normal',
    event: 'ResizeCompleted',
    title: 'Pod resize completed',
    pod,
  });
}

interface Told {
  readonly type: 'Normal' | 'Warning';
  readonly event: string;
  readonly title: string;
  readonly pod: Pod;
  readonly error?: string;
}

function* tellResize(
  context: PodContext,
  { type, event, title, pod: { metadata, spec }, error }: Told,
): Doing<void> {
  if (!inVersion(TELLS_RESIZES, context.version)) return;
  const listed = (containers: readonly Container[]): unknown =>
    containers.map(({ name, resources: { limits, requests } = {} }) => ({
      name,
      resources: { ...(limits && { limits }), ...(requests && { requests }) },
    }));
  const summary = {
    ...(spec.initContainers && { initContainers: listed(spec.initContainers) }),
    containers: listed(spec.containers),
    generation: metadata.generation ?? 0,
    ...(error !== undefined && { error }),
  };
  yield* tell(context, { type, reason: event, message: `${title}: ${JSON.stringify(summary)}` });
}
