import type { Millis } from '../../kernel/time/millis.ts';

/** A text in one or more languages, by language tag: `{ en: …, ko: … }`. */
export type Localized = Readonly<Record<string, string>>;

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
      readonly kind: string;
      /** What is told at this step, or a line that names it: `wait 35s`. */
      readonly text: Localized;
    }
  | {
      readonly type: 'CommandTyped';
      readonly command: string;
      readonly line: string;
      readonly background?: true;
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
  | { readonly type: 'ValueCaptured'; readonly name: string; readonly value: string }
  | { readonly type: 'ExpectationMet'; readonly step: number; readonly what: string }
  | { readonly type: 'ExpectationMissed'; readonly step: number; readonly what: string; readonly why: string }
  | { readonly type: 'InvariantBroken'; readonly what: string; readonly why: string }
  /** Something that is not simulated, or only in part, was met: named, never silently ignored. */
  | { readonly type: 'NoticeGiven'; readonly about: string; readonly message: string }
  | { readonly type: 'ScenarioEnded'; readonly passed: boolean };
