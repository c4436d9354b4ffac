import type { Millis } from '../../kernel/time/millis.ts';
import { formatRfc3339 } from '../../kernel/time/rfc3339.ts';
import type { Files } from '../clients/files.ts';
import type { Reaction, View } from '../contract/component.ts';
import { controllerRowKey } from '../contract/controller-row.ts';
import type { Doing } from '../contract/doing.ts';
import { isEqualJson, without } from '../objects/json.ts';
import { record } from '../recorder/record.ts';
import {
  APPLICATIONS,
  type Application,
  type ApplicationStatus,
  type OperationState,
  REFRESH,
  type ResourceStatus,
} from './application.ts';
import { autoSync } from './auto-sync.ts';
import { compare, type Managed, managedOf, statusOf } from './compare.ts';
import { worseOf } from './health-of.ts';
import { readTarget } from './read-target.ts';
import { takeStep } from './sync-step.ts';
import { isLeftOut, tasksOf } from './sync-tasks.ts';

interface Look {
  readonly app: Application;
  readonly now: Millis;
  readonly actor: string;
  readonly key: string;
  readonly files: Files;
}

/** The pause between two waves (argo-cd: ARGOCD_SYNC_WAVE_DELAY). */
const WAVE_MS = 2000;

/** Compares, goes on with what is being done or begins to do something, and writes down what it found. */
export function* reconcileApplication(view: View, look: Look): Reaction {
  const { app, now, files } = look;
  const { version } = view.settings;
  const source = app.spec.source ?? {};
  const target = readTarget(files, source, version.minor);
  if ('problem' in target) {
    yield* write(view, look, { status: unknown(view, look, target.problem) });
    return;
  }
  const objects = target.objects.filter((object) => !isLeftOut(object));
  const managed = compare(view.objects, { app, objects, version });
  const status = { ...comparedStatus(view, look, managed), sourceType: target.sourceType };
  const sync = {
    status: managed.every(({ isSynced }) => isSynced) ? ('Synced' as const) : ('OutOfSync' as const),
    revision: target.revision,
    comparedTo: { source, ...(app.spec.destination && { destination: app.spec.destination }) },
  };
  const hooks = target.objects
    .filter(isLeftOut)
    .map((object) => managedOf(view.objects, { app, target: named(object, app, target.revision), version }));
  if (app.operation?.sync) {
    const { state, pauses } = yield* goOn(view, look, { managed, hooks, revision: target.revision });
    if (pauses) yield { type: 'LookPutOff', actor: look.actor, about: look.key, until: now + WAVE_MS };
    yield* write(view, look, { status: { ...status, sync, ...operated(view, look, state) } });
    return;
  }
  const epochMs = view.settings.epochMs + now;
  const resources = status.resources ?? [];
  const auto = autoSync(app, { revision: target.revision, resources, epochMs });
  if (auto && 'waitsUntil' in auto) {
    const until = auto.waitsUntil - view.settings.epochMs;
    yield { type: 'LookPutOff', actor: look.actor, about: look.key, until };
  }
  const conditions = auto && 'problem' in auto ? conditionsOf(view, look, 'SyncError', auto.problem) : [];
  yield* write(view, look, {
    status: { ...without(status, 'conditions'), sync, ...(conditions.length > 0 && { conditions }) },
    ...(auto && 'operation' in auto && { operation: auto.operation }),
  });
}

interface Sides {
  readonly managed: readonly Managed[];
  readonly hooks: readonly Managed[];
  readonly revision: string;
}

function* goOn(
  view: View,
  { app, now, actor, key }: Look,
  { managed, hooks, revision }: Sides,
): Doing<{ state: OperationState; pauses?: true }> {
  const operation = app.operation ?? {};
  const last = app.status?.operationState;
  const state: OperationState =
    last?.phase === 'Running'
      ? last
      : { operation, phase: 'Running', startedAt: formatRfc3339(view.settings.epochMs + now) };
  const namespace = app.spec.destination?.namespace;
  const options = operation.sync?.syncOptions ?? app.spec.syncPolicy?.syncOptions ?? [];
  if (
    namespace &&
    options.includes('CreateNamespace=true') &&
    !view.objects.get('namespaces', undefined, namespace)
  ) {
    const object = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } };
    yield { verb: 'create', resource: 'namespaces', object };
  }
  const paused = view.rows.row('controllerKeys', controllerRowKey(actor, key))?.lookAt ?? now;
  return yield* takeStep({ tasks: tasksOf(managed, hooks, state), state, revision, isPaused: paused > now });
}

/** What a hook without a name of its own is called (gitops-engine: sync/sync_context.go getSyncTasks). */
function named(object: Managed['target'] & object, app: Application, revision: string): typeof object {
  const { generateName, name } = object.metadata;
  if (name !== undefined || generateName === undefined) return object;
  const phase = object.metadata.annotations?.['argocd.argoproj.io/hook']?.split(',')[0]?.toLowerCase() ?? '';
  const made = `${generateName}${revision.slice(0, 7)}-${phase}-${app.metadata.generation ?? 1}`;
  return { ...object, metadata: { ...object.metadata, name: made } };
}

