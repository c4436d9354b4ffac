import { expect, test } from 'vitest';
import { loadScenario } from '../../../src/scenario/language/load-scenario.ts';
import { printDiagnostic } from '../../../src/scenario/language/print-diagnostic.ts';

function printed(files: Readonly<Record<string, string>>): string {
  return loadScenario(files, 'scenario.yaml')
    .diagnostics.map((diagnostic) => printDiagnostic(diagnostic, files))
    .join('\n');
}

test('a diagnostic says where, what, shows the line, and what to do', () => {
  const text = 'apiVersion: kubereel.dev/v1\nkind: Scenario\nmetadata: { name: a }\nstesp:\n  - say: hi\n';
  expect(printed({ 'scenario.yaml': text })).toBe(`scenario.yaml:4:1: error: unknown key "stesp" [unknown-key]
   3 | metadata: { name: a }
   4 | stesp:
     | ^^^^^
  hint: did you mean "steps"?
`);
});

test('the caret stands under its text behind tabs and wide characters', () => {
  const text = 'metadata: { title: { ko: 건강 }, nmae: a }\n';
  const lines = printed({ 'scenario.yaml': text }).split('\n');
  const caret = lines[lines.findIndex((line) => line.includes('unknown key "nmae"')) + 2];
  // Each Korean syllable takes two cells, so two more blanks than characters.
  expect(caret).toBe(`     | ${' '.repeat('metadata: { title: { ko: 건강 }, '.length + 2)}^^^^`);
  expect(printed({ 'scenario.yaml': 'steps:\n\t- say: hi\n' })).toContain(
    '   2 |     - say: hi\n     | ^^^^\n',
  );
});

test('what a terminal would act on is shown, not done', () => {
  expect(printed({ 'scenario.yaml': 'a: "\u001b[2J"\n' })).not.toContain('\u001b');
});
