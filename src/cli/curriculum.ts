import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Scenario } from '../scenario/scenario.ts';
import { bundledNames, SCENARIOS } from './scenario-files.ts';

/** How the bundled scenarios are listed, and what is to be learned from them. */
export interface Curriculum {
  readonly chapters: readonly Chapter[];
  readonly rows: readonly CurriculumRow[];
}

/** Scenarios that belong together, in the order in which they are best played. */
export interface Chapter {
  /** By language. */
  readonly title: Readonly<Record<string, string>>;
  readonly scenarios: readonly string[];
}

/** Something that a learner is taught. Scenarios name it by its number. */
export interface CurriculumRow {
  readonly row: number;
  /** By language. */
  readonly concept: Readonly<Record<string, string>>;
  /** Lines that go with it; `…` and `<name>` stand for what whoever types them chooses, X for a digit. */
  readonly commands: readonly string[];
}

const OTHERS = { en: 'More', ko: '그 밖에' };

/** The bundled scenarios, each once: as `curriculum.yaml` orders them, what it does not name at the end. */
export function curriculum(): Curriculum {
  const names = bundledNames();
  const path = join(SCENARIOS, 'curriculum.yaml');
  const written = existsSync(path) ? (parse(readFileSync(path, 'utf8')) as Written) : {};
  const chapters = (written.chapters ?? []).map(({ title, scenarios }) => ({
    title,
    scenarios: scenarios.filter((name) => names.includes(name)),
  }));
  const named = chapters.flatMap(({ scenarios }) => scenarios);
  const rest = names.filter((name) => !named.includes(name));
  return {
    chapters: [...chapters, { title: OTHERS, scenarios: rest }].filter(
      ({ scenarios }) => scenarios.length > 0,
    ),
    rows: (written.rows ?? []).map((row) => ({ ...row, commands: row.commands ?? [] })),
  };
}

interface Written {
  readonly chapters?: readonly Chapter[];
  readonly rows?: readonly (Omit<CurriculumRow, 'commands'> & Partial<CurriculumRow>)[];
}

/** Whether a scenario types a line of the curriculum as it is written there. */
export function typesLine({ steps }: Pick<Scenario, 'steps'>, line: string): boolean {
  const wanted = lineWritten(line);
  return steps.some(({ run }) => run !== undefined && wanted.test(run.line));
}

/** The lines that a line of the curriculum stands for. */
export function lineWritten(line: string): RegExp {
  const source = line.replace(PART, (part) => {
    if (part === '…') return '[^\\n]+';
    if (part.startsWith('<')) return '[^\\s:/]+';
    if (part === '.X') return '\\.\\d+';
    return /\s/.test(part) ? '\\s+' : `\\${part}`;
  });
  return new RegExp(`^${source}$`);
}

const PART = /…|<[a-z]+>|\.X\b|\s+|[\\^$.*+?()[\]{}|/]/g;
