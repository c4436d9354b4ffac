import type { KubeObject } from '../objects/kube-object.ts';
import type { Credentials, Impersonated } from './user.ts';

/** What a client or a component asks of the API server. Imperative: it may be refused. */
export type Request =
  | CreateRequest
  | GetRequest
  | ListRequest
  | UpdateRequest
  | PatchRequest
  | DeleteRequest
  | DeleteCollectionRequest;

interface Target {
  /** The plural with its group: `pods`, `deployments.apps`. */
  readonly resource: string;
  /** Absent for cluster-scoped resources, and for a list over all namespaces. */
  readonly namespace?: string;
  /** Of a resource that a definition describes in several versions: the one that is asked for. */
  readonly version?: string;
  /** `status`, `binding`, `scale`, `eviction`, `log`, … */
  readonly subresource?: string;
  /** Validate and admit, but store nothing (`dryRun: All`). */
  readonly dryRun?: boolean;
  /**
   * With `metadata.managedFields`, which is found out only for those who look at it: of what is read, and of
   * what a dry run answers.
   */
  readonly showsManagers?: boolean;
  /**
   * The name under which the fields that a write changes are remembered; absent: what the actor mostly goes
   * by.
   */
  readonly fieldManager?: string;
  /** Absent: those of the program that asks, which may do what it does. */
  readonly credentials?: Credentials;
  /** Whom to be taken for instead. */
  readonly as?: Impersonated;
}

export interface CreateRequest extends Target {
  readonly verb: 'create';
  /** Set for a subresource: the object it belongs to. */
  readonly name?: string;
  /**
   * Its metadata.name may be absent when generateName is there. A component may leave apiVersion and kind to
   * it.
   */
  readonly object: KubeObject;
  /** Refuse unknown and duplicate fields (`fieldValidation: Strict`), as kubectl asks for. */
  readonly strict?: boolean;
}

export interface GetRequest extends Target {
  readonly verb: 'get';
  readonly name: string;
}

export interface ListRequest extends Target {
  readonly verb: 'list';
  /** As `kubectl -l` writes it. */
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
}

export interface UpdateRequest extends Target {
  readonly verb: 'update';
  readonly name: string;
  readonly object: KubeObject;
  readonly strict?: boolean;
}

export interface PatchRequest extends Target {
  readonly verb: 'patch';
  readonly name: string;
  readonly patchType: 'strategic' | 'merge' | 'json' | 'apply';
  readonly patch: unknown;
  /** Of an apply: fields that others own are taken from them. */
  readonly force?: boolean;
  readonly strict?: boolean;
}

export interface DeleteOptions {
  /** Seconds; absent: the object's own. */
  readonly gracePeriodSeconds?: number;
  readonly propagationPolicy?: 'Background' | 'Foreground' | 'Orphan';
  readonly preconditions?: { readonly uid?: string; readonly resourceVersion?: string };
}

export interface DeleteRequest extends Target, DeleteOptions {
  readonly verb: 'delete';
  readonly name: string;
}

export interface DeleteCollectionRequest extends Target, DeleteOptions {
  readonly verb: 'deletecollection';
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
}

/** The name of the object that is asked for; undefined for many, and for one that has none yet. */
export function nameAsked(request: Request): string | undefined {
  if ('name' in request && request.name !== undefined) return request.name;
  return request.verb === 'create' ? request.object.metadata?.name : undefined;
}
