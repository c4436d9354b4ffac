import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkManifest } from '../../../../src/cluster/objects/manifest/check-manifest.ts';
import { readManifest } from '../../../../src/cluster/objects/manifest/read-manifest.ts';

// What kubectl says of files, and makes of YAML's words, is compared in test/cluster/clients/kubectl/oracle.

const manifest = `apiVersion: v1
kind: Pod
metadata:
  name: x
  labels: {app: web}
spec:
  containers:
  - name: c
    image: nginx
---
apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: ConfigMap
  data:
    a: "1"
- {apiVersion: v1, kind: ConfigMapList, items: [{apiVersion: v1, kind: ConfigMap, data: {b: "2"}}]}
`;

describe('readManifest', () => {
  const { objects, problems, failure } = readManifest(manifest, 'all.yaml');

  test('takes documents and lists apart', () => {
    expect(objects.map(({ object, isInList }) => [object.kind, isInList])).toEqual([
      ['Pod', false],
      ['ConfigMap', true],
      ['ConfigMap', true],
    ]);
    expect({ problems, failure }).toEqual({ problems: [], failure: undefined });
  });

  test.each([
    [0, ['spec', 'containers', 0, 'image'], 9, 5],
    [0, ['metadata', 'labels', 'app'], 5, 12],
    [0, ['spec', 'containers', 0], 8, 5],
    [0, ['spec', 'nothing', 'here'], 6, 1],
    [0, [], 1, 1],
    [1, ['data', 'a'], 17, 5],
    [1, ['kind'], 15, 3],
    [2, ['data', 'b'], 18, 90],
  ])('object %i knows where %j is', (index, path, line, column) => {
    expect(objects[index]?.positionOf(path)).toEqual({ line, column });
  });

  test.each([
    ['a: b: c\n', 'yamlSyntax', 1, 4, 'put a value that holds ": " in quotes'],
    ['kind: A\n\tb: c\n', 'yamlSyntax', 2, 1, 'YAML indents with spaces'],
    ['kind: A\napiVersion: v1\nkind: B\n', 'duplicateKey', 3, 1, 'kubectl would take the last one'],
    ['name: {{ .Values.name }}\n', 'yamlSyntax', 1, 8, 'put text that begins with "{" or "[" in quotes'],
    ['- a\n', 'notAnObject', 1, 1, 'an object begins with apiVersion and kind'],
    ['\napiVersion: v1\n', 'missingKind', 2, 1, 'for example: kind: Pod'],
    ['kind: Pod\n', 'missingApiVersion', 1, 1, 'for example: apiVersion: v1'],
  ])('%j has a problem with a place', (text, code, line, column, hint) => {
    expect(readManifest(text, 'a.yaml').problems).toMatchObject([{ code, line, column, hint }]);
  });

  test('what stands before a mistake is still there, what stands behind it is not', () => {
    const text = 'apiVersion: v1\nkind: A\n---\na: b: c\n---\napiVersion: v1\nkind: B\n';
    const read = readManifest(text, 'a.yaml');
    expect(read.objects.map(({ object }) => object.kind)).toEqual(['A']);
    expect(read.problems).toMatchObject([{ code: 'yamlSyntax', line: 4 }]);
  });

  test('a few lines that stand for a great many are refused', () => {
    const levels = [...'abcdefghi'].map((name, index) =>
      index === 0
        ? 'a: &a [x, x, x, x, x, x, x, x, x]'
        : `${name}: &${name} [${`*${'abcdefghi'[index - 1]}, `.repeat(9)}]`,
    );
    const read = readManifest(`apiVersion: v1\nkind: A\n${levels.join('\n')}\n`, 'bomb.yaml');
    expect(read.problems).toMatchObject([{ code: 'aliasBomb' }]);
    expect(read.objects).toEqual([]);
  });

  test('ten thousand brackets are a problem, not an exhausted stack', () => {
    const read = readManifest(`a: ${'['.repeat(50_000)}`, 'deep.yaml');
    expect(read.problems.length).toBeGreaterThan(0);
    expect(read.objects).toEqual([]);
  });

  test('any text is read or refused, with places inside of it', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        'apiVersion: v1\n',
        'kind: Pod\n',
        'metadata:\n',
        '  name: x\n',
        '---\n',
        '- a\n',
        '\t',
      ),
      fc.constantFrom(
        'items:\n',
        'kind: List\n',
        '{',
        '}',
        '[',
        ']',
        ': ',
        '&a ',
        '*a',
        '"',
        "'",
        '|\n',
        '!!int ',
      ),
      fc.string({ maxLength: 6 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('');
        const read = readManifest(text, 'a.yaml');
        const lines = text.split('\n').length;
        for (const { line, column } of checkManifest(read)) {
          expect(line).toBeGreaterThanOrEqual(1);
          expect(line).toBeLessThanOrEqual(lines);
          expect(column).toBeGreaterThanOrEqual(1);
        }
        // Whatever keeps kubectl from reading on is shown to the author too.
        if (read.failure !== undefined) expect(read.problems).not.toEqual([]);
      }),
      { numRuns: 500, seed: 1 },
    );
  });
});
