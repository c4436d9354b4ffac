import type { Millis } from '../../kernel/time/millis.ts';
import type { PodStatus } from '../objects/kubernetes.ts';
import type { AutoscalerRow } from './autoscaler-row.ts';
import type { BalancerRow } from './balancer-rows.ts';
import type { ConnectionRow } from './connection-row.ts';
import type { ProgramRow } from './control-plane-rows.ts';
import type { ControllerRow } from './controller-row.ts';
import type { NameRow } from './dns-record.ts';
import type { FileRow } from './file-row.ts';
import type { HindranceRow } from './hindrance-row.ts';
import type { InstallRow } from './install-row.ts';
import type { KubeletRow } from './kubelet-row.ts';
import type { PathRow } from './path-row.ts';
import type { PodWorkerRow } from './pod-worker-row.ts';
import type { PodLabelsRow, PolicyRow } from './policy-rows.ts';
import type { ProbeWorkerRow } from './probe-worker-row.ts';
import type { GivenInput } from './program-input.ts';
import type { AffinityRow, ProxyRow, ProxyRuleRow } from './proxy-rows.ts';
import type { RecorderRow } from './recorder-row.ts';
import type { RegistryRow } from './registry-row.ts';
import type { Request } from './request.ts';
import type { SchedulingRow } from './scheduling-row.ts';
import type { ServedRow } from './served-row.ts';
import type { NodeSettings } from './settings.ts';
import type { StaticPodRow } from './static-pod-row.ts';
import type { UsageRow } from './usage-row.ts';
import type { VerticalRow } from './vertical-row.ts';
import type { WebProxyRow } from './web-rows.ts';

/** The tables of what is true on the machines. Rows are plain JSON; times are virtual milliseconds. */
export interface MachineRows {
  /** By the node's name. */
  readonly machines: MachineRow;
  /** By the node's name; absent where all is as it was installed. */
  readonly installs: InstallRow;
  /** By node and image ID. */
  readonly images: ImageRow;
  /** By host, or `*`. */
  readonly registries: RegistryRow;
  /** Programs that are slow, or whose requests fail, by `hindranceKey`; absent where all is well. */
  readonly hindrances: HindranceRow;
  /** Ways on which packets are lost or late, by `pathKey`; absent where all is well. */
  readonly paths: PathRow;
  /** How far a kubelet's requests have got that are paced (before 1.27), by node and client. */
  readonly pacedClients: PacedClientRow;
  /**
   * What a kubelet keeps of each of its pods, by `namespace/name/uid`. Gone when the kubelet forgets the pod.
   */
  readonly podWorkers: PodWorkerRow;
  /** What a kubelet's status manager holds of a pod, by the same key. */
  readonly podStatuses: PodStatusRow;
  /** By the sandbox's ID. */
  readonly sandboxes: SandboxRow;
  /** By the container's ID: one row an attempt. */
  readonly containers: ContainerRow;
  /** What runs in a container, by the container's ID; gone when it has exited. */
  readonly processes: ProcessRow;
  /** Files that are no longer as the image has them, by file system and path. */
  readonly files: FileRow;
  /** What containers wrote to their output, in the order of writing. */
  readonly logs: LogRow;
  /** By `namespace/name/uid/container/kind`. */
  readonly probeWorkers: ProbeWorkerRow;
  /** Programs started inside of running containers, by an ID of their caller's choosing. */
  readonly execs: ExecRow;
  /** Requests of programs under way, by the ID of what runs and the program's own number. */
  readonly connections: ConnectionRow;
  /** What the cluster's name service has answered lately, by question. */
  readonly names: NameRow;
  /** The rules by which a node routes to services, by node and service port. */
  readonly proxyRules: ProxyRuleRow;
  /** By the node's name. */
  readonly proxies: ProxyRow;
  /** The network policies that a node enforces, by node and policy. */
  readonly nodePolicies: PolicyRow;
  /** By `namespace/name/uid`; absent where a pod's labels are those with which it was admitted. */
  readonly podLabels: PodLabelsRow;
  /** By node, service port and client. */
  readonly affinities: AffinityRow;
  /** Load balancers outside of the cluster, by the uid of their service. */
  readonly balancers: BalancerRow;
  /** What reverse proxies in pods go by, by the container that one runs in. */
  readonly webProxies: WebProxyRow;
  /** What a client's event recorder remembers of an object, by recorder and object. */
  readonly recorders: RecorderRow;
  /** What controllers keep in mind, by controller and key. */
  readonly controllerKeys: ControllerRow;
  /** Pods that the scheduler found no node for, by their keys in etcd. */
  readonly scheduling: SchedulingRow;
  /** The control plane's programs that run on machines, by program and node. */
  readonly programs: ProgramRow;
  /** What kubelets have made of the manifests on their machines, by node and path. */
  readonly staticPods: StaticPodRow;
  /** By the pod's key; only where what pods use is measured. */
  readonly served: ServedRow;
  /** What the controller of HorizontalPodAutoscalers keeps in mind, by their keys in etcd. */
  readonly autoscalers: AutoscalerRow;
  /** Of VerticalPodAutoscalers, by their keys in etcd. */
  readonly verticals: VerticalRow;
  /** What the metrics server has measured, by `namespace/name` of the pod. */
  readonly usages: UsageRow;
}