function comparedStatus(
  { settings }: View,
  { app, now }: Look,
  managed: readonly Managed[],
): ApplicationStatus {
  const resources: readonly ResourceStatus[] = managed.map(statusOf);
  const worst = resources.reduce(
    (sum, { health }) => (health ? worseOf(sum, health.status) : sum),
    'Healthy' as const as NonNullable<ResourceStatus['health']>['status'],
  );
  const before = app.status?.health;
  const since = before?.status === worst ? before.lastTransitionTime : formatRfc3339(settings.epochMs + now);
  return { ...app.status, health: { status: worst, ...(since && { lastTransitionTime: since }) }, resources };
}

function unknown(view: View, look: Look, problem: string): ApplicationStatus {
  const { source = {} } = look.app.spec;
  const sync = { status: 'Unknown' as const, comparedTo: { source } };
  const conditions = conditionsOf(view, look, 'ComparisonError', problem);
  const health = look.app.status?.health ?? { status: 'Healthy' as const };
  return { ...look.app.status, sync, health, conditions };
}

function conditionsOf({ settings }: View, { app, now }: Look, type: string, message: string) {
  const same = app.status?.conditions?.find((each) => each.type === type && each.message === message);
  return [same ?? { type, message, lastTransitionTime: formatRfc3339(settings.epochMs + now) }];
}

/** What becomes of the status when an operation has gone on, or is over. */
function operated({ settings }: View, { app, now }: Look, state: OperationState): Partial<ApplicationStatus> {
  if (state.phase === 'Running') return { operationState: state };
  const finishedAt = formatRfc3339(settings.epochMs + now);
  const operationState = { ...state, finishedAt };
  // What heals a part is no new deployment.
  if (state.phase !== 'Succeeded' || state.operation.sync?.resources) return { operationState };
  const history = app.status?.history ?? [];
  const deployed = {
    id: (history.at(-1)?.id ?? -1) + 1,
    revision: state.syncResult?.revision ?? '',
    deployStartedAt: state.startedAt,
    deployedAt: finishedAt,
    ...(app.spec.source && { source: app.spec.source }),
  };
  return { operationState, history: [...history, deployed].slice(-10) };
}

interface Found {
  readonly status: ApplicationStatus;
  readonly operation?: NonNullable<Application['operation']>;
}

/** Writes down what is new, and tells of it in Kubernetes Events. */
function* write(view: View, look: Look, { status, operation }: Found): Reaction {
  const { app, now } = look;
  const isOver =
    app.operation !== undefined &&
    status.operationState?.finishedAt !== undefined &&
    status.operationState !== app.status?.operationState;
  const isAsked = app.metadata.annotations?.[REFRESH] !== undefined;
  if (!operation && !isOver && !isAsked && isEqualJson(app.status ?? {}, status)) return;
  const annotations = without(app.metadata.annotations ?? {}, REFRESH);
  const metadata = isAsked ? { ...app.metadata, annotations } : app.metadata;
  const reconciledAt = formatRfc3339(view.settings.epochMs + now);
  const base = isOver ? without(app, 'operation') : app;
  const object = { ...base, metadata, status: { ...status, reconciledAt }, ...(operation && { operation }) };
  const { namespace = '', name = '' } = app.metadata;
  const response = yield { verb: 'update', resource: APPLICATIONS, namespace, name, object };
  if (!response.ok) return;
  for (const [type, reason, message] of newsOf(app, { status, ...(operation && { operation }) }, isOver)) {
    yield* record(view, { component: look.actor, object: app, type, reason, message }, now);
  }
}

type News = readonly [type: 'Normal' | 'Warning', reason: string, message: string];

function newsOf(
  { status: before = {} }: Application,
  { status, operation }: Found,
  isOver: boolean,
): readonly News[] {
  const news: News[] = [];
  const state = status.operationState;
  if (isOver && state) {
    const how = state.phase === 'Succeeded' ? 'succeeded' : `failed: ${state.message ?? ''}`;
    const type = state.phase === 'Succeeded' ? 'Normal' : 'Warning';
    const what = state.operation.sync?.resources ? 'Partial sync operation' : 'Sync operation';
    news.push([type, 'OperationCompleted', `${what} to ${state.syncResult?.revision ?? ''} ${how}`]);
  }
  const changes = [
    ['sync', before.sync?.status, status.sync?.status],
    ['health', before.health?.status, status.health?.status],
  ] as const;
  for (const [what, from = '', to = ''] of changes) {
    if (from !== to) news.push(['Normal', 'ResourceUpdated', `Updated ${what} status: ${from} -> ${to}`]);
  }
  if (operation) {
    news.push([
      'Normal',
      'OperationStarted',
      `Initiated automated sync to '${operation.sync?.revision ?? ''}'`,
    ]);
  }
  return news;
}
