import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkCommand } from '../../../../src/cluster/clients/command-line/check-command.ts';
import type { Files } from '../../../../src/cluster/clients/files.ts';
import { VERBS } from '../../../../src/cluster/clients/kubectl/verbs.ts';
import { typeLines } from '../type-lines.ts';

const files: Files = {
  'pod.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {containers: [{name: c, image: x}]}\n',
  'bad.yaml': 'kind: Pod\n',
};

const verbs = VERBS.filter(({ run, subverbs }) => run !== undefined || subverbs !== undefined);
const words = [
  'pods',
  'pod',
  'web',
  'pod/web',
  'svc',
  'all',
  'deploy',
  'node/x',
  'a=b',
  'a-',
  '{}',
  '[]',
  '-',
];
const below = verbs.flatMap(({ subverbs = [] }) => subverbs.map(({ name }) => name));
const flags = [
  '--all',
  '-l',
  '-o',
  'yaml',
  'wide',
  '--replicas=2',
  '-p',
  '--for=delete',
  '--timeout=1s',
  '--force',
];
const more = [
  '--image=a',
  '--port=80',
  '--',
  '--dry-run=client',
  '-f',
  'pod.yaml',
  'bad.yaml',
  '-A',
  '-w',
  '-n',
  'x',
];
const rest = [
  'jsonpath={.items}',
  'custom-columns=A:.b',
  '--sort-by=.a',
  '--type=json',
  '--from-literal=a=b',
  '-c',
];

test('any line that is not refused can be typed', () => {
  const word = fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(...words, ...below, ...flags, ...more, ...rest) },
    { weight: 1, arbitrary: fc.string({ maxLength: 4 }) },
  );
  let typed = 0;
  fc.assert(
    fc.property(
      fc.constantFrom(...verbs.map(({ name }) => name)),
      fc.array(word, { maxLength: 6 }),
      (verb, others) => {
        const line = ['kubectl', verb, ...others].join(' ');
        if (checkCommand(line, files) !== undefined) return;
        typed += 1;
        const { commands } = typeLines(
          [
            [500, 'kubectl create -f pod.yaml'],
            [1000, line],
          ],
          { files, until: 20_000 },
        );
        expect(commands).toHaveLength(2);
      },
    ),
    { numRuns: 1500, seed: 1 },
  );
  expect(typed).toBeGreaterThan(200);
});
