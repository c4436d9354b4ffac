import { type Millis, SECOND } from '../../../kernel/time/millis.ts';
import type { View } from '../../contract/component.ts';
import type { Doing } from '../../contract/doing.ts';
import type { HookRun } from '../../contract/pod-worker-row.ts';
import type { LifecycleHandler } from '../../objects/kubernetes.ts';
import { inVersion, type Since } from '../../objects/versions.ts';
import { httpGet } from '../probes/http-get.ts';
import { containerSpec, type PodContext, podTitle } from './pod-context.ts';

/**
 * The event says only that a hook failed, so that no secret leaks out. Recorded in 1.20 (with all) and 1.36.
 */
const KEEPS_FAILURE_SECRET: Since<boolean> = [
  [20, false],
  [27, true],
];

interface Hooked {
  readonly kind: 'preStop' | 'postStart';
  readonly container: string;
  /** The container's. */
  readonly id: string;
}

/** Begins to run a hook. Kubelet: lifecycle/handlers.go. */
export function* beginHook(
  context: PodContext,
  hook: LifecycleHandler,
  { kind, container, id }: Hooked,
): Doing<HookRun> {
  const { now, key, node, pod } = context;
  if (hook.exec) {
    const exec = `${kind}/${id}`;
    yield { type: 'ExecRequested', exec, node, pod: key, container: id, argv: hook.exec.command ?? [] };
    return { exec };
  }
  if (hook.sleep) return { until: now + hook.sleep.seconds * SECOND };
  const spec = containerSpec(pod, container);
  if (!hook.httpGet || !spec) return { until: now };
  const call = yield* httpGet(context, { action: hook.httpGet, container: spec, purpose: 'lifecycle' });
  // Whatever the answer says: a hook only fails if there is none.
  const error =
    'problem' in call ? call.problem : 'error' in call ? `Get "${call.url}": ${call.error}` : undefined;
  return { until: now + call.afterMs, ...(error !== undefined && { failure: error }) };
}

export function hookOutcome(
  view: View,
  run: HookRun,
  now: Millis,
): 'running' | 'succeeded' | { readonly failure: string } {
  if (run.exec === undefined) {
    if (run.until !== undefined && run.until > now) return 'running';
    return run.failure === undefined ? 'succeeded' : { failure: run.failure };
  }
  const exec = view.rows.row('execs', run.exec);
  if (!exec || exec.exitCode === undefined) return 'running';
  if (exec.failure !== undefined) return { failure: exec.failure };
  return exec.exitCode === 0 ? 'succeeded' : { failure: `exited with ${exec.exitCode}` };
}

/** When a hook is over, as far as that is known. */
export function hookWakesAt(view: View, run: HookRun | undefined): Millis | undefined {
  if (!run) return undefined;
  if (run.exec === undefined) return run.until;
  const exec = view.rows.row('execs', run.exec);
  return exec?.exitCode === undefined ? undefined : exec.requestedAt;
}

interface Failed {
  readonly kind: Hooked['kind'];
  readonly container: string;
  readonly failure: string;
}

export function failedHookMessage(
  context: PodContext,
  hook: LifecycleHandler | undefined,
  { kind, container, failure }: Failed,
): string {
  if (inVersion(KEEPS_FAILURE_SECRET, context.version))
    return kind === 'preStop' ? 'PreStopHook failed' : 'PostStartHook failed';
  const command = hook?.exec?.command ?? [];
  const what = hook?.exec
    ? `Exec lifecycle hook ([${command.join(' ')}])`
    : `Http lifecycle hook (${hook?.httpGet?.path ?? ''})`;
  const isEnded = hook?.exec && failure.startsWith('exited with ');
  const error = isEnded ? `command '${command.join(' ')}' ${failure}: ` : failure;
  return `${what} for Container "${container}" in Pod "${podTitle(context)}" failed - error: ${error}, message: ""`;
}
