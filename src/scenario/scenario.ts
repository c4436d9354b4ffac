import type { Files } from '../cluster/clients/files.ts';
import type { ClusterSettings, NodeSettings } from '../cluster/contract/settings.ts';
import type { Localized, Question, StepKind } from '../cluster/contract/story-event.ts';
import type { TrafficSpec } from '../cluster/contract/traffic-rows.ts';
import type { AnywhereFault } from '../cluster/faults/anywhere-fault.ts';
import type { ControlPlaneFault } from '../cluster/faults/control-plane-fault.ts';
import type { Fault } from '../cluster/faults/fault.ts';
import type { Millis } from '../kernel/time/millis.ts';
import type { Condition, ResourceCondition } from './condition.ts';

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
  /** Of one with a matrix, which of its cases it is: `nodes=3, surge=1`. */
  readonly case?: string;
  /** The values of its parameters, where they are not those that it has by default. */
  readonly given?: Readonly<Record<string, string | number | boolean>>;
  /** The branch that it tells, whose log it is forked from: of what is shared, only the end is to come. */
  readonly branch?: string;
  /** With the scenario's own seed. */
  readonly settings: ClusterSettings;
  /**
   * The files that its commands use. Nothing else is there when it is played: it would not be in the digest.
   */
  readonly files: Files;
  readonly steps: readonly Step[];
  /**
   * What must stay so, never be so, or be so some time: those of all the story first, then those of steps.
   */
  readonly watches: readonly Watch[];
  /** More steps may come: the story waits after its last one, and does not end by itself. */
  readonly isOpen?: true;
}

export interface Step {
  readonly kind: StepKind;
  /** Absent in the story itself. */
  readonly phase?: 'setup' | 'teardown';
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
  /** What this instant is called. */
  readonly checkpoint?: string;
  readonly branch?: BranchPlan;
  readonly quiz?: Question;
  /** How long it lets pass. */
  readonly waitMs?: Millis;
  /** What is judged at this step, one after another. */
  readonly parts: readonly Part[];
}

/** What happens instead, in a fork of the run. */
export interface BranchPlan {
  readonly name: string;
  /** The number of the step after whose beginning it is forked; 1-based. */
  readonly after: number;
  readonly steps: readonly Step[];
  readonly watches: readonly Watch[];
}

/** A client starts, or stops where nothing is said of a start. */
export interface TrafficOrder {
  readonly client: string;
  /** The URL may hold `${name}` of captured values, and so may the name of its pod. */
  readonly start?: Omit<TrafficSpec, 'host' | 'port' | 'path'>;
  readonly forMs?: Millis;
}

/** Something on a machine breaks, or is mended; or something is done to the control plane. */
export type Broken =
  | { readonly nodes: readonly string[]; readonly fault: Fault }
  | { readonly anywhere: AnywhereFault }
  | { readonly controlPlane: ControlPlaneFault };

export type FaultOrder = Broken & {
  /** After which time it is mended by itself, and how. */
  readonly lasts?: { readonly forMs: Millis; readonly mend: Broken };
};

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
  | ({ readonly kind: 'until'; readonly timeoutMs: Millis } & Lasting)
  | { readonly kind: 'capture'; readonly name: string; readonly from: CaptureSource }
  | ({
      readonly kind: 'expect';
      readonly withinMs: Millis;
      /** It is so without a break until this is so. */
      readonly until?: Wanted;
    } & Lasting);

interface Lasting extends Wanted, Written {
  /** For how long it must be so without a break. */
  readonly forMs?: Millis;
}

export type CaptureSource =
  | { readonly line: string }
  | { readonly jsonpath: string; readonly resource?: ResourceCondition }
  | { readonly all: 'stdout' | 'stderr' | 'exitCode' };

interface Written {
  /** Where it stands in the scenario's file: `['steps', 2, 'expect']`. */
  readonly path: readonly (string | number)[];
}

export interface Wanted {
  /** In one line. */
  readonly what: string;
  /** All of them. */
  readonly conditions: readonly Condition[];
}

/** Something that is watched while the story goes on. */
export interface Watch extends Wanted, Written {
  /** `always`: from the first moment at which it is so. */
  readonly form: 'always' | 'never' | 'eventually';
  /** `always`: for so long from then on; else: without a break. */
  readonly forMs?: Millis;
  /** What ends it, and must come. */
  readonly until?: Wanted;
  /** 1-based number of the step with which it begins; absent: with the story. */
  readonly step?: number;
  /** It ends with that step. */
  readonly ofStep?: true;
}
