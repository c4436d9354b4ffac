import type { Files } from '../cluster/clients/files.ts';
import type { ClusterSettings, NodeSettings } from '../cluster/contract/settings.ts';
import type { Localized } from '../cluster/contract/story-event.ts';
import type { TrafficSpec } from '../cluster/contract/traffic-rows.ts';
import type { ControlPlaneFault } from '../cluster/faults/control-plane-fault.ts';
import type { Fault } from '../cluster/faults/fault.ts';
import type { Json } from '../cluster/objects/json.ts';
import type { Millis } from '../kernel/time/millis.ts';

/** A scenario that has been read and checked: plain data, ready to be played. */
export interface Scenario {
  readonly name: string;
  readonly title: Localized;
  readonly description?: Localized;
  readonly tags: readonly string[];
  /** The rows of the curriculum that it plays. */
  readonly curriculum: readonly number[];
  /** Of the scenario and of the files that its commands use: 16 hexadecimal digits. */
  readonly digest: string;
  /** With the scenario's own seed. */
  readonly settings: ClusterSettings;
  /**
   * The files that its commands use. Nothing else is there when it is played: it would not be in the digest.
   */
  readonly files: Files;
  readonly steps: readonly Step[];
  readonly always: readonly Invariant[];
}

export interface Step {
  readonly kind: 'say' | 'run' | 'wait' | 'expect' | 'capture' | 'traffic' | 'fault' | 'join';
  readonly text: Localized;
  /** The text is told, and not only the step's name. */
  readonly told: boolean;
  /** Not before this time since the start. */
  readonly at?: Millis;
  readonly run?: Command;
  readonly traffic?: TrafficOrder;
  readonly fault?: FaultOrder;
  /** A machine that is added to the cluster. */
  readonly join?: NodeSettings;
  /** How long it lets pass. */
  readonly waitMs?: Millis;
  /** What is judged at this step, one after another. */
  readonly parts: readonly Part[];
}

/** A client starts, or stops where nothing is said of a start. */
export interface TrafficOrder {
  readonly client: string;
  /** The URL may hold `${name}` of captured values, and so may the name of its pod. */
  readonly start?: Omit<TrafficSpec, 'host' | 'port' | 'path'>;
  readonly forMs?: Millis;
}

/** Something on a machine breaks, or is mended; or something is done to the control plane. */
export type FaultOrder =
  | { readonly nodes: readonly string[]; readonly fault: Fault }
  | { readonly controlPlane: ControlPlaneFault };

export interface Command {
  /** May hold `${name}` of captured values. */
  readonly line: string;
  /** The machine on which it is typed; absent: where all lines are. */
  readonly on?: string;
  readonly background: boolean;
  /** For how long the story waits for its end. */
  readonly timeoutMs: Millis;
}

/** Something that is judged once, and leaves one entry. */
export type Part =
  /** Nobody said how the command ends, so it must not fail. */
  | { readonly kind: 'success' }
  | ({ readonly kind: 'until'; readonly timeoutMs: Millis } & Wanted)
  | { readonly kind: 'capture'; readonly name: string; readonly from: CaptureSource }
  | ({ readonly kind: 'expect'; readonly withinMs: Millis } & Wanted);

export type CaptureSource = { readonly line: string } | { readonly jsonpath: string };

export interface Wanted {
  /** In one line. */
  readonly what: string;
  /** All of them. */
  readonly conditions: readonly Condition[];
}

export interface Invariant {
  readonly what: string;
  readonly condition: ResourceCondition | EventCondition | TrafficCondition;
}

export type Condition =
  | TextCondition
  | ExitCodeCondition
  | ResourceCondition
  | EventCondition
  | LogsCondition
  | TrafficCondition;

/** A text of the last command. */
export interface TextCondition {
  readonly of: 'stdout' | 'stderr';
  readonly wanted: Json;
}

export interface ExitCodeCondition {
  readonly of: 'exitCode';
  readonly wanted: number;
}

export interface ResourceCondition {
  readonly of: 'resource';
  readonly kind: string;
  /** The plural with its group. */
  readonly resource: string;
  /** Absent for kinds that are in no namespace, and where the namespace is itself a matter of operators. */
  readonly namespace?: string;
  /** Absent where the name is itself a matter of operators, or nobody's concern. */
  readonly name?: string;
  /** What an object must be like, its kind left out. */
  readonly pattern: Json;
  /** How many objects are like that; absent: at least one. */
  readonly count?: Json;
}

export interface EventCondition {
  readonly of: 'event';
  readonly pattern: Json;
  /** How often it must have happened. */
  readonly count: Json;
}

export interface TrafficCondition {
  readonly of: 'traffic';
  /** Absent where there is only one. */
  readonly client?: string;
  /** Counted since the client started, or since the step began. */
  readonly since: 'start' | 'step';
  readonly wanted: Json;
}

export interface LogsCondition {
  readonly of: 'logs';
  readonly namespace: string;
  readonly pod: string;
  readonly container?: string;
  readonly previous: boolean;
  readonly wanted: Json;
}
