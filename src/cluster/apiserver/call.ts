import type { Chance } from '../../kernel/chance/draw.ts';
import type { Millis } from '../../kernel/time/millis.ts';
import { formatRfc3339 } from '../../kernel/time/rfc3339.ts';
import type { RequestContext } from '../contract/api-server.ts';
import type { Refused } from '../contract/response.ts';
import type { ClusterSettings } from '../contract/settings.ts';
import type { User } from '../contract/user.ts';
import type { KubeObject } from '../objects/kube-object.ts';
import type { Resource } from '../objects/schema/resources.ts';
import { storageKey } from '../objects/storage-key.ts';
import type { Transaction } from './store/transaction.ts';

/** A request on its way through the server: what it is about, and the store that it reads and writes. */
export interface Call {
  readonly resource: ServedResource;
  readonly subresource?: string;
  /** Absent for cluster-scoped resources, and for all namespaces. */
  readonly namespace?: string;
  readonly store: Transaction;
  readonly settings: ClusterSettings;
  readonly chance: Chance;
  readonly at: Millis;
  /** The field manager. */
  readonly manager: string;
  /** Whom the request speaks for. */
  readonly user: User;
  /** Somebody has shown credentials, or wants to be taken for another: the cluster's own programs do not. */
  readonly isShown?: true;
  /** Is told of each stage, where somebody wants to know. */
  readonly tell?: RequestContext['tell'];
  /** Headers of the answer; stages add to them. */
  readonly warnings: string[];
}

/** A resource as a cluster of one version serves it. */
export interface ServedResource extends Resource {
  readonly strategy: Strategy;
  /** What its users are warned of with every request. */
  readonly deprecation?: string;
}

/**
 * What the server does with the objects of one resource beyond what it does with all (kubernetes:
 * pkg/registry, strategy.go). Drafts are the server's own copies, free to be changed.
 */
export interface Strategy {
  readonly hasStatus: boolean;
  /** Clients may say at creation what the status is, as kubelets do of their Nodes. */
  readonly keepsStatusAtCreate: boolean;
  readonly generation: GenerationRule;
  /** An update need not name the version that it was made from. */
  readonly allowsUnconditionalUpdate: boolean;
  /**
   * What becomes of an object's dependents when a deletion does not say; nothing ever waits for those of
   * Events.
   */
  readonly defaultPropagation: 'Background' | 'Orphan' | 'Unsupported';
  /** Seconds between a deletion's request and the end; absent for objects that end at once. */
  readonly gracePeriod?: (stored: KubeObject, requestedSeconds: number | undefined) => number;
  readonly prepareForCreate?: (draft: KubeObject, call: Call) => Refused | undefined;
  readonly prepareForUpdate?: (draft: KubeObject, stored: KubeObject, call: Call) => Refused | undefined;
  readonly prepareForStatus?: (draft: KubeObject, stored: KubeObject, call: Call) => Refused | undefined;
  /** What is written with the first request for an object's end, where that is more than the usual. */
  readonly markDeleted?: (stored: KubeObject, call: Call) => KubeObject | undefined;
  /** Whether an object that waits for nothing else any more may go. */
  readonly isFinalized?: (object: KubeObject) => boolean;
}

/**
 * What makes `metadata.generation` count up: nothing (there is none), nothing after the creation, a change of
 * what is wanted, or that and a change of labels, annotations or the status.
 */
export type GenerationRule =
  | 'none'
  | 'once'
  | 'content'
  | 'content+labels'
  | 'content+annotations'
  | 'content+status';

/** What a stage hands on, or the refusal that ends the call. */
export type Outcome<Value> = { readonly ok: true; readonly value: Value } | Refused;

export function granted<Value>(value: Value): Outcome<Value> {
  return { ok: true, value };
}

/** The etcd key of an object of the call's resource and namespace. */
export function keyOf({ resource, namespace }: Call, name: string): string {
  return namespace === undefined
    ? storageKey({ resource: resource.name, name })
    : storageKey({ resource: resource.name, namespace, name });
}

/** The instant of the call, or `offsetMs` later, as `metav1.Time`. */
export function timestamp({ settings, at }: Call, offsetMs = 0): string {
  return formatRfc3339(settings.epochMs + at + offsetMs);
}
