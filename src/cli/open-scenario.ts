import { basename, join } from 'node:path';
import { loadScenario } from '../scenario/language/load-scenario.ts';
import { printDiagnostic } from '../scenario/language/print-diagnostic.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { BadInput } from './exit.ts';
import { readScenarioFiles } from './scenario-files.ts';

/**
 * Reads and checks a scenario. What is only doubtful goes to standard error; what is wrong is thrown as
 * BadInput. Files are named as the reader can open them.
 */
export function openScenario(what: string): Scenario {
  const { shown, entry, files, links } = readScenarioFiles(what);
  const { scenario, diagnostics } = loadScenario(files, entry);
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
  process.stderr.write(printed.join('\n'));
  return scenario;
}
