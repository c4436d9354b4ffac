import type { Millis } from '../../kernel/time/millis.ts';
import type { CommandJob } from './client-rows.ts';
import type { TrafficTotals } from './traffic-rows.ts';

/** A text in one or more languages, by language tag: `{ en: …, ko: … }`. */
export type Localized = Readonly<Record<string, string>>;

/** Where in the scenario something was judged. */
interface Judged {
  /** 1-based. */
  readonly step: number;
  /** 0-based, among the parts of the step: what it waits for, captures and expects. */
  readonly part: number;
}

type Lasting = Judged | { readonly invariant: number };
/** What a step does. */
export type StepKind =
  | 'say'
  | 'run'
  | 'wait'
  | 'expect'
  | 'capture'
  | 'traffic'
  | 'fault'
  | 'join'
  | 'checkpoint'
  | 'branch'
  | 'quiz';

/** What a learner is asked. */
export interface Question {
  readonly ask: Localized;
  /** Absent: the answer is typed. */
  readonly choices?: readonly Localized[];
  /** The number of the right choice, 1-based; or what is accepted, a text or /a regular expression/ each. */
  readonly answer: number | readonly string[];
  readonly explain?: Localized;
}

/** What the scenario's teller and its typist did: the frame in which the cluster's own events stand. */
export type StoryEvent =
  | {
      readonly type: 'ScenarioOpened';
      readonly name: string;
      readonly title: Localized;
      readonly steps: number;
    }
  | {
      readonly type: 'StepBegan';
      /** 1-based. */
      readonly step: number;
      readonly kind: StepKind;
      /** Absent in the story itself. */
      readonly phase?: 'setup' | 'teardown';
      /** What is told at this step, or a line that names it: `wait 35s`. */
      readonly text: Localized;
      /** The text is told, and not only the step's name. */
      readonly told?: true;
    }
  | {
      readonly type: 'CommandTyped';
      readonly command: string;
      readonly line: string;
      /** The machine on which it was typed, where that was said. */
      readonly on?: string;
      readonly background?: true;
      /** A part of a line that somebody typed, which left it to itself. */
      readonly job?: CommandJob;
    }
  | {
      readonly type: 'CommandProgressed';
      readonly command: string;
      readonly state: unknown;
      readonly wakeAt?: Millis;
    }
  | {
      readonly type: 'CommandPrinted';
      readonly command: string;
      readonly stdout?: string;
      readonly stderr?: string;
    }
  | { readonly type: 'CommandEnded'; readonly command: string; readonly exitCode: number }
  | ({ readonly type: 'ValueCaptured'; readonly name: string; readonly value: string } & Judged)
  | ({ readonly type: 'ExpectationMet'; readonly what: string } & Judged)
  | ({ readonly type: 'ExpectationMissed'; readonly what: string; readonly why: string } & Judged)
  /** What is to last has begun to be so, or is no longer so: a part of a step, or something watched. */
  | ({ readonly type: 'HoldingBegan'; readonly what: string } & Lasting)
  | ({ readonly type: 'HoldingEnded'; readonly what: string; readonly why: string } & Lasting)
  /** An invariant has met the first object that it speaks of. */
  | { readonly type: 'InvariantWatched'; readonly invariant: number; readonly what: string }
  /** What was watched has come to its end, and was as wanted. */
  | { readonly type: 'InvariantMet'; readonly invariant: number; readonly what: string }
  | {
      readonly type: 'InvariantBroken';
      readonly invariant: number;
      readonly what: string;
      readonly why: string;
    }
  /** What broke at a step is mended by itself at that time: plain data, the teller's own business. */
  | { readonly type: 'FaultLasts'; readonly step: number; readonly until: Millis; readonly mend: unknown }
  | { readonly type: 'FaultEnded'; readonly step: number; readonly what: string }
  | TrafficTold
  /** An instant that has a name. */
  | { readonly type: 'CheckpointReached'; readonly name: string }
  /** Whoever learns is asked something; what they answer changes nothing, and is not told. */
  | ({ readonly type: 'QuestionAsked' } & Question)
  /** From here on it is the log of a branch of the story, with expectations of its own. */
  | {
      readonly type: 'BranchBegan';
      readonly name: string;
      readonly text: Localized;
      /** How many there are to its end, with those before it; older logs do not say. */
      readonly steps?: number;
    }
  /**
   * Somebody has taken the story over: its remaining steps are not told, what is typed from here on is
   * theirs.
   */
  | { readonly type: 'StoryHandedOver' }
  /** Something that is not simulated, or only in part, was met: named, never silently ignored. */
  | { readonly type: 'NoticeGiven'; readonly about: string; readonly message: string }
  | { readonly type: 'ScenarioEnded'; readonly passed: boolean };

/** What became of a client's requests since that was told last. */
export interface TrafficTold extends TrafficTotals {
  readonly type: 'TrafficTold';
  readonly client: string;
  readonly from: Millis;
}
