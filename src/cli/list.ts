import { inLanguage } from '../replay/story.ts';
import { loadScenario } from '../scenario/language/load-scenario.ts';
import { EXIT } from './exit.ts';
import { bundledNames, readScenarioFiles } from './scenario-files.ts';
import { writeOut } from './write-out.ts';

/** `kubereel list`: the bundled scenarios, a line each. */
export async function listCommand({ lang }: { readonly lang: string }): Promise<number> {
  const names = bundledNames();
  const width = Math.max(0, ...names.map((name) => name.length));
  await writeOut(names.map((name) => `${name.padEnd(width)}  ${titleOf(name, lang)}\n`));
  return EXIT.ok;
}

function titleOf(name: string, language: string): string {
  const { files, entry } = readScenarioFiles(name);
  const { scenario } = loadScenario(files, entry);
  return scenario ? inLanguage(scenario.title, language) : `(has mistakes: kubereel run ${name} names them)`;
}
