import type { Event } from '../cluster/contract/event.ts';
import type { Localized, Question, TrafficTold } from '../cluster/contract/story-event.ts';
import type { TrafficSpec, TrafficTotals } from '../cluster/contract/traffic-rows.ts';
import { NO_TRAFFIC, totalsAfter } from '../cluster/world/traffic-totals.ts';
import type { Entry } from '../kernel/log/entry.ts';
import type { Millis } from '../kernel/time/millis.ts';

/**
 * A piece of the story that a scenario tells: what is said, typed, printed, and what became of the
 * expectations.
 */
export type StoryItem =
  | { readonly kind: 'title'; readonly title: Localized; readonly name: string; readonly steps: number }
  | {
      readonly kind: 'step';
      readonly at: Millis;
      readonly step: number;
      /** Where it is not of the story itself. */
      readonly phase?: 'setup' | 'teardown';
      readonly does: string;
      /** What is told, or the step's name. */
      readonly text: Localized;
      readonly told: boolean;
    }
  | {
      readonly kind: 'command';
      readonly at: Millis;
      readonly command: string;
      readonly line: string;
      readonly on?: string;
      readonly background: boolean;
    }
  /** `stdout` and `stderr` as they came on a terminal, one after another. */
  | { readonly kind: 'output'; readonly command: string; readonly text: string; readonly resumed: boolean }
  | { readonly kind: 'exit'; readonly command: string; readonly exitCode: number }
  | { readonly kind: 'expectation'; readonly at: Millis; readonly what: string; readonly missed?: string }
  | { readonly kind: 'client'; readonly client: string; readonly begins?: TrafficSpec }
  | { readonly kind: 'traffic'; readonly client: string; readonly totals: TrafficTotals }
  | { readonly kind: 'notice'; readonly about: string; readonly message: string }
  | { readonly kind: 'checkpoint'; readonly name: string }
  | { readonly kind: 'question'; readonly seq: number; readonly question: Question }
  /** From here on it is the story of a branch. */
  /** `steps`: 0 where that is not known. */
  | { readonly kind: 'branch'; readonly at: Millis; readonly name: string; readonly steps: number }
  /** From here on it is the reader's. */
  | { readonly kind: 'handedOver'; readonly at: Millis }
  | { readonly kind: 'end'; readonly at: Millis; readonly passed: boolean };

/** The story of a log, in its order. `resumed` output belongs to a command that others have come after. */
export function* storyOf(entries: Iterable<Entry<Event>>): Generator<StoryItem, void, void> {
  let speaking = '';
  let isSetup = false;
  const jobs = new Set<string>();
  const held = new Map<string, TrafficTotals>();
  for (const entry of entries) {
    // What a line leaves to itself is not typed anew, and the shell says how it ended.
    if (entry.event.type === 'CommandTyped' && entry.event.job) jobs.add(entry.event.command);
    const isOfJob = 'command' in entry.event && jobs.has(entry.event.command);
    if (isOfJob && entry.event.type !== 'CommandPrinted') continue;
    if (entry.event.type === 'StepBegan') isSetup = entry.event.phase === 'setup';
    // What is done before the story is told in short.
    if (isSetup && entry.event.type === 'CommandPrinted') continue;
    const item =
      entry.event.type === 'TrafficTold' ? trafficItem(entry.event, entry.at, held) : itemOf(entry, speaking);
    if (!item) continue;
    if ('command' in item && !isOfJob) speaking = item.command;
    yield item;
  }
}

/** Over less time than this it is not worth a line that nothing went wrong. */
const WORTH_MS = 1000;

/** What became of requests; what is not worth a line is told with what follows. */
function trafficItem(
  event: TrafficTold,
  at: Millis,
  held: Map<string, TrafficTotals>,
): StoryItem | undefined {
  const { client, from, losses } = event;
  const totals = totalsAfter(held.get(client) ?? NO_TRAFFIC, event);
  const isWorth = losses.length > 0 || at - from >= WORTH_MS;
  if (!isWorth) {
    held.set(client, totals);
    return undefined;
  }
  held.delete(client);
  return { kind: 'traffic', client, totals };
}

/** How many steps there are to the end of the story that is told from an item on. */
export function stepsFrom(item: StoryItem, before: number): number {
  if (item.kind === 'title') return item.steps;
  return item.kind === 'branch' && item.steps > 0 ? item.steps : before;
}

function itemOf({ event, at, seq }: Entry<Event>, speaking: string): StoryItem | undefined {
  switch (event.type) {
    case 'ScenarioOpened':
      return { kind: 'title', title: event.title, name: event.name, steps: event.steps };
    case 'StepBegan':
      return {
        kind: 'step',
        at,
        step: event.step,
        ...(event.phase && { phase: event.phase }),
        does: event.kind,
        text: event.text,
        told: event.told === true || event.kind === 'say',
      };
    case 'CommandTyped':
      return {
        kind: 'command',
        at,
        command: event.command,
        line: event.line,
        ...(event.on !== undefined && { on: event.on }),
        background: event.background === true,
      };
    case 'CommandPrinted': {
      const text = `${event.stdout ?? ''}${event.stderr ?? ''}`;
      return { kind: 'output', command: event.command, text, resumed: speaking !== event.command };
    }
    case 'CommandEnded':
      return event.exitCode === 0
        ? undefined
        : { kind: 'exit', command: event.command, exitCode: event.exitCode };
    case 'ExpectationMet':
    case 'InvariantMet':
      return { kind: 'expectation', at, what: event.what };
    case 'ExpectationMissed':
    case 'InvariantBroken':
      return { kind: 'expectation', at, what: event.what, missed: event.why };
    case 'TrafficStarted':
      return { kind: 'client', client: event.client, begins: event.spec };
    case 'TrafficStopped':
      return { kind: 'client', client: event.client };
    case 'NoticeGiven':
      return { kind: 'notice', about: event.about, message: event.message };
    case 'FaultEnded':
      return { kind: 'notice', about: 'fault', message: event.what };
    case 'CheckpointReached':
      return { kind: 'checkpoint', name: event.name };
    case 'QuestionAsked':
      return { kind: 'question', seq, question: event };
    case 'BranchBegan':
      return { kind: 'branch', at, name: event.name, steps: event.steps ?? 0 };
    case 'StoryHandedOver':
      return { kind: 'handedOver', at };
    case 'ScenarioEnded':
      return { kind: 'end', at, passed: event.passed };
    default:
      return undefined;
  }
}

/** What stands before a line where it is typed: `$`, or `node-1$` where it is typed on a machine. */
export function promptOf({ on = '' }: { readonly on?: string }): string {
  return `${on}$`;
}

/** The text in a language (`ko`, `pt-br`), or in English, or in whatever there is. */
export function inLanguage(text: Localized, language: string): string {
  const [general = ''] = language.split('-');
  return text[language] ?? text[general] ?? text['en'] ?? Object.values(text)[0] ?? '';
}
