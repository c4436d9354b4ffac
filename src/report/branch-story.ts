import type { Event } from '../cluster/contract/event.ts';
import type { Entry } from '../kernel/log/entry.ts';
import { branchDifference } from '../replay/branch-difference.ts';
import { everyBranch, playBranches, type StoryBranch } from '../replay/fork-story.ts';
import { storyOf } from '../replay/story.ts';
import { createTimeline, type Timeline } from '../replay/timeline.ts';
import { branchesOf } from '../scenario/branch-scenario.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { BranchWords } from '../words/words.ts';
import { wordsIn } from '../words/words-in.ts';
import { branchText } from './branch-text.ts';
import { storyText } from './transcript.ts';

/** What is told of branches beside the story: by the number of the step that tells of one. */
export type Asides = ReadonlyMap<number, string>;

/** The branches of a run, and what is told of them. */
export interface ToldBranches {
  readonly asides: Asides;
  readonly passed: boolean;
}

/** A story, and the branches of which it tells. */
export interface WithBranches {
  readonly timeline: Timeline;
  readonly branches: readonly StoryBranch[];
}

/** Plays the branches that a story tells of; for one without any this costs nothing. */
export function withBranches(
  log: readonly Entry<Event>[],
  scenario: Scenario | undefined,
): WithBranches | undefined {
  if (!scenario || branchesOf(scenario).length === 0) return undefined;
  const timeline = createTimeline(log);
  timeline.finish();
  return { timeline, branches: playBranches(timeline, scenario) };
}

/** What is told of the branches of a story. */
export function asidesIn(story: WithBranches | undefined, language: string): Asides {
  if (!story) return new Map();
  return asidesOf(story.timeline, story.branches, { words: wordsIn(language).told, language });
}

/** Both at once, and whether all of them end well. */
export function branchesTold(
  log: readonly Entry<Event>[],
  scenario: Scenario | undefined,
  language: string,
): ToldBranches {
  const story = withBranches(log, scenario);
  const all = everyBranch(story?.branches ?? []);
  return { asides: asidesIn(story, language), passed: all.every(({ fork }) => hasPassed(fork.timeline)) };
}

/** Whether the story of a log has ended well. */
function hasPassed({ entries }: Timeline): boolean {
  const last = entries.of(entries.length)?.event;
  return last?.type === 'ScenarioEnded' && last.passed;
}

interface AsideWords {
  readonly branch: BranchWords;
  /** What the story itself is called beside a branch. */
  readonly story: string;
  whatIf(name: string): string;
}

interface Telling {
  readonly words: AsideWords;
  readonly language: string;
}

const INDENT = '  │ ';

/** Each branch as an indented story, with what was otherwise at its end. */
export function asidesOf(timeline: Timeline, branches: readonly StoryBranch[], telling: Telling): Asides {
  const { words } = telling;
  return new Map(
    branches.map((branch) => {
      const title = words.whatIf(branch.name);
      const text = `${title}\n${ownStory(branch, telling)}\n${differenceOf(timeline, branch, telling)}`;
      const lines = text.replace(/^\n+|\n+$/g, '').split('\n');
      return [branch.step, `${lines.map((line) => `${INDENT}${line}`.trimEnd()).join('\n')}\n`];
    }),
  );
}

/** Its steps are counted from where it leaves the story. */
function ownStory({ name, fork, after, scenario, inner }: StoryBranch, { words, language }: Telling): string {
  const { timeline, at } = fork;
  const own = timeline.entries.between(at + 1, timeline.entries.length).map((entry) => counted(entry, after));
  const steps = scenario.steps.length - after;
  const told = asidesOf(timeline, inner, { words: { ...words, story: name }, language });
  const asides = new Map([...told].map(([step, text]) => [step - after, text]));
  return [...storyOf(own)].map((item) => storyText(item, { language, steps, asides })).join('');
}

function counted(entry: Entry<Event>, after: number): Entry<Event> {
  const { event } = entry;
  return event.type === 'StepBegan' && event.step > after
    ? { ...entry, event: { ...event, step: event.step - after } }
    : entry;
}

function differenceOf(timeline: Timeline, { name, fork }: StoryBranch, { words, language }: Telling): string {
  const difference = branchDifference(timeline, fork.timeline, fork.timeline.duration);
  const lines = branchText(difference, {
    left: { name: words.story, timeline },
    right: { name, timeline: fork.timeline },
    words: words.branch,
    language,
  });
  return lines.map(({ kind, text }) => (kind === 'heading' ? text : `  ${text}`)).join('\n');
}
