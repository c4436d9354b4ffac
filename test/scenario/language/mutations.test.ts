import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { drawWhole } from '../../../src/kernel/chance/draw.ts';
import { loadScenario } from '../../../src/scenario/language/load-scenario.ts';
import { printDiagnostic } from '../../../src/scenario/language/print-diagnostic.ts';
import { runScenario } from '../../../src/scenario/play.ts';
import { scenarioNames } from '../../support/play-scenario.ts';

const ROOT = fileURLToPath(new URL('../../../scenarios', import.meta.url));

type Files = Readonly<Record<string, string>>;

function filesOf(name: string): Files {
  const files: Record<string, string> = {};
  const read = (below: string): void => {
    for (const each of readdirSync(join(ROOT, name, below))) {
      const path = below === '' ? each : `${below}/${each}`;
      if (statSync(join(ROOT, name, path)).isDirectory()) read(path);
      else files[path] = readFileSync(join(ROOT, name, path), 'utf8');
    }
  };
  read('');
  return files;
}

/** A whole number below a limit, the same in every run. */
type Pick = (limit: number, purpose: string) => number;

/** What becomes of a good text; each takes a place that is drawn for it. */
const MUTATIONS: Readonly<Record<string, (text: string, pick: Pick) => string>> = {
  'a line is gone': (text, pick) => withLine(text, pick, () => []),
  'a line stands twice': (text, pick) => withLine(text, pick, (line) => [line, line]),
  'a line is indented otherwise': (text, pick) =>
    withLine(text, pick, (line) => [line.startsWith(' ') ? line.slice(1) : ` ${line}`]),
  'a line begins with a tab': (text, pick) => withLine(text, pick, (line) => [`\t${line.trimStart()}`]),
  'two lines have changed places': (text, pick) => {
    const lines = text.split('\n');
    const at = pick(lines.length - 1, 'swap');
    const [one = '', other = ''] = lines.slice(at, at + 2);
    return lines.toSpliced(at, 2, other, one).join('\n');
  },
  'a key is called otherwise': (text, pick) => withMatch(text, /[A-Za-z]+(?=:\s)/g, pick, (key) => `${key}x`),
  'a value has another type': (text, pick) =>
    withMatch(text, /(?<=:\s)[\w"./-]+/g, pick, (value) => `[${value}, { a: ${value} }]`),
  'a value is a huge number': (text, pick) =>
    withMatch(text, /(?<=:\s)[\w"./-]+/g, pick, () => '9'.repeat(400)),
  'a value is nothing': (text, pick) => withMatch(text, /(?<=:\s)[\w"./-]+/g, pick, () => ''),
  'the file is cut': (text, pick) => text.slice(0, pick(text.length, 'cut')),
  'a control character is in it': (text, pick) => inserted(text, pick, '\u0007'),
  'half a character is in it': (text, pick) => inserted(text, pick, '\ud83d'),
  'a character is replaced': (text, pick) => inserted(text, pick, '\ufffd\u200b\u202e'),
  'a bracket is in it': (text, pick) => inserted(text, pick, '{['[pick(2, 'bracket')] ?? '{'),
  'a quote is in it': (text, pick) => inserted(text, pick, `"'`[pick(2, 'quote')] ?? '"'),
  'an anchor explodes': (text, pick) =>
    withMatch(text, /(?<=:\s)[\w"./-]+/g, pick, () => `&a [&b [1, 1, 1], ${'*b, '.repeat(400)}*a]`),
  'it begins with a byte order mark': (text) => `\ufeff${text}`,
  'its lines end as on Windows': (text) => text.replaceAll('\n', '\r\n'),
  'it has two documents': (text, pick) => withLine(text, pick, (line) => ['---', line]),
};

function withLine(text: string, pick: Pick, change: (line: string) => readonly string[]): string {
  const lines = text.split('\n');
  const at = pick(lines.length, 'line');
  return lines.toSpliced(at, 1, ...change(lines[at] ?? '')).join('\n');
}

function withMatch(text: string, places: RegExp, pick: Pick, change: (found: string) => string): string {
  const found = [...text.matchAll(places)];
  const match = found[pick(found.length, 'match')];
  if (!match) return text;
  return text.slice(0, match.index) + change(match[0]) + text.slice(match.index + match[0].length);
}

function inserted(text: string, pick: Pick, what: string): string {
  const at = pick(text.length, 'place');
  return text.slice(0, at) + what + text.slice(at);
}

/** It loads, or each error has a place in a file that is there, and prints in plain words. */
function answerOf(files: Files): ReturnType<typeof loadScenario> {
  const loaded = loadScenario(files, 'scenario.yaml');
  const errors = loaded.diagnostics.filter(({ severity }) => severity === 'error');
  expect(loaded.scenario === undefined).toBe(errors.length > 0);
  for (const diagnostic of loaded.diagnostics) {
    const lines = (files[diagnostic.file] ?? '').split('\n');
    expect(diagnostic.line).toBeGreaterThanOrEqual(1);
    expect(diagnostic.line).toBeLessThanOrEqual(lines.length);
    expect(diagnostic.column).toBeLessThanOrEqual((lines[diagnostic.line - 1]?.length ?? 0) + 1);
    expect(printDiagnostic(diagnostic, files)).not.toMatch(/^ +at |undefined|\[object/m);
  }
  return loaded;
}

function pickFor(name: string, mutation: string): Pick {
  return (limit, purpose) =>
    limit < 1 ? 0 : drawWhole({ seed: 'mutations' }, 0, limit - 1, name, mutation, purpose);
}

/** Each scenario is damaged in one of so many of the ways, and the next one in others: all of them in all. */
const SHARES = 4;

/**
 * A mutated file is still a scenario if it loads and its story runs green; loading is tried of all of them,
 * and running of a few of those that still load: a run must end, and say of itself whether it passed.
 */
const RUN: ReadonlySet<string> = new Set(['rbac-forbidden', 'user-certificate']);

describe('a good scenario that was damaged is refused at a place, or is still a scenario', () => {
  test.each(scenarioNames.map((name, index) => [name, index] as const))('%s', (name, index) => {
    const files = filesOf(name);
    const text = files['scenario.yaml'] ?? '';
    for (const [number, [mutation, mutate]] of Object.entries(MUTATIONS).entries()) {
      if (!RUN.has(name) && (number + index) % SHARES !== 0) continue;
      const mutated = mutate(text, pickFor(name, mutation));
      const { scenario } = answerOf({ ...files, 'scenario.yaml': mutated });
      if (!scenario || !RUN.has(name)) continue;
      const { passed, missed, log } = runScenario(scenario);
      expect(log.at(-1)?.event.type).toBe('ScenarioEnded');
      expect(passed).toBe(missed.length === 0);
    }
  });
});

test('what is the same to a person loads: a byte order mark, the ends of lines of Windows', () => {
  const files = filesOf('config-and-secrets');
  const text = files['scenario.yaml'] ?? '';
  for (const mutation of ['it begins with a byte order mark', 'its lines end as on Windows']) {
    const mutated = MUTATIONS[mutation]?.(text, () => 0) ?? '';
    expect({ mutation, errors: answerOf({ ...files, 'scenario.yaml': mutated }).diagnostics }).toEqual({
      mutation,
      errors: [],
    });
  }
});
