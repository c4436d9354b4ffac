import type { CoreEvent } from '../cluster/objects/kubernetes.ts';
import type { Millis } from '../kernel/time/millis.ts';
import type { ExpectationDocument } from '../scenario/language/schema/scenario-schema.ts';
import type { KindName, ObjectOf } from './kinds.ts';

/** What a Kubernetes Event is like: `{ reason: 'Unhealthy', object: { kind: 'Pod' } }`. */
export type EventLike = Omit<NonNullable<ExpectationDocument['event']>, 'count' | 'from'>;

export interface Where {
  /** Default: that of kubectl's context. */
  readonly namespace?: string;
}

export interface WhichOnes extends Where {
  /** A selector, as kubectl's `-l` takes it: `app=web,tier!=cache`; or labels with their values. */
  readonly labels?: string | Readonly<Record<string, string>>;
  /** In all namespaces. */
  readonly everywhere?: boolean;
}

export interface WhichLogs extends Where {
  /** Needed where the pod has several. */
  readonly container?: string;
  /** Those of the container before its last restart. */
  readonly previous?: boolean;
}

/** What a command answered. */
export interface Answered {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

/** A cluster at an instant, to be read. */
export interface Moment {
  /** Virtual milliseconds since the cluster began. */
  readonly now: Millis;
  /** The same as a person reads it: `01:02.114`. */
  readonly time: string;
  /** The object of this kind and name; undefined if there is none. */
  get<Kind extends KindName>(kind: Kind, name: string, where?: Where): ObjectOf<Kind> | undefined;
  /** The objects of a kind, by namespace and name. */
  list<Kind extends KindName>(kind: Kind, which?: WhichOnes): readonly ObjectOf<Kind>[];
  /** Kubernetes Events, in the order in which they happened last. */
  events(like?: EventLike): readonly CoreEvent[];
  /** What a container has written. */
  logs(pod: string, which?: WhichLogs): string;
  /** What a command that only reads answers: `kubectl get pods -o wide`. Nothing is written. */
  ask(line: string): Answered;
}
