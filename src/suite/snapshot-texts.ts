import type { Event } from '../cluster/contract/event.ts';
import type { Localized } from '../cluster/contract/story-event.ts';
import { compareText } from '../cluster/objects/json.ts';
import type { Entry } from '../kernel/log/entry.ts';
import { createLogEncoder } from '../kernel/log/log-format.ts';
import { transcriptOf } from '../report/transcript.ts';
import { logHeaderOf } from '../scenario/log-header.ts';
import type { Scenario } from '../scenario/scenario.ts';

/** The texts that a run is kept as, by file name: its log, and a transcript in each of its languages. */
export function snapshotTexts(scenario: Scenario, log: readonly Entry<Event>[]): ReadonlyMap<string, string> {
  const encoder = createLogEncoder();
  // The product's version is left out: a release changes no log.
  const header = encoder.header(logHeaderOf(scenario, scenario.settings.seed, 'golden'));
  const lines = [header, ...log.map(encoder.entry), encoder.end()];
  const texts = new Map([[logSnapshot(scenario.name), lines.join('')]]);
  for (const language of languagesOf(scenario))
    texts.set(`${scenario.name}.${language}.txt`, [...transcriptOf(log, language)].join(''));
  return texts;
}

export function logSnapshot(name: string): string {
  return `${name}.ndjson`;
}

/** Whose snapshot a file is; undefined for one that is none. */
export function snapshotOwner(file: string): string | undefined {
  return /^(.+?)(?:\.ndjson|\.[a-z]{2,3}(?:-[a-z0-9]+)*\.txt)$/.exec(file)?.[1];
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
