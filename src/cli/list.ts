import { inLanguage } from '../replay/story.ts';
import { jsonText } from '../report/json-text.ts';
import { expandScenario } from '../scenario/language/expand/expand-scenario.ts';
import { parametersOf } from '../scenario/language/expand/parameters.ts';
import { loadScenario } from '../scenario/language/load-scenario.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { isTagged } from '../suite/select-cases.ts';
import { wordsIn } from '../words/words-in.ts';
import { type Chapter, type CurriculumRow, curriculum, typesLine } from './curriculum.ts';
import { BadInput, EXIT } from './exit.ts';
import { readScenarioFiles } from './scenario-files.ts';
import { writeOut } from './write-out.ts';

export interface ListOptions {
  readonly lang: string;
  /** By what is to be learned, and not by chapter. */
  readonly curriculum?: boolean;
  readonly json?: boolean;
  /** Only those with one of these tags; without it where it begins with `!`. */
  readonly tag?: readonly string[];
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
  const chosen = (name: string): boolean =>
    isTagged({ tags: bundled.get(name)?.tags ?? [] }, options.tag ?? []);
  const listed = chapters
    .map(({ title, scenarios }) => ({
      title: inLanguage(title, options.lang),
      scenarios: scenarios.filter(chosen).map((name) => listedOf(name, listing)),
    }))
    .filter(({ scenarios }) => scenarios.length > 0);
  if (listed.length === 0)
    throw new BadInput(({ files }) => files.noneTagged((options.tag ?? []).join(', ')));
  await writeOut([
    options.json
      ? `${jsonText(listed, 2)}\n`
      : listed.map((chapter) => chapterText(chapter, listing)).join('\n'),
  ]);
  return EXIT.ok;
}

interface Listed extends Titled {
  readonly tags: readonly string[];
  readonly parameters: readonly ListedParameter[];
  /** `nodes=3, surge=1`, of one with a matrix. */
  readonly cases: readonly string[];
}

interface ListedParameter {
  readonly name: string;
  readonly type?: string;
  readonly default?: string | number | boolean;
  readonly enum?: readonly (string | number | boolean)[];
  readonly description?: string;
}

function listedOf(name: string, listing: Listing): Listed {
  const { files, entry } = readScenarioFiles(name);
  const { source, cases } = expandScenario(files, entry);
  const parameters = parametersOf(source?.value).map(({ description, ...rest }) => ({
    ...rest,
    ...(description && { description: inLanguage(description, listing.lang) }),
  }));
  const tags = listing.bundled.get(name)?.tags ?? [];
  const titles = cases.map(({ title }) => title).filter((title) => title !== '');
  return { name, title: titleOf(name, listing), tags, parameters, cases: titles };
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
  { title, scenarios }: { title: string; scenarios: readonly Listed[] },
  { width }: Listing,
): string {
  return `${title}\n${scenarios.map((each) => listedText(each, width)).join('')}`;
}

/** With its tags behind it, and what can be set of it below. */
function listedText({ name, title, tags, parameters, cases }: Listed, width: number): string {
  const marks = tags.length === 0 ? '' : `  [${tags.join(', ')}]`;
  const indent = ' '.repeat(width + 6);
  const set = parameters.map(({ name: each, default: value, enum: among, description = '' }) => {
    const shown = among ? among.join('|') : (value ?? '…');
    return `${indent}--set ${each}=${shown}  ${description}`.trimEnd();
  });
  const all = cases.length === 0 ? [] : [`${indent}--case ${cases.map((each) => `"${each}"`).join(' ')}`];
  return `  ${name.padEnd(width)}  ${title}${marks}\n${[...set, ...all].map((line) => `${line}\n`).join('')}`;
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
