import type { Doing } from '../contract/doing.ts';
import type { Response } from '../contract/response.ts';
import type { JsonObject } from '../objects/json.ts';
import type { KubeObject } from '../objects/kube-object.ts';
import { readLastApplied, withLastApplied } from '../objects/last-applied.ts';
import { threeWayMergePatch } from '../objects/patch/three-way-merge.ts';
import type { TaskResult } from './application.ts';
import { asJson } from './compare.ts';
import type { Task } from './sync-tasks.ts';

type Done = Pick<TaskResult, 'status' | 'message' | 'hookPhase'>;

/** Applies an object as `kubectl apply` does (gitops-engine: sync/sync_context.go applyObject). */
export function* applyTask(task: Task): Doing<Done> {
  const { resource, target, live, key } = task.managed;
  if (!target) throw new Error('only what is wanted is applied');
  if (!resource) {
    const what = `${key.namespace ?? ''}/${key.name}`;
    return failed(
      `The Kubernetes API could not find ${key.group ?? ''}/${key.kind} for requested resource ${what}. Make sure the "${key.kind}" CRD is installed on the destination cluster.`,
    );
  }
  const named = `${resource.group === '' ? resource.singular : `${resource.singular}.${resource.group}`}/${key.name}`;
  const place = { resource: resource.name, ...(key.namespace !== undefined && { namespace: key.namespace }) };
  const modified = withLastApplied(target);
  if (!live) {
    const made = yield { verb: 'create', ...place, object: modified };
    return made.ok ? applied(`${named} created`) : failed(made.status.message);
  }
  const { apiVersion, kind } = target;
  const original = (readLastApplied(live) ?? {}) as JsonObject;
  const current = asJson({ ...live, apiVersion, kind });
  const { patchType, patch } = threeWayMergePatch(original, asJson(modified), current, { apiVersion, kind });
  if (Object.keys(patch).length === 0) return applied(`${named} unchanged`);
  const changed = yield { verb: 'patch', ...place, name: key.name, patchType, patch };
  return changed.ok ? applied(`${named} configured`) : failed(changed.status.message);
}

/** Takes away what is not wanted any more, if that was asked for. */
export function* pruneTask({ managed: { resource, live, key } }: Task, prunes: boolean): Doing<Done> {
  if (!resource || !live) return { status: 'Pruned', message: 'pruned', hookPhase: 'Succeeded' };
  if (!prunes || annotation(live, 'Prune=false')) {
    return { status: 'PruneSkipped', message: 'ignored (requires pruning)', hookPhase: 'Succeeded' };
  }
  const gone = yield* remove(resource.name, { ...key });
  return gone.ok
    ? { status: 'Pruned', message: 'pruned', hookPhase: 'Succeeded' }
    : failed(gone.status.message);
}

function annotation(object: KubeObject, option: string): boolean {
  return object.metadata.annotations?.['argocd.argoproj.io/sync-options']?.includes(option) === true;
}

export function* remove(
  resource: string,
  { namespace, name }: { readonly namespace?: string; readonly name: string },
): Doing<Response> {
  const place = { resource, ...(namespace !== undefined && { namespace }), name };
  return yield { verb: 'delete', ...place, propagationPolicy: 'Foreground' };
}

function applied(message: string): Done {
  return { status: 'Synced', message, hookPhase: 'Running' };
}

function failed(message: string): Done {
  return { status: 'SyncFailed', message, hookPhase: 'Failed' };
}
