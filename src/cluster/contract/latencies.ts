/** A span of virtual milliseconds from which a keyed draw takes one: both ends included. */
export type Span = readonly [low: number, high: number];

/**
 * How long things take that are not decisions. Defaults are those of the recorded 1.36 cluster, unloaded; a
 * scenario may set any of them.
 */
export interface Latencies {
  /** A write in etcd until a watcher sees it. */
  readonly watch: Span;
  /** A watcher's look at what it saw until its request has been handled. */
  readonly work: Span;
  /** Start of a kubectl process until its first request is handled. */
  readonly kubectl: Span;
  /** The end of a pod's admission until its sandbox and network are up. */
  readonly sandbox: Span;
  /** Creating a container. */
  readonly containerCreate: Span;
  /** Starting a created container. */
  readonly containerStart: Span;
  /** Asking a registry for a manifest. */
  readonly registry: Span;
  /** Bytes of an image pulled and unpacked in a millisecond. */
  readonly pullBytesPerMs: Span;
  /** A process's end until the runtime says so. */
  readonly containerExit: Span;
  /** Tearing a sandbox down. */
  readonly sandboxStop: Span;
  /** A request to a pod or between pods, one way. */
  readonly network: Span;
  /** A change seen by a kube-proxy until its node routes by it, if nothing else keeps it waiting. */
  readonly proxySync: Span;
  /** A change of a network policy seen by a node's agent until the node enforces it. */
  readonly policySync?: Span;
  /** What a GitOps controller has seen until it has compared it with what is wanted. */
  readonly gitOps?: Span;
}

/** `groundtruth/v1.36`: 3.0.6, 3.15, and the solo recordings' time lines. */
export const DEFAULT_LATENCIES: Latencies = {
  watch: [2, 6],
  work: [1, 4],
  kubectl: [60, 90],
  sandbox: [370, 430],
  containerCreate: [10, 18],
  containerStart: [30, 50],
  registry: [400, 900],
  pullBytesPerMs: [20_000, 45_000],
  containerExit: [25, 45],
  sandboxStop: [75, 115],
  network: [1, 2],
  proxySync: [20, 60],
};

/** What a cluster has that does not say: how long its agents take depends on whose they are. */
const UNSAID = { policySync: [100, 300], gitOps: [300, 900] } as const;

/** One of them, whether or not the cluster names it. */
export function latencyOf(latencies: Latencies, name: keyof Latencies): Span {
  return latencies[name] ?? UNSAID[name as keyof typeof UNSAID];
}
