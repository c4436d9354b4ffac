import type {
  CoreEvent,
  EndpointSlice,
  Endpoints,
  Lease,
  LimitRange,
  Pod,
  ReplicaSet,
  ResourceQuota,
  Secret,
  Service,
} from '../../../../objects/kubernetes.ts';

/**
 * What may lie around an object that is described. Only what its kind's description speaks of need be there;
 * what is said to be of the namespace may hold more than what belongs to the object.
 */
export interface Surroundings {
  /** Absent with `--show-events=false`. Those that are about other objects are left out. */
  readonly events?: readonly CoreEvent[];
  /**
   * Of a node: those on it that have not ended. Of a workload: those that it selects. Of a claim: of its
   * namespace.
   */
  readonly pods?: readonly Pod[];
  /** Of a node, or the server's words for why there is none. */
  readonly lease?: Lease | string;
  /** Of a Deployment's namespace. */
  readonly replicaSets?: readonly ReplicaSet[];
  /** Of an Ingress' namespace. */
  readonly services?: readonly Service[];
  /** Of a service's or an Ingress' namespace, since 1.31. */
  readonly endpointSlices?: readonly EndpointSlice[];
  /** Of a service's or an Ingress' namespace, until 1.30. */
  readonly endpoints?: readonly Endpoints[];
  /** In a namespace that is described. */
  readonly quotas?: readonly ResourceQuota[];
  /** In a namespace that is described. */
  readonly limitRanges?: readonly LimitRange[];
  /** Of a service account's namespace, until 1.34. */
  readonly secrets?: readonly Secret[];
}
