import { inLanguage } from '../replay/story.ts';
import { loadScenario } from '../scenario/language/load-scenario.ts';
import { wordsIn } from '../words/words-in.ts';
import { curriculum } from './curriculum.ts';
import { EXIT } from './exit.ts';
import { readScenarioFiles } from './scenario-files.ts';
import { writeOut } from './write-out.ts';

/** `kubereel list`: the bundled scenarios by chapter, a line each. */
export async function listCommand({ lang }: { readonly lang: string }): Promise<number> {
  const chapters = curriculum();
  const names = chapters.flatMap(({ scenarios }) => scenarios);
  const width = Math.max(0, ...names.map((name) => name.length));
  const printed = chapters.map(({ title, scenarios }) => {
    const lines = scenarios.map((name) => `  ${name.padEnd(width)}  ${titleOf(name, lang)}\n`);
    return `${inLanguage(title, lang)}\n${lines.join('')}`;
  });
  await writeOut([printed.join('\n')]);
  return EXIT.ok;
}

function titleOf(name: string, language: string): string {
  const { files, entry } = readScenarioFiles(name);
  const { scenario } = loadScenario(files, entry);
  return scenario ? inLanguage(scenario.title, language) : wordsIn(language).files.hasMistakes(name);
}
