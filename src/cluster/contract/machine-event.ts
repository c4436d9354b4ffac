import type { Millis } from '../../kernel/time/millis.ts';
import type { AutoscalerEvent } from './autoscaler-row.ts';
import type { BalancerEvent } from './balancer-rows.ts';
import type { ConnectionRow, NetworkCall, NetworkReply } from './connection-row.ts';
import type { ProgramEvent } from './control-plane-rows.ts';
import type { ControllerEvent } from './controller-row.ts';
import type { NameEvent } from './dns-record.ts';
import type { FileRow } from './file-row.ts';
import type { HarmEvent } from './hindrance-row.ts';
import type { InstallEvent } from './install-row.ts';
import type { KubeletEvent } from './kubelet-row.ts';
import type {
  ContainerExit,
  ContainerRow,
  ImageRow,
  PacedClientName,
  Party,
  QueuedRequest,
  SandboxRow,
  SentSignal,
} from './machine-rows.ts';
import type { Dropped, PolicyEvent } from './policy-rows.ts';
import type { ProbeWorkerRow } from './probe-worker-row.ts';
import type { SentInput } from './program-input.ts';
import type { ProxyEvent, ProxyRuleChange } from './proxy-rows.ts';
import type { RecorderEvent } from './recorder-event.ts';
import type { SchedulingEvent } from './scheduling-row.ts';
import type { NodeSettings } from './settings.ts';
import type { StaticPodEvent } from './static-pod-row.ts';
import type { UsageEvent } from './usage-row.ts';
import type { VerticalEvent } from './vertical-row.ts';
import type { WebEvent } from './web-rows.ts';

/** Of a pod on a node: `pod` is `namespace/name/uid`. */
interface OfPod {
  readonly node: string;
  readonly pod: string;
}

interface OfContainer extends OfPod {
  /** The container's ID. */
  readonly container: string;
}

/** What happened on the machines. */
export type MachineEvent =
  | InstallEvent
  | NodeEvent
  | PodEvent
  | ContainerEvent
  | ExecEvent
  | ConnectionEvent
  | ProxyEvent
  | BalancerEvent
  | PolicyEvent
  | WebEvent
  | NameEvent
  | RecorderEvent
  | HarmEvent
  | ControllerEvent
  | SchedulingEvent
  | ProgramEvent
  | StaticPodEvent
  | UsageEvent
  | VerticalEvent
  | AutoscalerEvent;

interface Verdict {
  readonly reason: string;
  readonly message: string;
}

