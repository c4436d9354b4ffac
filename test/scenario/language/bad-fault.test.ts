import { expect, test } from 'vitest';
import { diagnose } from './diagnose.ts';

interface Row {
  readonly steps: string;
  readonly codes: string;
}

const STOP = '{ fault: { stop: kubelet, node: node-1 } }';

test.each`
  mistake                         | steps                                                                    | codes
  ${'a node that there is not'}   | ${'{ fault: { stop: kubelet, node: «node-9» } }'}                        | ${'matches-nothing'}
  ${'what has been stopped'}      | ${`${STOP}, { fault: { stop: «kubelet», node: node-1 } }`}               | ${'conflicting-keys'}
  ${'what has not been stopped'}  | ${'{ fault: { start: «kubelet», node: node-1 } }'}                       | ${'conflicting-keys'}
  ${'a command in the same step'} | ${'{ «run»: kubectl get pods, fault: { stop: kubelet, node: node-1 } }'} | ${'conflicting-keys'}
`('$mistake is said where it stands', ({ steps, codes }: Row) => {
  const { said, marked } = diagnose(`steps: [${steps}]\n`, codes.split(' '));
  expect(said).toEqual(marked);
});

test('what has been stopped may start again', () => {
  const start = '{ fault: { start: kubelet, node: node-1 } }';
  expect(diagnose(`steps: [${STOP}, ${start}, ${STOP}]\n`, []).said).toEqual([]);
});

test('nothing else can stop', () => {
  const { said } = diagnose('steps: [{ fault: { stop: proxy, node: node-1 } }]\n', []);
  expect(said.map((each) => each.split(' ')[0])).toEqual(['wrong-value']);
});
