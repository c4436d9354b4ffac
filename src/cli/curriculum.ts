import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { bundledNames, SCENARIOS } from './scenario-files.ts';

/** Scenarios that belong together, in the order in which they are best played. */
export interface Chapter {
  /** By language. */
  readonly title: Readonly<Record<string, string>>;
  readonly scenarios: readonly string[];
}

const OTHERS = { en: 'More', ko: '그 밖에' };

/** The bundled scenarios, each once: as `curriculum.yaml` orders them, what it does not name at the end. */
export function curriculum(): readonly Chapter[] {
  const names = bundledNames();
  const path = join(SCENARIOS, 'curriculum.yaml');
  const written = (existsSync(path) ? parse(readFileSync(path, 'utf8')) : []) as readonly Chapter[];
  const chapters = written.map(({ title, scenarios }) => ({
    title,
    scenarios: scenarios.filter((name) => names.includes(name)),
  }));
  const named = chapters.flatMap(({ scenarios }) => scenarios);
  const rest = names.filter((name) => !named.includes(name));
  return [...chapters, { title: OTHERS, scenarios: rest }].filter(({ scenarios }) => scenarios.length > 0);
}
