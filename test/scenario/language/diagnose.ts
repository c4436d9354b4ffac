import { loadScenario } from '../../../src/scenario/language/load-scenario.ts';

/** A scenario's head: three lines. */
export const HEAD = 'apiVersion: kubereel.dev/v1\nkind: Scenario\nmetadata: { name: tiny }\n';

export const POD = `apiVersion: v1
kind: Pod
metadata: { name: web, labels: { app: shop } }
spec:
  containers:
    - { name: c, image: nginx }
`;

/** What is said about a place: `code file:line:column+length`. */
type Saying = string;

/** What is said about a scenario without its head, and what the marks in its files say should be. */
export interface Diagnosis {
  readonly said: readonly Saying[];
  readonly marked: readonly Saying[];
}

/**
 * Diagnoses a scenario whose text, and whose files, have marks around what the codes are to be said of:
 * `«stesp»:`. Codes belong to the marks in their order, the scenario's own first.
 */
export function diagnose(
  body: string,
  codes: readonly string[],
  files: Readonly<Record<string, string>> = { 'web.yaml': POD },
): Diagnosis {
  const texts = Object.entries({ 'scenario.yaml': HEAD + body, ...files });
  const places = texts.flatMap(([file, text]) => marksIn(file, text));
  const { diagnostics } = loadScenario(
    Object.fromEntries(texts.map(([file, text]) => [file, unmarked(text)])),
    'scenario.yaml',
  );
  return {
    said: diagnostics.map(
      ({ severity, code, file, line, column, length }) =>
        `${severity === 'warning' ? 'warning ' : ''}${code} ${file}:${line}:${column}+${length}`,
    ),
    marked: codes.map((code, index) => `${code} ${places[index]}`),
  };
}

function unmarked(text: string): string {
  return text.replace(/[«»]/g, '');
}

function marksIn(file: string, text: string): string[] {
  return [...text.matchAll(/«([^»]*)»/g)].map(({ index, 1: marked = '' }) => {
    const before = unmarked(text.slice(0, index));
    const line = before.split('\n').length;
    return `${file}:${line}:${before.length - before.lastIndexOf('\n')}+${marked.length}`;
  });
}
