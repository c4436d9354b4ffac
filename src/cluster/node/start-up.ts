import type { Millis } from '../../kernel/time/millis.ts';
import type { Reaction, View, Wake } from '../contract/component.ts';
import type { MachineRow } from '../contract/machine-rows.ts';
import { KUBELET_RESTART_MS } from '../kubeadm/kubelet-unit.ts';
import type { Pod } from '../objects/kubernetes.ts';
import { isMirrorPod } from '../objects/mirror-pod.ts';
import { isTerminal } from '../objects/pod-phase.ts';
import { heardCounter } from '../world/control-plane.ts';
import { bootstrap, bootstrapWake } from './bootstrap/tls-bootstrap.ts';
import { firstTick, statusTicks } from './clock.ts';
import { makeNode, registerNode } from './heartbeat/register-node.ts';
import { renewLease } from './heartbeat/renew-lease.ts';
import { reportNode } from './heartbeat/report-node.ts';
import { contextOfPod } from './pod-worker/context-of-pod.ts';
import { keep, move } from './pod-worker/pod-context.ts';
import { sendStatus } from './pod-worker/publish-status.ts';
import { workPod } from './pod-worker/work-pod.ts';
import { startProblem } from './start-problem.ts';
import { dropOrphans } from './static-pods/mirror.ts';

/**
 * A kubelet that comes back finds the pods that were bound to its node meanwhile, as it finds all of them.
 * One that starts looks again at what it kept of those that it knew, too, and its back-offs are forgotten;
 * one that was only not heard of goes on.
 */
export function* startUp(view: View, node: string, now: Millis): Reaction {
  const machine = view.rows.row('machines', node);
  if (!machine?.kubelet.running) return;
  const { starting, backSince, bootstraps } = machine.kubelet;
  if (bootstraps) {
    yield* bootstrap(view, machine, now);
    return;
  }
  if (!starting) {
    if (now === statusesSentAt(view, machine)) yield* sendStatuses(view, node, now);
    return;
  }
  const isFresh = backSince === undefined;
  const failure = isFresh ? startProblem(view, node) : undefined;
  if (failure) {
    yield { type: 'KubeletStopped', node, until: now + KUBELET_RESTART_MS, failure };
    return;
  }
  const { unregistered } = machine.kubelet;
  const isKnown = isFresh
    ? yield* registerNode(view, node, now)
    : unregistered
      ? yield* makeNode(view, node, now)
      : true;
  yield { type: 'KubeletCaughtUp', node, ...(!isKnown && { unregistered: true as const }) };
  const bound = view.objects.listBy<Pod>('node', node).filter((pod) => !isMirrorPod(pod));
  const found = bound.map(({ metadata }) => {
    const { namespace, name, uid } = metadata;
    return `${namespace}/${name}/${uid}`;
  });
  const known = view.rows.rowsBy('podWorkers', 'node', node).map(({ key }) => key);
  const keys = isFresh ? found.filter((key) => !known.includes(key)) : new Set([...known, ...found]);
  if (isFresh) yield* lookAgain(view, node, now);
  for (const key of keys) yield* workPod(view, node, { key, now });
  yield* dropOrphans(view, node);
  yield* renewLease(view, node, now);
  // It does not wait for its turn to say that it is there (kubelet.go fastStatusUpdateOnce).
  if (isFresh || unregistered) yield* reportNode(view, node, now);
}

/**
 * Of a pod that has come to its end a kubelet that has just started tells once more, as it finds it at its
 * first look at the runtime: the address, which only the one before it knew, is gone (v1.36/k-daemonset-solo,
 * t+30.398). Kubelet: pod_workers.go UpdatePod, pleg/generic.go getPodIPs.
 */
function* lookAgain(view: View, node: string, now: Millis): Reaction {
  for (const { key, stage, static: isStatic } of view.rows.rowsBy('podWorkers', 'node', node)) {
    const context = stage === 'finished' && !isStatic ? contextOfPod(view, node, key, now) : undefined;
    if (!context || context.isGone || !isTerminal(context.pod)) continue;
    const { worker } = context;
    const { ip: _, ...seen } = worker.seen;
    move(context, { stage: 'terminated', pendingSince: now, lastSyncAt: now, seen: { ...seen, at: 0 } });
    yield* keep(context, worker);
  }
}

/** What others wrote of its pods meanwhile is put right. Kubelet: status_manager.go syncBatch. */
function* sendStatuses(view: View, node: string, now: Millis): Reaction {
  for (const { key } of view.rows.rowsBy('podWorkers', 'node', node)) {
    const context = contextOfPod(view, node, key, now);
    if (context) yield* sendStatus(context);
  }
}

/** From the moment at which the API server is reached again until its pods are listed. */
const LISTING_MS = 50;

function statusesSentAt({ chance }: View, machine: MachineRow): Millis | undefined {
  const { backSince } = machine.kubelet;
  return backSince === undefined ? undefined : firstTick(statusTicks(chance, machine), backSince + 1);
}

export function startUpWake(view: View, machine: MachineRow, from: Millis): Wake | undefined {
  const { starting, backSince, refused, bootstraps } = machine.kubelet;
  if (bootstraps) return bootstrapWake(view, machine, from);
  // Other things change in its row while it waits for its turn.
  const heard = refused ? view.rows.changedAt('counters', heardCounter(machine.node)) : null;
  const cause = heard ?? view.rows.changedAt('machines', machine.node);
  // What it missed has to reach it first.
  if (starting) return { at: Math.max(from, backSince === undefined ? from : backSince + LISTING_MS), cause };
  const at = statusesSentAt(view, machine);
  return at === undefined || at < from ? undefined : { at, cause };
}
