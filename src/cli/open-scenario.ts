import { basename, join, resolve } from 'node:path';
import { loadScenario } from '../scenario/language/load-scenario.ts';
import { printDiagnostic } from '../scenario/language/print-diagnostic.ts';
import type { YamlReading } from '../scenario/language/read-yaml.ts';
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
  reading?: YamlReading,
): Scenario {
  const { scenario, diagnostics } = loadScenario(files, entry, reading, nameFor(shown));
  const named = Object.fromEntries(Object.entries(files).map(([path, text]) => [join(shown, path), text]));
  const printed = diagnostics.map((each) =>
    printDiagnostic({ ...each, file: join(shown, each.file) }, named),
  );
  const about = diagnostics.filter(({ code }) => code === 'missing-file').map(({ message }) => message);
  for (const link of links.filter((path) => about.some((message) => message.includes(basename(path))))) {
    printed.push(
      `note: ${join(shown, link)} is a symbolic link, which is not followed: copy the file itself\n`,
    );
  }
  if (!scenario) throw new BadInput(printed.join('\n').trimEnd());
  tell(printed.join('\n'));
  return scenario;
}
