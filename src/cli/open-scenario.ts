import { basename, join, resolve } from 'node:path';
import type { Diagnostic } from '../scenario/language/diagnostic.ts';
import { type Expansion, expandScenario } from '../scenario/language/expand/expand-scenario.ts';
import { type LoadOptions, loadScenario } from '../scenario/language/load-scenario.ts';
import { printDiagnostic } from '../scenario/language/print-diagnostic.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { BadInput } from './exit.ts';
import type { ScenarioFiles } from './scenario-files.ts';

/** What a scenario in this folder is called that does not say so itself. */
export function nameFor(folder: string, otherwise = 'scenario'): string {
  const name = basename(resolve(folder))
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-');
  return name.replace(/^-|-$/g, '').slice(0, 63) || otherwise;
}

/**
 * Reads and checks a scenario. What is only doubtful is told; what is wrong is thrown as
 * BadInput. Files are named as the reader can open them.
 */
export function openScenario(
  { shown, entry, files, links }: ScenarioFiles,
  tell: (text: string) => void,
  options: LoadOptions = {},
): Scenario {
  const { expansion = expandScenario(files, entry, options) } = options;
  const { scenario, diagnostics } = loadScenario(files, entry, { expansion, name: nameFor(shown) });
  const named = Object.fromEntries(Object.entries(files).map(([path, text]) => [join(shown, path), text]));
  const printed = diagnostics.map((each) => printDiagnostic(shownAt(each, shown), named));
  const about = diagnostics.filter(({ code }) => code === 'missing-file').map(({ message }) => message);
  for (const link of links.filter((path) => about.some((message) => message.includes(basename(path))))) {
    printed.push(
      `note: ${join(shown, link)} is a symbolic link, which is not followed: copy the file itself\n`,
    );
  }
  if (!scenario) throw new BadInput(printed.join('\n').trimEnd());
  if (expansion.cases.length > 1 && options.case === undefined && expansion.chosen.title !== '')
    printed.push(caseNote(shown, expansion));
  tell(printed.join('\n'));
  return scenario;
}

/** With the files as the reader can open them. */
function shownAt({ file, via, ...rest }: Diagnostic, shown: string): Diagnostic {
  return {
    ...rest,
    file: join(shown, file),
    ...(via && { via: via.map((place) => ({ ...place, file: join(shown, place.file) })) }),
  };
}

/** Whoever names a scenario that stands for several runs gets the first, and hears of the others. */
function caseNote(shown: string, { cases, chosen }: Expansion): string {
  const other = cases.at(-1)?.title ?? '';
  return `note: ${shown} has ${cases.length} cases, and this is [${chosen.title}]; another: --case "${other}"\n`;
}
