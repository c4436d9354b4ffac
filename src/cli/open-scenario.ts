import { loadScenario } from '../scenario/language/load-scenario.ts';
import { printDiagnostic } from '../scenario/language/print-diagnostic.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { BadInput } from './exit.ts';
import { readScenarioFiles } from './scenario-files.ts';

/**
 * Reads and checks a scenario. What is only doubtful goes to standard error; what is wrong is thrown as
 * BadInput.
 */
export function openScenario(what: string): Scenario {
  const { entry, files } = readScenarioFiles(what);
  const { scenario, diagnostics } = loadScenario(files, entry);
  const printed = diagnostics.map((diagnostic) => printDiagnostic(diagnostic, files)).join('\n');
  if (!scenario) throw new BadInput(printed.trimEnd());
  if (printed !== '') process.stderr.write(printed);
  return scenario;
}