type NodeEvent =
  | {
      readonly type: 'MachineInstalled';
      readonly node: string;
      readonly ip: string;
      readonly podCidr: string;
      /** Absent while the kubelet has not been started. */
      readonly kubeletStartedAt?: Millis;
      readonly images: readonly Omit<ImageRow, 'node'>[];
      /** The rules that it routes by from the start. */
      readonly rules?: readonly ProxyRuleChange[];
      /** Of a machine that is added to a cluster that runs: what its Node is made of. */
      readonly joins?: NodeSettings;
      /** Of one that is hired: when it is made, and has power for the first time. */
      readonly powerAt?: Millis;
    }
  | KubeletEvent
  /** A machine's pods get their addresses out of another range from now on. */
  | { readonly type: 'PodCidrTaken'; readonly node: string; readonly podCidr: string }
  /** Its power is gone, and with it all that ran on it; what lay on its disk lies there still. */
  | { readonly type: 'MachineStopped'; readonly node: string; readonly until?: Millis }
  /** Its clock is so far ahead of the others from now on, or behind; 0: as they are. */
  | { readonly type: 'ClockSet'; readonly node: string; readonly byMs: Millis }
  /** It is given back to whom it was hired from, and never starts again. */
  | { readonly type: 'MachineRemoved'; readonly node: string }
  | {
      readonly type: 'MachineStarted';
      readonly node: string;
      /** When it has booted, and its kubelet starts. */
      readonly kubeletAt: Millis;
    }
  /** Nothing passes between a machine and others any more, or again. */
  | { readonly type: 'NetworkCut'; readonly node: string; readonly from: readonly Party[] }
  | { readonly type: 'NetworkMended'; readonly node: string; readonly from: readonly Party[] }
  /** A kubelet has found its machine short of memory, or for long enough not any more. */
  | { readonly type: 'MemoryShortageNoted'; readonly node: string; readonly isShort: boolean }
  /** The same of its machine's disk. */
  | { readonly type: 'DiskShortageNoted'; readonly node: string; readonly isShort: boolean }
  /** An image that nothing runs from was deleted to make room. */
  | { readonly type: 'ImageRemoved'; readonly node: string; readonly id: string }
  /** A kubelet ends a pod, for a reason of its own. */
  | ({ readonly type: 'PodCondemned'; readonly graceSeconds: number } & OfPod & Verdict)
  /** A kubelet has seen that its node was cordoned, or is no more. */
  | { readonly type: 'CordonNoticed'; readonly node: string; readonly unschedulable: boolean }
  /** It has looked at all pods of its node since its start; nobody may have made that a node yet. */
  | { readonly type: 'KubeletCaughtUp'; readonly node: string; readonly unregistered?: true }
  | {
      readonly type: 'ImagePullStarted';
      readonly node: string;
      readonly image: string;
      /** When the pull is over, and the next one may begin. */
      readonly until: Millis;
    }
  | ({ readonly type: 'ImagePulled' } & ImageRow)
  /** A client that may only make so many requests a second has made some, or keeps one for later. */
  | {
      readonly type: 'RequestPaced';
      readonly node: string;
      readonly client: PacedClientName;
      readonly paidUntil: Millis;
    }
  | {
      readonly type: 'RequestQueued';
      readonly node: string;
      readonly client: PacedClientName;
      readonly queued: QueuedRequest;
    }
  | { readonly type: 'RequestUnqueued'; readonly node: string; readonly client: PacedClientName }
  | {
      readonly type: 'ImagePullFailed';
      readonly node: string;
      readonly image: string;
      readonly error: string;
    };

type PodEvent =
  /** The kubelet takes the pod in, as it is in etcd. */
  | ({
      readonly type: 'PodAdmitted';
      readonly namespace: string;
      readonly name: string;
      readonly uid: string;
    } & OfPod)
  /** What the kubelet keeps of a pod changed: JSON pointers to new values, and pointers that are gone. */
  | ({ readonly type: 'PodWorkerMoved' } & OfPod & Delta)
  /** Something calls for another look at the pod. */
  | ({ readonly type: 'PodSyncRequested' } & OfPod)
  | ({ readonly type: 'PodStatusSet'; readonly finished?: true } & OfPod & Delta)
  /** The API server knows the status as it is. */
  | ({ readonly type: 'PodStatusSent' } & OfPod)
  | ({ readonly type: 'PodForgotten' } & OfPod)
  | ({ readonly type: 'SandboxStarted' } & SandboxRow)
  | ({ readonly type: 'SandboxStopped'; readonly sandbox: string } & OfPod)
  /** What was left of it is collected. */
  | ({ readonly type: 'SandboxRemoved'; readonly sandbox: string } & OfPod)
  | ({ readonly type: 'ProbeWorkerStarted'; readonly worker: ProbeWorkerRow } & OfPod)
  | ({ readonly type: 'ProbeWorkerMoved'; readonly probe: string } & OfPod & Delta)
  | ({ readonly type: 'ProbeWorkerStopped'; readonly probe: string } & OfPod);

