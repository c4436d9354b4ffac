import { type Millis, SECOND } from '../../../kernel/time/millis.ts';
import type { View } from '../../contract/component.ts';
import type { Doing } from '../../contract/doing.ts';
import type { Kill, KillStep } from '../../contract/pod-worker-row.ts';
import { extended } from '../../objects/json.ts';
import { isSidecar } from '../../objects/pod-resources.ts';
import { imageOn } from '../images-of-node.ts';
import { beginHook, failedHookMessage, hookOutcome, hookWakesAt } from './hooks.ts';
import { containerSpec, DONE, type PodContext, type StepResult, tellOf } from './pod-context.ts';

/** Even a container without any time left gets this to go by itself. Kubelet: minimumGracePeriodInSeconds. */
const LEAST_GRACE_SECONDS = 2;

/**
 * Stops containers, all at the same time: each is announced, runs its hook, waits for its turn, is asked to
 * go, and is killed if it has not gone in time. Kubelet: kuberuntime_container.go killContainer.
 */
export function* killContainers(context: PodContext, step: KillStep): Doing<StepResult> {
  let kills = step.kills;
  for (let changed = true; changed; ) {
    changed = false;
    for (const kill of kills) {
      const next = yield* goOnKilling(context, kill, { ...step, kills });
      if (next === kill) continue;
      kills = kills.map((other) => (other === kill ? next : other));
      changed = true;
    }
  }
  if (kills.every(({ at }) => at === 'gone')) return DONE;
  return { step: 'goes on', as: { ...step, kills } };
}

/** One move of one container on its way out; the same kill when it waits. */
function* goOnKilling(context: PodContext, kill: Kill, step: KillStep): Doing<Kill> {
  switch (kill.at) {
    case 'announce':
      return yield* announce(context, kill);
    case 'hook':
      return yield* goOnWithHook(context, kill);
    case 'turn':
      return yield* awaitTurn(context, kill, step);
    case 'stop':
      return yield* awaitExit(context, kill);
    case 'gone':
      return kill;
  }
}

function* announce(context: PodContext, kill: Kill): Doing<Kill> {
  const { now } = context;
  const { message, graceSeconds } = kill;
  yield* tellOf(context, kill.container, { type: 'Normal', reason: 'Killing', message });
  const hook = containerSpec(context.pod, kill.container)?.lifecycle?.preStop;
  if (!hook || graceSeconds <= 0)
    return extended(kill, { at: 'turn' as const, since: now, until: now + graceSeconds * SECOND });
  const run = yield* beginHook(context, hook, { kind: 'preStop', container: kill.container, id: kill.id });
  return { ...kill, at: 'hook', since: now, until: now + graceSeconds * SECOND, hook: run };
}

function* goOnWithHook(context: PodContext, kill: Kill): Doing<Kill> {
  const { now, view } = context;
  const { hook, ...rest } = kill;
  const outcome = hook ? hookOutcome(view, hook, now) : 'succeeded';
  if (outcome === 'running' && (kill.until ?? now) > now) return kill;
  if (typeof outcome === 'object') yield* tellFailedHook(context, kill, outcome.failure);
  const spent = Math.floor((now - kill.since) / SECOND);
  const graceSeconds = kill.graceSeconds - spent;
  // A hook that was cut off goes on until its container is gone.
  const kept = outcome === 'running' && hook ? { hook } : {};
  return {
    ...rest,
    ...kept,
    graceSeconds,
    at: 'turn',
    since: now,
    until: now + Math.max(graceSeconds, 0) * SECOND,
  };
}

function* tellFailedHook(context: PodContext, { container }: Kill, failure: string): Doing<void> {
  const hook = containerSpec(context.pod, container)?.lifecycle?.preStop;
  const message = failedHookMessage(context, hook, { kind: 'preStop', container, failure });
  yield* tellOf(context, container, { type: 'Warning', reason: 'FailedPreStopHook', message });
}

function* awaitTurn(context: PodContext, kill: Kill, { kills, ordered }: KillStep): Doing<Kill> {
  const { now, view } = context;
  if (ordered && kill.graceSeconds > 0 && (kill.until ?? now) > now) {
    const before = namesBefore(context, kill.container);
    if (kills.some(({ container, at }) => before.has(container) && at !== 'gone')) return kill;
  }
  const spent = Math.floor((now - kill.since) / SECOND);
  const graceSeconds = Math.max(kill.graceSeconds - spent, LEAST_GRACE_SECONDS);
  if (view.rows.row('containers', kill.id)?.exit === undefined)
    yield* signal(context, kill, stopSignal(context, kill.container));
  return {
    ...kill,
    graceSeconds,
    at: 'stop',
    since: now,
    until: now + graceSeconds * SECOND,
    signalled: 'TERM',
  };
}

/** Sidecars go after the regular containers, and each after those that were started after it. */
function namesBefore({ pod }: PodContext, container: string): ReadonlySet<string> {
  const sidecars = (pod.spec.initContainers ?? []).filter(isSidecar).map(({ name }) => name);
  const index = sidecars.indexOf(container);
  if (index < 0) return new Set();
  return new Set([...pod.spec.containers.map(({ name }) => name), ...sidecars.slice(index + 1)]);
}

function* awaitExit(context: PodContext, kill: Kill): Doing<Kill> {
  const { view, now } = context;
  const row = view.rows.row('containers', kill.id);
  if (!row || row.exit) {
    if (kill.hook) yield* tellFailedHook(context, kill, 'exited with 137');
    const { until: _, hook: __, ...rest } = kill;
    return { ...rest, at: 'gone', since: now };
  }
  if (kill.signalled === 'KILL' || (kill.until ?? now) > now) return kill;
  yield* signal(context, kill, 'KILL');
  const { until: _, ...rest } = kill;
  return { ...rest, signalled: 'KILL' };
}

/** What a container is told to stop by: as its pod says (v1.33, KEP-4960), else as its image does. */
function stopSignal({ pod, view, node }: PodContext, container: string): string {
  const spec = containerSpec(pod, container);
  const ofImage =
    spec?.image === undefined ? undefined : imageOn(view, node, spec.image).behaviour.stopSignal;
  return (spec?.lifecycle?.stopSignal ?? ofImage ?? 'SIGTERM').replace(/^SIG/, '');
}

function* signal({ node, key }: PodContext, { id }: Kill, name: string): Doing<void> {
  yield { type: 'SignalSent', node, pod: key, container: id, signal: name };
}

/** When a step of kills wants to be gone on with; undefined while it waits for a container or a hook. */
export function killWakesAt(view: View, { kills }: KillStep): Millis | undefined {
  const times: Millis[] = [];
  for (const kill of kills) {
    if (kill.at === 'gone') continue;
    const row = view.rows.row('containers', kill.id);
    if (kill.at === 'stop' && (!row || row.exit)) times.push(row?.exit?.at ?? kill.since);
    if (kill.until !== undefined) times.push(kill.until);
    if (kill.at === 'hook') times.push(hookWakesAt(view, kill.hook) ?? Number.POSITIVE_INFINITY);
  }
  const at = Math.min(...times);
  return Number.isFinite(at) ? at : undefined;
}
