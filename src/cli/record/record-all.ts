import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inLanguage } from '../../replay/story.ts';
import { formatClock } from '../../report/clock.ts';
import { indexPage } from '../../report/record/index-page.ts';
import { titleOf } from '../../report/record/run-picture.ts';
import { wordsIn } from '../../words/words-in.ts';
import { type Chapter, curriculum } from '../curriculum.ts';
import { BadInput, EXIT } from '../exit.ts';
import { findPlayed } from '../played.ts';
import { castOf, markdownWith, pageOf } from './formats.ts';
import { progressBeside } from './progress.ts';
import { takeRun } from './recorded-run.ts';

export interface RecordAllOptions {
  /** The folder that they are written into. */
  readonly output?: string;
  readonly seed?: string;
  readonly lang: string;
  readonly redact?: boolean;
}

/** The languages that bundled scenarios are told in; the first is the one of the pages without a name. */
const LANGUAGES = [
  { language: 'en', name: 'English', index: 'index.html' },
  { language: 'ko', name: '한국어', index: 'index.ko.html' },
] as const;

/** A walkthrough that was written: its title by language, and how long it is. */
interface Walkthrough {
  readonly titles: Readonly<Record<string, string>>;
  readonly steps: number;
  readonly clock: string;
}

/** The terminal of all recordings. */
const SIZE = { columns: 120, rows: 30 };

/**
 * `kubereel record --all`: each bundled scenario as a page, as recordings and as Markdown in each language,
 * a folder a scenario, and an index of them all.
 */
export async function recordAllCommand(options: RecordAllOptions): Promise<number> {
  const { output } = options;
  if (output === undefined) throw new BadInput(({ record }) => record.wrong.allFolder);
  const { chapters } = curriculum();
  const names = chapters.flatMap(({ scenarios }) => scenarios);
  const progress = progressBeside();
  const written = new Map<string, Walkthrough>();
  for (const [index, name] of names.entries()) {
    progress.tell(() => `${index + 1}/${names.length}  ${name}`);
    written.set(name, await writeWalkthrough(name, join(output, name), options));
  }
  progress.done();
  for (const { language, index } of LANGUAGES)
    writeFileSync(join(output, index), indexIn(language, chapters, written));
  return EXIT.ok;
}

async function writeWalkthrough(
  name: string,
  folder: string,
  options: RecordAllOptions,
): Promise<Walkthrough> {
  mkdirSync(folder, { recursive: true });
  const run = takeRun(findPlayed(name), { ...options, isQuiet: true });
  const { timeline } = run;
  writeFileSync(join(folder, 'index.html'), pageOf(run, 'en'));
  for (const { language } of LANGUAGES) {
    const cast = [...castOf(run, { language, version: 2, ...SIZE })].join('');
    writeFileSync(join(folder, `${language}.cast`), cast);
    const page = join(folder, `${language}.md`);
    writeFileSync(page, await markdownWith(run, { language, theme: 'auto' }, page));
  }
  return {
    titles: Object.fromEntries(
      LANGUAGES.map(({ language }) => [language, titleOf(timeline, language) || name]),
    ),
    steps: timeline.steps.length,
    clock: formatClock(timeline.duration).replace(/\.\d+$/, ''),
  };
}

function indexIn(
  language: string,
  chapters: readonly Chapter[],
  written: ReadonlyMap<string, Walkthrough>,
): string {
  const { walkthroughs, page } = wordsIn(language).record;
  return indexPage({
    language,
    title: walkthroughs.title,
    about: walkthroughs.about,
    others: LANGUAGES.filter((other) => other.language !== language).map(({ index, ...other }) => ({
      ...other,
      href: index,
    })),
    chapters: chapters.map(({ title, scenarios }) => ({
      title: inLanguage(title, language),
      walkthroughs: scenarios.map((name) => {
        const { titles = {}, steps = 0, clock = '' } = written.get(name) ?? {};
        return {
          href: `${name}/index.html${language === 'en' ? '' : `#lang=${language}`}`,
          title: titles[language] ?? name,
          about: page.length(steps, clock),
          forms: [
            { href: `${name}/${language}.md`, name: 'Markdown' },
            { href: `${name}/${language}.cast`, name: 'asciicast' },
          ],
        };
      }),
    })),
  });
}