type ContainerEvent =
  | ({ readonly type: 'ContainerCreated' } & Omit<ContainerRow, 'startedAt' | 'exit'>)
  | ({ readonly type: 'ContainerStarted'; readonly process: unknown } & OfContainer)
  | ({ readonly type: 'ContainerStartFailed'; readonly exit: ContainerExit } & OfContainer)
  /** To a container's own process, or to one that it has started. */
  | ({ readonly type: 'SignalSent' } & SentSignal & OfContainer)
  /** Somebody who is attached types, or sends what was piped to him; `ended`: nothing more will come. */
  | ({ readonly type: 'ContainerInputGiven' } & SentInput & OfContainer)
  /** The process is at another place, or over; the runtime says the latter a little later. */
  | ({
      readonly type: 'ProcessAdvanced';
      readonly until?: Millis;
      readonly ending?: ContainerExit;
      /** How many signals it has been told of. */
      readonly signalled?: number;
      /** The input that was given has reached it. */
      readonly tookInput?: true;
    } & OfContainer &
      Delta)
  /** A container wants more memory than it may have: the kernel ends it, or what takes the most of it. */
  | ({ readonly type: 'MemoryExhausted'; readonly pid?: number } & OfContainer)
  | ({ readonly type: 'ContainerExited'; readonly exit: ContainerExit } & OfContainer)
  | ({ readonly type: 'ContainerRemoved' } & OfContainer)
  | ({
      readonly type: 'ContainerLogged';
      readonly stream: 'stdout' | 'stderr';
      readonly text: string;
    } & OfContainer)
  /** By a program in a container; or, of a machine's own files, by somebody who works on it. */
  | ({ readonly type: 'FileWritten'; readonly node: string; readonly pod?: string } & FileRow)
  | ({
      readonly type: 'FileAppended';
      readonly fileSystem: string;
      readonly path: string;
      readonly text: string;
    } & OfPod);

type ExecEvent =
  | ({
      readonly type: 'ExecRequested';
      readonly exec: string;
      readonly argv: readonly string[];
      readonly deadline?: Millis;
      /** Somebody will give it input. */
      readonly hasInput?: true;
    } & OfContainer)
  /** Somebody types, or sends what was piped to him; `ended`: nothing more will come. */
  | ({ readonly type: 'ExecInputGiven'; readonly exec: string } & SentInput & OfPod)
  | ({
      readonly type: 'ExecStarted';
      readonly exec: string;
      readonly process: unknown;
    } & OfPod)
  | ({
      readonly type: 'ExecAdvanced';
      readonly exec: string;
      readonly until?: Millis;
      /** The input that was given has reached it. */
      readonly tookInput?: true;
      readonly stdout?: string;
      readonly stderr?: string;
    } & OfPod &
      Delta)
  | ({
      readonly type: 'ExecFinished';
      readonly exec: string;
      readonly exitCode: number;
      readonly stdout?: string;
      readonly stderr?: string;
      readonly failure?: string;
    } & OfPod)
  | ({ readonly type: 'ExecForgotten'; readonly exec: string } & OfPod);

type ConnectionEvent =
  | ({
      readonly type: 'RequestSent';
      readonly connection: string;
      readonly exec?: string;
      readonly request: string;
      readonly call: NetworkCall;
    } & Partial<OfContainer>)
  /** The network has found whom a request is for. */
  | {
      readonly type: 'RequestRouted';
      readonly connection: string;
      readonly target: NonNullable<ConnectionRow['target']>;
    }
  /** A node on the way does not let it through; who sent it hears nothing of that. */
  | { readonly type: 'RequestDropped'; readonly connection: string; readonly dropped: Dropped }
  | {
      readonly type: 'RequestAnswered';
      readonly connection: string;
      readonly answer: NetworkReply;
      /** When the answer is where the request came from. */
      readonly answeredAt: Millis;
    }
  /** A reverse proxy has taken it, and will answer it itself or ask somebody else. */
  | { readonly type: 'RequestTaken'; readonly connection: string; readonly proxy: string }
  /** It asks somebody else: with `upstream`, of the backend `of`; `failed` is who has been asked in vain. */
  | {
      readonly type: 'RequestForwarded';
      readonly connection: string;
      readonly upstream: string;
      readonly choice: number;
      readonly endpoint: string;
    }
  | { readonly type: 'ConnectionClosed'; readonly connection: string };

interface Delta {
  readonly set?: Readonly<Record<string, unknown>>;
  readonly unset?: readonly string[];
}
