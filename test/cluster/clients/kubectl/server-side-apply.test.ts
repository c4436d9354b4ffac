import { expect, test } from 'vitest';
import { typeLines } from '../type-lines.ts';

const config = (data: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c }\ndata: ${data}\n`;
const files = { 'one.yaml': config('{ a: "1", b: "2" }'), 'two.yaml': config('{ a: "3" }') };

function typed(...lines: string[]): string {
  const last = typeLines(
    lines.map((line, index) => [10_000 * (index + 1), line] as const),
    { files },
  ).commands.at(-1);
  return `${last?.stdout}${last?.stderr}`;
}

const DATA = "kubectl get cm c -o jsonpath='{.data}'";

test.each`
  what                                             | lines                                                                                                                                    | printed
  ${'what is new'}                                 | ${['kubectl apply --server-side -f one.yaml']}                                                                                           | ${'configmap/c serverside-applied\n'}
  ${'what is there, with what is gone taken away'} | ${['kubectl apply --server-side -f one.yaml', 'kubectl apply --server-side -f two.yaml', DATA]}                                          | ${'{"a":"3"}'}
  ${'what kubectl applied by itself before'}       | ${['kubectl apply -f one.yaml', 'kubectl apply --server-side -f two.yaml', DATA]}                                                        | ${'{"a":"3"}'}
  ${'and goes back'}                               | ${['kubectl apply --server-side -f two.yaml', 'kubectl apply -f one.yaml', DATA]}                                                        | ${'{"a":"1","b":"2"}'}
  ${'nothing, if it only pretends'}                | ${['kubectl apply --server-side -f one.yaml', 'kubectl apply --server-side --dry-run=server -f two.yaml', DATA]}                         | ${'{"a":"1","b":"2"}'}
  ${'against somebody else'}                       | ${['kubectl create cm c --from-literal=a=9', 'kubectl apply --server-side -f one.yaml --force-conflicts', DATA]}                         | ${'{"a":"1","b":"2"}'}
  ${'as somebody'}                                 | ${['kubectl apply --server-side --field-manager=me -f one.yaml', "kubectl get cm c -o jsonpath='{.metadata.managedFields[*].manager}'"]} | ${'me'}
`('apply --server-side: $what', ({ lines, printed }) => {
  expect(typed(...lines)).toContain(printed);
});

test.each`
  line                                                          | printed
  ${'kubectl apply --server-side -f one.yaml'}                  | ${'error: Apply failed with 1 conflict: conflict with "kubectl-create" using v1: .data.a\nPlease review the fields above--they currently have other managers.'}
  ${'kubectl apply --server-side --dry-run=client -f one.yaml'} | ${"error: --dry-run=client doesn't work with --server-side (did you mean --dry-run=server instead?)\n"}
  ${'kubectl apply --force-conflicts -f one.yaml'}              | ${'error: --force-conflicts only works with --server-side\n'}
`('$line is refused', ({ line, printed }) => {
  expect(typed('kubectl create cm c --from-literal=a=9', line)).toContain(printed);
});

test('diff --server-side shows what the server would make of it', () => {
  const shown = typed('kubectl apply --server-side -f one.yaml', 'kubectl diff --server-side -f two.yaml');
  expect(shown).toContain('-  a: "1"\n-  b: "2"\n+  a: "3"\n');
});
