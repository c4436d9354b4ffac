import type { Instant } from '../replay/place.ts';
import { effectsOf } from '../report/cause-chain.ts';
import { jsonText } from '../report/json-text.ts';
import { entryColumns, entryText, tellEntry } from '../report/told-entry.ts';
import { wordsIn } from '../words/words-in.ts';
import { EXIT } from './exit.ts';
import { openTimeline } from './open-timeline.ts';
import type { Which } from './which.ts';
import { entryAt } from './why.ts';
import { tellBeside, writeOut } from './write-out.ts';

export interface ThenOptions extends Which {
  readonly lang: string;
  readonly json?: boolean;
  readonly limit?: number;
}

/** Consequences are set further in, up to so many of them. */
const INDENTS_MAX = 8;

/** `kubereel then`: what followed from an entry, each a little further in than what it followed from. */
export async function thenCommand(what: string, place: Instant, options: ThenOptions): Promise<number> {
  const { timeline } = openTimeline(what, options);
  const { lang, json = false, limit } = options;
  const entry = entryAt(timeline, place);
  const effects = effectsOf(timeline, entry.seq, { language: lang, ...(limit !== undefined && { limit }) });
  const of = tellEntry(timeline, entry, lang);
  if (json) {
    await writeOut([`${jsonText({ of, effects }, 2)}\n`]);
    return EXIT.ok;
  }
  const columns = entryColumns(timeline);
  const lines = effects.map(({ depth, ...effect }) => {
    const indent = '  '.repeat(Math.min(depth, INDENTS_MAX));
    return entryText({ ...effect, what: `${indent}${effect.what}` }, columns);
  });
  await writeOut([entryText(of, columns), ...lines].map((line) => `${line}\n`));
  if (effects.length === 0) tellBeside(`${wordsIn(lang).told.noEffects}\n`);
  return EXIT.ok;
}
