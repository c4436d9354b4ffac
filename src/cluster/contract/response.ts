import type { KubeObject } from '../objects/kube-object.ts';

/** The API server's answer. A refusal is a value; a throw would be a bug of the simulation. */
export type Response = Granted | Refused;

export interface Granted {
  readonly ok: true;
  /** The object as it is after the request; absent for lists. */
  readonly object?: KubeObject;
  /** Of a list: in the order of their etcd keys. */
  readonly items?: readonly KubeObject[];
  /** The store's revision at which this was true. */
  readonly revision: number;
  /** As the `Warning:` headers of the API. */
  readonly warnings?: readonly string[];
}

export interface Refused {
  readonly ok: false;
  readonly status: RefusalStatus;
}

/**
 * The reason of a failure of the client's own: nobody answered. `details.name` is the host that was asked.
 */
export const CONNECTION_REFUSED = 'ConnectionRefused';

/** `metav1.Status` of a failure. */
export interface RefusalStatus {
  /** HTTP status; 0 where nobody answered. */
  readonly code: number;
  readonly reason: string;
  readonly message: string;
  readonly details?: {
    readonly name?: string;
    readonly group?: string;
    readonly kind?: string;
    readonly causes?: readonly {
      readonly reason?: string;
      readonly message: string;
      readonly field?: string;
    }[];
    readonly retryAfterSeconds?: number;
  };
}
