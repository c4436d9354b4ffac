import { inLanguage } from '../replay/story.ts';
import { EXIT } from './exit.ts';
import { openScenario } from './open-scenario.ts';
import { bundledNames } from './scenario-files.ts';

/** `kubereel list`: the bundled scenarios, a line each. */
export function listCommand({ lang }: { readonly lang: string }): number {
  const names = bundledNames();
  const width = Math.max(...names.map((name) => name.length));
  for (const name of names)
    process.stdout.write(`${name.padEnd(width)}  ${inLanguage(openScenario(name).title, lang)}\n`);
  return EXIT.ok;
}
