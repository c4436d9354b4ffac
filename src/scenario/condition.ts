import type { Json } from '../cluster/objects/json.ts';
import type { Millis } from '../kernel/time/millis.ts';

/** Something that may be so, at one instant: plain data. */
export type Condition =
  | TextCondition
  | ExitCodeCondition
  | OutputFieldsCondition
  | CapturedCondition
  | ResourceCondition
  | EventCondition
  | LogsCondition
  | TrafficCondition;

interface OfCommand {
  /** The id of the command; absent: the one that was typed last. */
  readonly command?: string;
}

/** A text that a command wrote. */
export interface TextCondition extends OfCommand {
  readonly of: 'stdout' | 'stderr';
  readonly wanted: Json;
}

export interface ExitCodeCondition extends OfCommand {
  readonly of: 'exitCode';
  readonly wanted: number;
}

/** What a command wrote is JSON, and this is in it. */
export interface OutputFieldsCondition extends OfCommand {
  readonly of: 'outputFields';
  readonly fields: readonly FieldWanted[];
}

/** What a template of kubectl's jsonpath must print. */
export interface FieldWanted {
  readonly template: string;
  readonly wanted: Json;
}

export interface CapturedCondition {
  readonly of: 'captured';
  readonly name: string;
  readonly wanted: Json;
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
  /** As `kubectl -l` takes it: which objects are meant. */
  readonly selector?: string;
  readonly fields?: readonly FieldWanted[];
  /** How many objects are like that; absent: at least one. */
  readonly count?: Json;
}

export interface EventCondition {
  readonly of: 'event';
  readonly pattern: Json;
  /** Who reported it. */
  readonly from?: string;
  /** How often it must have happened. */
  readonly count: Json;
}

export interface TrafficCondition {
  readonly of: 'traffic';
  /** Absent where there is only one. */
  readonly client?: string;
  /** Counted since the client started, or since the step began. */
  readonly since: 'start' | 'step';
  /** Counted over so much time before. */
  readonly lastMs?: Millis;
  readonly wanted: Json;
}

export interface LogsCondition {
  readonly of: 'logs';
  readonly namespace: string;
  /** Absent where a selector says which pods. */
  readonly pod?: string;
  readonly selector?: string;
  readonly container?: string;
  readonly previous: boolean;
  readonly wanted: Json;
}
