import type { Millis } from '../../kernel/time/millis.ts';
import type { Pod, PodSpec } from '../objects/kubernetes.ts';

/**
 * What a kubelet keeps of a pod: which container states it has seen, what it is doing, and when it will look
 * again. Kubelet: pod_workers.go, the pod cache, reason_cache.go and the two back-offs.
 */
export interface PodWorkerRow {
  /** `namespace/name/uid` */
  readonly key: string;
  readonly node: string;
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly seenAt: Millis;
  /**
   * The pod as the API server had it when the kubelet took it in; its containers with what they have been
   * given since.
   */
  readonly pod: Pod;
  /** Of a pod that the kubelet runs because of a file: which, and whether it does not say so any more. */
  readonly static?: { readonly path: string; readonly gone?: true };
  readonly stage: PodStage;
  /**
   * How many pieces of work have been begun. What is drawn for one is drawn by this number, whenever it
   * comes.
   */
  readonly works: number;
  /** What the kubelet believes of the runtime, since it looked last. */
  readonly seen: SeenRuntime;
  /** An update waits for the work under way, or for a fresh look at the runtime, since then. */
  readonly pendingSince?: Millis;
  /** When the last piece of work was over. */
  readonly lastSyncAt?: Millis;
  /** When the pod is looked at again if nothing happens (the work queue). */
  readonly nextSyncAt?: Millis;
  /** A look at this pod's runtime state alone has been asked for, for then. */
  readonly relistAt?: Millis;
  readonly underWay?: PodWork;
  /** What the pod mounts is there, and its probes run. */
  readonly mounted: boolean;
  /** Mounting goes on, whether the kubelet waits for it or not. */
  readonly mounting?: Mounting;
  /** Where what the pod has claimed lies, by the name of its volume; absent where it has no claims. */
  readonly claimed?: Readonly<Record<string, VolumePlace>>;
  /**
   * The disks of its claims that its machine must have been given, by the names of its volumes: as Nodes name
   * them in `volumesInUse`. Absent where it needs none.
   */
  readonly devices?: Readonly<Record<string, string>>;
  /** Why containers do not start, by container. */
  readonly reasons: Readonly<Record<string, StartFailure>>;
  /** Back-offs of restarts, by container. */
  readonly restarts: Readonly<Record<string, BackOff>>;
  /** Back-offs of pulls, by image. */
  readonly pulls: Readonly<Record<string, PullBackOff>>;
  /** Seconds that the pod has to end, since it was told to; it may only get less. */
  readonly graceSeconds?: number;
  /** Why the kubelet itself ended the pod. */
  readonly verdict?: { readonly reason: string; readonly message: string };
  /** When the kubelet had given back what the pod held, so that its object may go. */
  readonly reclaimedAt?: Millis;
  /** Why its containers have not been given what they shall have by now. */
  readonly resizePending?: ResizePending;
  /** They have been given it, and that is being carried out. */
  readonly resizing?: Resizing;
}

export interface ResizePending {
  readonly reason: 'Deferred' | 'Infeasible';
  readonly message: string;
  readonly since: Millis;
}

export interface Resizing {
  readonly since: Millis;
  /** Containers that start anew with it. */
  readonly restarts: readonly string[];
  /** What the pod was when it began. */
  readonly before: PodSpec;
}

/** A directory that a volume is. */
export interface VolumePlace {
  readonly fileSystem: string;
  /** Where in it the volume begins: `/srv/data`, or empty for all of it. */
  readonly below: string;
}

export interface Mounting {
  /** When the next try is due. */
  readonly tryAt: Millis;
  readonly failures: number;
  /** How late the kubelet's looks at it come. */
  readonly lateMs: Millis;
  /** Volumes that could not be mounted at the last try. */
  readonly missing?: readonly string[];
  /** Nothing is missing but disks that the machine has not been given yet: no try is due before it has. */
  readonly waits?: true;
  /** When everything was there. */
  readonly doneAt?: Millis;
}

export type PodStage = 'syncing' | 'terminating' | 'terminated' | 'finished' | 'rejected';

export type SeenState = 'created' | 'running' | 'exited';

export interface SeenRuntime {
  /** When this pod's state was read last, apart from the looks at all pods. */
  readonly at: Millis;
  readonly sandbox?: { readonly id: string; readonly ready: boolean };
  /** By container ID. */
  readonly containers: Readonly<Record<string, SeenState>>;
  readonly ip?: string;
}

export interface StartFailure {
  /** The waiting reason: `ErrImagePull`, `CrashLoopBackOff`, … */
  readonly reason: string;
  readonly message: string;
}

export interface BackOff {
  readonly delayMs: Millis;
  readonly updatedAt: Millis;
}

export interface PullBackOff extends BackOff {
  /** What the registry last said. */
  readonly error: string;
}

/** A piece of work that takes time: what is still to be done, the first step under way. */
export interface PodWork {
  readonly kind: 'sync' | 'terminating' | 'terminated';
  /** The runtime as it was seen when the work began: decisions go by it until the work is over. */
  readonly seen: SeenRuntime;
  readonly steps: readonly WorkStep[];
  /** Something was done, so that the runtime is worth a look afterwards. */
  readonly acted: boolean;
  /** When the first back-off that stopped a container from starting is over. */
  readonly retryAt?: Millis;
  /** Something failed. */
  readonly failed: boolean;
}

export type WorkStep = VolumesStep | ActStep | SandboxStep | StartStep | KillStep | StopSandboxStep;

/** Wait until what the pod mounts is there. */
export interface VolumesStep {
  readonly do: 'mount';
  readonly beganAt?: Millis;
}

/** Compare what should run with what was seen when the work began, and do what follows. */
export interface ActStep {
  readonly do: 'act';
}

export interface SandboxStep {
  readonly do: 'start sandbox';
  readonly until?: Millis;
}

export interface StartStep {
  readonly do: 'start container';
  readonly container: string;
  /** Without it nothing after it is started. */
  readonly required: boolean;
  readonly at?: 'pull' | 'create' | 'start' | 'hook';
  readonly until?: Millis;
  readonly pull?: { readonly startedAt: Millis; readonly askedAt: Millis };
  readonly id?: string;
  readonly imageId?: string;
  readonly hook?: HookRun;
}

export interface KillStep {
  readonly do: 'kill';
  readonly kills: readonly Kill[];
  /** Sidecars wait until those before them are gone (kuberuntime_termination_order.go). */
  readonly ordered: boolean;
}

/** One container on its way out. */
export interface Kill {
  readonly id: string;
  readonly container: string;
  readonly message: string;
  /** Seconds that are left. */
  readonly graceSeconds: number;
  readonly at: 'announce' | 'hook' | 'turn' | 'stop' | 'gone';
  /** When the part it is at began. */
  readonly since: Millis;
  readonly until?: Millis;
  readonly hook?: HookRun;
  readonly signalled?: 'TERM' | 'KILL';
}

/** A lifecycle hook under way: a program in the container, or something that is over at a time. */
export interface HookRun {
  readonly exec?: string;
  readonly until?: Millis;
  /** How it will have failed by then. */
  readonly failure?: string;
}

export interface StopSandboxStep {
  readonly do: 'stop sandbox';
  readonly until?: Millis;
}
