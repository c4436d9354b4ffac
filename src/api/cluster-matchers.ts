import type { ConditionDocument } from '../scenario/language/schema/scenario-schema.ts';

/** How long something may take. */
export interface Within {
  /** Virtual time. Without it, it must be so at once. */
  readonly within?: string;
}

/** A resource in part, as scenarios expect one: what is not said does not matter. */
export type ResourceLike = NonNullable<ConditionDocument['resource']>;
export type LogsLike = Omit<NonNullable<ConditionDocument['logs']>, 'pod'>;

/** What can be expected of a cluster. */
export interface ClusterMatchers<Result = unknown> {
  /** All workloads come to be as their manifests say. Without a time: within 5m. */
  toConverge(options?: Within): Result;
  /** So many pods of `deployment/web` are ready; without a number, all that it wants. */
  toHaveReady(what: string, count?: number, options?: Within & { readonly namespace?: string }): Result;
  /** There is an object like this. A value may be `{ gte: 2 }`, `{ contains: … }`, `{ absent: true }`, … */
  toMatchResource(resource: ResourceLike, options?: Within): Result;
  /** Kubernetes tells of something: `{ reason: 'Unhealthy', object: { kind: 'Pod' } }`. */
  toHaveEvent(event: NonNullable<ConditionDocument['event']>, options?: Within): Result;
  /** A pod has written something: `'ready'`, `{ matches: '^error' }`. */
  toHaveLogged(pod: string, text: string | LogsLike, options?: Within): Result;
  /** Of a client, or of all clients of a cluster: every request was answered, or still may be. */
  toLoseNoRequests(): Result;
  /** It was so all the time: from when it was so first, from an instant on, or for so long from now. */
  toStayWithin(
    condition: ConditionDocument,
    options?: { readonly since?: string | number; readonly for?: string },
  ): Result;
}
