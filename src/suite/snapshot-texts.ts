import type { Event } from '../cluster/contract/event.ts';
import type { Localized } from '../cluster/contract/story-event.ts';
import { compareText } from '../cluster/objects/json.ts';
import { hash64 } from '../kernel/chance/draw.ts';
import type { Entry } from '../kernel/log/entry.ts';
import { createLogEncoder, type LogHeader } from '../kernel/log/log-format.ts';
import { branchesWithHeaders, type StoryBranch } from '../replay/fork-story.ts';
import { createTimeline } from '../replay/timeline.ts';
import { asidesOf } from '../report/branch-story.ts';
import { transcriptOf } from '../report/transcript.ts';
import { logHeaderOf } from '../scenario/log-header.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { wordsIn } from '../words/words-in.ts';

/**
 * The texts that a run is kept as, by file name: its log, the rest of the log of each of its branches, and a
 * transcript in each of its languages.
 */
export function snapshotTexts(
  scenario: Scenario,
  log: readonly Entry<Event>[],
  branches: readonly StoryBranch[] = [],
): ReadonlyMap<string, string> {
  // The product's version is left out: a release changes no log.
  const header = logHeaderOf(scenario, scenario.settings.seed, 'golden');
  const name = snapshotName(scenario);
  const texts = new Map([[logSnapshot(scenario), logText(header, log)]]);
  const timeline = branches.length > 0 ? createTimeline(log) : undefined;
  timeline?.finish();
  for (const [{ name: branch, fork }, first] of branchesWithHeaders(branches, header)) {
    const own = fork.timeline.entries.between(fork.at + 1, fork.timeline.entries.length);
    texts.set(`${name}@${branch}.ndjson`, logText(first, own));
  }
  for (const language of languagesOf(scenario)) {
    const words = wordsIn(language).told;
    const asides = timeline && asidesOf(timeline, branches, { words, language });
    texts.set(`${name}.${language}.txt`, [...transcriptOf(log, language, asides)].join(''));
  }
  return texts;
}

function logText(header: LogHeader, log: readonly Entry<Event>[]): string {
  const encoder = createLogEncoder();
  return [encoder.header(header), ...log.map(encoder.entry), encoder.end()].join('');
}

export function logSnapshot(scenario: Pick<Scenario, 'name' | 'case'>): string {
  return `${snapshotName(scenario)}.ndjson`;
}

/** What the files of a case begin with: no host refuses it as a name. */
export function snapshotName({ name, case: title }: Pick<Scenario, 'name' | 'case'>): string {
  if (title === undefined) return name;
  const words = title.replaceAll(', ', ',').replace(/[^\w.,=+-]/g, '_');
  // Of two that read alike then, each is itself all the same.
  const isSame = words === title.replaceAll(', ', ',');
  return `${name}--${words}${isSame ? '' : `-${hash64(title)[0].toString(16)}`}`;
}

/** Whose snapshot a file is; undefined for one that is none. */
export function snapshotOwner(file: string): string | undefined {
  return /^(.+?)(?:@[a-z0-9-]+)?(?:\.ndjson|\.[a-z]{2,3}(?:-[a-z0-9]+)*\.txt)$/.exec(file)?.[1];
}

/** The languages in which something is told. */
function languagesOf({ title, description = {}, steps }: Scenario): readonly string[] {
  const texts: readonly Localized[] = [
    title,
    description,
    ...steps.filter(({ told }) => told).map(({ text }) => text),
  ];
  const tags = new Set(texts.flatMap((text) => Object.keys(text)));
  return tags.size === 0 ? ['en'] : [...tags].sort(compareText);
}
