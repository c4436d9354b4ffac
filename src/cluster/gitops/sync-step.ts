import type { Doing } from '../contract/doing.ts';
import type { OperationState, TaskResult } from './application.ts';
import { applyTask, pruneTask, remove } from './apply-task.ts';
import { healthOf } from './health-of.ts';
import { goesAfter, type Task, taskName } from './sync-tasks.ts';

export interface Step {
  readonly tasks: readonly Task[];
  readonly state: OperationState;
  readonly revision: string;
  /** The pause after a wave is not over. */
  readonly isPaused: boolean;
}

export interface Stepped {
  readonly state: OperationState;
  /** Another wave follows, after a pause. */
  readonly pauses?: true;
}

/**
 * Does what of a sync can be done now: of one wave of one phase, once those before it are healthy
 * (gitops-engine: sync/sync_context.go Sync).
 */
export function* takeStep({ tasks: given, state, revision, isPaused }: Step): Doing<Stepped> {
  const tasks = given.map(lookedAt);
  const ended = (phase: OperationState['phase'], message: string): Stepped => ({
    state: stateWith(state, { tasks, revision, phase, message }),
  });
  const isInSteps = new Set(tasks.map(({ phase, wave }) => `${phase} ${wave}`)).size > 1;
  const running = tasks.filter((task) => isRunning(task) && (isInSteps || task.isHook));
  if (running.length > 0) return ended('Running', waitingFor(running));
  const leaving = tasks.filter(({ result, managed }) => result?.status === 'Pruned' && managed.live);
  if (leaving.length > 0) return ended('Running', waitingFor(leaving, 'deletion of'));
  const regular = tasks.filter(({ phase }) => phase !== 'SyncFail');
  const isFailing = regular.some(({ result }) => isBad(result));
  const pending = tasks.filter(({ result, phase }) => !result && (phase === 'SyncFail') === isFailing);
  const [first] = pending;
  if (!first) {
    yield* removeHooks(tasks, isFailing ? 'HookFailed' : 'HookSucceeded');
    return isFailing
      ? ended('Failed', failureOf(tasks))
      : ended('Succeeded', 'successfully synced (no more tasks)');
  }
  if (isPaused) return ended('Running', 'one or more tasks are running');
  const wave = pending.filter(({ phase, wave: of }) => phase === first.phase && of === first.wave);
  const stale = wave.filter(({ isHook, managed }) => isHook && managed.live);
  if (stale.length > 0) {
    yield* removeAll(stale);
    return ended('Running', waitingFor(stale, 'deletion of'));
  }
  const prunes = state.operation.sync?.prune === true;
  const done = new Map<Task, TaskResult>();
  for (const task of [...wave.filter((each) => each.isPrune), ...wave.filter((each) => !each.isPrune)]) {
    const made = task.isPrune ? yield* pruneTask(task, prunes) : yield* applyTask(task);
    done.set(task, { ...resultHead(task), ...made });
  }
  const after = tasks.map((task) => {
    const result = done.get(task);
    return result ? { ...task, result } : task;
  });
  const isLast = pending.length === wave.length;
  return {
    ...conclusion(state, { tasks: after, revision, isLast }),
    ...(!isLast && { pauses: true as const }),
  };
}

interface Conclusion {
  readonly tasks: readonly Task[];
  readonly revision: string;
  readonly isLast: boolean;
}

function conclusion(state: OperationState, { tasks, revision, isLast }: Conclusion): Stepped {
  const isInSteps = new Set(tasks.map(({ phase, wave }) => `${phase} ${wave}`)).size > 1;
  const bad = tasks.some(({ result }) => result?.status === 'SyncFailed');
  const hasFailTasks = tasks.some(({ phase, result }) => phase === 'SyncFail' && !result);
  if (bad && !hasFailTasks) {
    return { state: stateWith(state, { tasks, revision, phase: 'Failed', message: failureOf(tasks) }) };
  }
  const running = tasks.filter((task) => isRunning(task) && (isInSteps || task.isHook));
  if (!bad && isLast && running.length === 0) {
    const message = 'successfully synced (all tasks run)';
    return { state: stateWith(state, { tasks, revision, phase: 'Succeeded', message }) };
  }
  const message = running.length > 0 ? waitingFor(running) : 'one or more tasks are running';
  return { state: stateWith(state, { tasks, revision, phase: 'Running', message }) };
}

/** A task that runs is judged by how its object is. */
function lookedAt(task: Task): Task {
  const { result, managed, isHook, isPrune } = task;
  if (!result || !isRunning(task) || isPrune) return task;
  const { live } = managed;
  if (!live) {
    const { group = '', kind, name } = managed.key;
    const message = `Resource ${group}/${kind}/${name} is missing, it might have been deleted`;
    return { ...task, result: { ...result, hookPhase: 'Error', message } };
  }
  const health = healthOf(live);
  const message = health?.message ?? result.message;
  const said = message === undefined ? {} : { message };
  if (!health || health.status === 'Healthy')
    return { ...task, result: { ...result, hookPhase: 'Succeeded', ...(isHook ? said : {}) } };
  if (health.status !== 'Degraded') return task;
  return { ...task, result: { ...result, hookPhase: 'Failed', ...said } };
}

function isRunning({ result }: Task): boolean {
  return result?.hookPhase === 'Running';
}

function isBad(result: TaskResult | undefined): boolean {
  return result?.status === 'SyncFailed' || result?.hookPhase === 'Failed' || result?.hookPhase === 'Error';
}

function resultHead({ managed: { key }, phase, isHook }: Task): Omit<TaskResult, 'status' | 'message'> {
  const { group = '', version, kind, namespace = '', name } = key;
  return { group, version, kind, namespace, name, syncPhase: phase, ...(isHook && { hookType: phase }) };
}

function waitingFor(tasks: readonly Task[], why?: string): string {
  const hook = tasks.find(({ isHook }) => isHook);
  const first = hook ?? tasks[0];
  if (!first) return '';
  const reason = why ?? (hook ? 'completion of hook' : 'healthy state of');
  const others = tasks.length - 1;
  const more = others > 0 ? ` and ${others} more ${hook ? 'hooks' : 'resources'}` : '';
  return `waiting for ${reason} ${taskName(first)}${more}`;
}

function failureOf(tasks: readonly Task[]): string {
  const reasons = tasks.flatMap(({ result }) =>
    result?.status === 'SyncFailed' && result.message ? [result.message] : [],
  );
  if (reasons.length === 0) return 'one or more synchronization tasks completed unsuccessfully';
  return `one or more objects failed to apply, reason: ${[...new Set(reasons)].join(',')}`;
}

function* removeHooks(tasks: readonly Task[], end: 'HookSucceeded' | 'HookFailed'): Doing<void> {
  yield* removeAll(tasks.filter((task) => task.isHook && task.managed.live && goesAfter(task, end)));
}

function* removeAll(tasks: readonly Task[]): Doing<void> {
  for (const { managed } of tasks) {
    const { resource, live, key } = managed;
    if (!resource || live?.metadata.deletionTimestamp !== undefined) continue;
    yield* remove(resource.name, { ...key });
  }
}

interface Told {
  readonly tasks: readonly Task[];
  readonly revision: string;
  readonly phase: OperationState['phase'];
  readonly message: string;
}

function stateWith(state: OperationState, { tasks, revision, phase, message }: Told): OperationState {
  const resources = tasks.flatMap(({ result }) => (result ? [result] : []));
  return { ...state, phase, message, syncResult: { ...state.syncResult, revision, resources } };
}