/** A machine with its kubelet. */
export interface MachineRow {
  readonly node: string;
  readonly ip: string;
  /** `10.88.1.0/24` */
  readonly podCidr: string;
  /** How many pod addresses have been given out; the next one follows. */
  readonly addressesGiven: number;
  readonly kubelet: KubeletRow;
  /** How often it has been started since it was installed; absent: never again. */
  readonly boots?: number;
  /** Absent while it has power. */
  readonly off?: PowerLoss;
  /** Parties that it does not reach, and that do not reach it; absent while its network is whole. */
  readonly cutFrom?: readonly Party[];
  /** When it was given back for good. */
  readonly removed?: Millis;
  /** Of a machine that was added later: when, and what its Node is made of. */
  readonly joined?: { readonly at: Millis; readonly settings: NodeSettings };
  /** It was short of memory when its kubelet looked last; absent: it was not for a while. */
  readonly memoryShort?: Shortage;
  /** The same of room on its disk. */
  readonly diskShort?: Shortage;
  /** By how much its clock is ahead of the others, or behind; absent: it is as they are. */
  readonly aheadMs?: Millis;
  /** Until when the one image pull at a time keeps the others waiting. */
  readonly pullsUntil: Millis;
}

export interface Shortage {
  /** When it was found to be short last. */
  readonly seenAt: Millis;
}

export interface PowerLoss {
  readonly since: Millis;
  /** When it starts again by itself; absent: not before somebody starts it. */
  readonly until?: Millis;
}

/** How a zone is written where a node may be named: `zone/a`. */
export const ZONE = 'zone/';

/** A machine by its name; `control-plane`; or `*`, everybody. */
export type Party = string;

/** A kubelet tells its pods' statuses by one client, and Kubernetes Events by another. */
export type PacedClientName = 'statuses' | 'events';

export interface PacedClientRow {
  readonly node: string;
  readonly client: PacedClientName;
  /** When all that was sent would have been sent at an even pace. */
  readonly paidUntil: Millis;
  readonly queue: readonly QueuedRequest[];
}

export type QueuedRequest = { readonly pod: string } | { readonly request: Request };

export interface ImageRow {
  readonly node: string;
  /** `sha256:…` */
  readonly id: string;
  /** In full: `docker.io/library/busybox:1.36`. */
  readonly names: readonly string[];
  readonly sizeBytes: number;
}

export interface PodStatusRow {
  readonly pod: string;
  readonly node: string;
  readonly status: PodStatus;
  /** Counts the states that the status has been given. */
  readonly version: number;
  /** The version that the API server has last been told. */
  readonly sent: number;
  /** The pod has come to its end, and needs no more of its status than to be deleted. */
  readonly finished: boolean;
}

export interface SandboxRow {
  readonly id: string;
  readonly node: string;
  readonly pod: string;
  readonly attempt: number;
  /** Absent on the host's network. */
  readonly ip?: string;
  readonly startedAt: Millis;
  /** Absent while it is up. */
  readonly stoppedAt?: Millis;
}

export interface ContainerRow {
  readonly id: string;
  readonly node: string;
  readonly pod: string;
  readonly name: string;
  /** 0 for the first; the restart count that the API shows. */
  readonly attempt: number;
  readonly sandbox: string;
  /** As the runtime names it: `docker.io/library/busybox:1.36`. */
  readonly image: string;
  readonly imageId: string;
  /** As the pod named it when the container was created. */
  readonly specImage: string;
  readonly createdAt: Millis;
  /** As whom it runs; absent for root. */
  readonly uid?: number;
  /** Absent before it runs. */
  readonly startedAt?: Millis;
  readonly exit?: ContainerExit;
}

export interface ContainerExit {
  readonly at: Millis;
  readonly code: number;
  /** `Completed`, `Error`, `OOMKilled`, `StartError`. */
  readonly reason: string;
  readonly message?: string;
}

export interface ProcessRow {
  readonly container: string;
  readonly node: string;
  readonly pod: string;
  /** The process as it was left, as `node/processes` keeps it. What it has done since shows nowhere else. */
  readonly state: unknown;
  /** When it next does something by itself that shows; absent while it waits for something else. */
  readonly until?: Millis;
  /** Signals that it has not been told of yet. */
  readonly signals: readonly SentSignal[];
  /** What was given to it and has not reached it yet. */
  readonly input?: GivenInput;
  /** The kernel has ended something of it that took too much memory. */
  readonly memoryExhausted?: true;
  /** The process is over, and the runtime will say so at that time. */
  readonly ending?: ContainerExit;
}

export interface SentSignal {
  /** `TERM` */
  readonly signal: string;
  /** Absent for the container's own process; `EVERY_PROCESS`: all that run in it. */
  readonly pid?: number;
}

/** As kill(2) has it. */
export const EVERY_PROCESS = -1;

export interface LogRow {
  readonly container: string;
  readonly at: Millis;
  /** Of the entry that wrote it. */
  readonly seq: number;
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
}

/** A program that runs, or ran, in a container besides its own process: a probe, a hook, `kubectl exec`. */
export interface ExecRow {
  readonly id: string;
  readonly node: string;
  readonly pod: string;
  readonly container: string;
  readonly argv: readonly string[];
  readonly requestedAt: Millis;
  /** When whoever asked for it stops waiting. */
  readonly deadline?: Millis;
  readonly hasInput?: true;
  /** What was given to it and has not reached it yet. */
  readonly input?: GivenInput;
  readonly state?: unknown;
  /** When it goes on by itself. */
  readonly until?: Millis;
  readonly stdout: string;
  readonly stderr: string;
  /** Absent while it runs. */
  readonly exitCode?: number;
  /** Why it could not run at all, as the runtime says it. */
  readonly failure?: string;
}
