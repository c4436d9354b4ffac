import { inLanguage } from '../replay/story.ts';
import { jsonText } from '../report/json-text.ts';
import { loadScenario } from '../scenario/language/load-scenario.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { wordsIn } from '../words/words-in.ts';
import { type Chapter, type CurriculumRow, curriculum, typesLine } from './curriculum.ts';
import { EXIT } from './exit.ts';
import { readScenarioFiles } from './scenario-files.ts';
import { writeOut } from './write-out.ts';

export interface ListOptions {
  readonly lang: string;
  /** By what is to be learned, and not by chapter. */
  readonly curriculum?: boolean;
  readonly json?: boolean;
}

/** `kubereel list`: the bundled scenarios by chapter, or by what is to be learned from them. */
export async function listCommand(options: ListOptions): Promise<number> {
  const { chapters, rows } = curriculum();
  const bundled = bundledScenarios(chapters);
  const width = Math.max(...[...bundled.keys()].map((name) => name.length));
  const listing = { ...options, bundled, width };
  if (options.curriculum) {
    const played = rows.map((row) => playedRow(row, listing));
    await writeOut([
      options.json ? `${jsonText(played, 2)}\n` : played.map((row) => rowText(row, listing)).join('\n'),
    ]);
    return EXIT.ok;
  }
  const listed = chapters.map(({ title, scenarios }) => ({
    title: inLanguage(title, options.lang),
    scenarios: scenarios.map((name) => ({ name, title: titleOf(name, listing) })),
  }));
  await writeOut([
    options.json
      ? `${jsonText(listed, 2)}\n`
      : listed.map((chapter) => chapterText(chapter, listing)).join('\n'),
  ]);
  return EXIT.ok;
}

interface Listing {
  readonly lang: string;
  /** In order; those with mistakes are undefined. */
  readonly bundled: ReadonlyMap<string, Scenario | undefined>;
  /** Of the longest name. */
  readonly width: number;
}

function bundledScenarios(chapters: readonly Chapter[]): Listing['bundled'] {
  const names = chapters.flatMap(({ scenarios }) => scenarios);
  return new Map(
    names.map((name) => {
      const { files, entry } = readScenarioFiles(name);
      return [name, loadScenario(files, entry).scenario];
    }),
  );
}

interface Titled {
  readonly name: string;
  readonly title: string;
}

function chapterText(
  { title, scenarios }: { title: string; scenarios: readonly Titled[] },
  { width }: Listing,
): string {
  return `${title}\n${namesText(scenarios, { width, indent: '  ' })}`;
}

function namesText(
  scenarios: readonly Titled[],
  { width, indent }: Pick<Listing, 'width'> & { readonly indent: string },
): string {
  return scenarios.map(({ name, title }) => `${indent}${name.padEnd(width)}  ${title}\n`).join('');
}

function titleOf(name: string, { lang, bundled }: Listing): string {
  const scenario = bundled.get(name);
  return scenario ? inLanguage(scenario.title, lang) : wordsIn(lang).files.hasMistakes(name);
}

interface PlayedRow {
  readonly row: number;
  readonly concept: string;
  readonly scenarios: readonly Titled[];
  readonly commands: readonly { readonly line: string; readonly scenarios: readonly string[] }[];
}

function playedRow({ row, concept, commands }: CurriculumRow, listing: Listing): PlayedRow {
  const { bundled, lang } = listing;
  const all = [...bundled].flatMap(([name, scenario]) => (scenario ? [{ name, scenario }] : []));
  const playing = all.filter(({ scenario }) => scenario.curriculum.includes(row));
  return {
    row,
    concept: inLanguage(concept, lang),
    scenarios: playing.map(({ name }) => ({ name, title: titleOf(name, listing) })),
    commands: commands.map((line) => {
      const typed = all.filter(({ scenario }) => typesLine(scenario, line));
      return { line, scenarios: typed.map(({ name }) => name) };
    }),
  };
}

const ROW_INDENT = ' '.repeat(4);

function rowText({ row, concept, scenarios, commands }: PlayedRow, { lang, width }: Listing): string {
  const { none } = wordsIn(lang).told;
  const playing =
    scenarios.length > 0 ? namesText(scenarios, { width, indent: ROW_INDENT }) : `${ROW_INDENT}${none}\n`;
  const typed = commands.map(({ line, scenarios: names }) => {
    const where = names.length > 0 ? names.join(', ') : none;
    return `${ROW_INDENT}$ ${line}\n${ROW_INDENT}    ${where}\n`;
  });
  return `${`${row}`.padStart(2)}  ${concept}\n${playing}${typed.join('')}`;
}
