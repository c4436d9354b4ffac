import { expect, test } from 'vitest';
import { diagnose } from './diagnose.ts';

interface Row {
  readonly steps: string;
  readonly codes: string;
}

const STOP = '{ fault: { stop: kubelet, node: node-1 } }';
const OFF = '{ fault: { stop: machine, node: node-1 } }';
const CUT = '{ fault: { cut: network, node: node-1, from: control-plane } }';
const FREEZE = '{ fault: { freeze: kubelet, node: node-1 } }';

test.each`
  mistake                               | steps                                                                                                                  | codes
  ${'a node that there is not'}         | ${'{ fault: { stop: kubelet, node: «node-9» } }'}                                                                      | ${'matches-nothing'}
  ${'one of several that there is not'} | ${'{ fault: { stop: kubelet, node: [node-1, «node-9»] } }'}                                                            | ${'matches-nothing'}
  ${'a party that there is not'}        | ${'{ fault: { cut: network, node: node-1, from: «controlplane» } }'}                                                   | ${'matches-nothing'}
  ${'what has been stopped'}            | ${`${STOP}, { fault: { stop: «kubelet», node: node-1 } }`}                                                             | ${'conflicting-keys'}
  ${'what has not been stopped'}        | ${'{ fault: { start: «kubelet», node: node-1 } }'}                                                                     | ${'conflicting-keys'}
  ${'what does not stand still'}        | ${'{ fault: { resume: «kubelet», node: node-1 } }'}                                                                    | ${'conflicting-keys'}
  ${'what stands still already'}        | ${`${FREEZE}, { fault: { freeze: «kubelet», node: node-1 } }`}                                                         | ${'conflicting-keys'}
  ${'a kubelet without a machine'}      | ${`${OFF}, { fault: { start: «kubelet», node: node-1 } }`}                                                             | ${'conflicting-keys'}
  ${'a machine that has power'}         | ${'{ fault: { start: «machine», node: node-1 } }'}                                                                     | ${'conflicting-keys'}
  ${'what has been cut'}                | ${`${CUT}, { fault: { cut: «network», node: node-1, from: control-plane } }`}                                          | ${'conflicting-keys'}
  ${'what has not been cut'}            | ${'{ fault: { mend: «network», node: node-1 } }'}                                                                      | ${'conflicting-keys'}
  ${'a command in the same step'}       | ${'{ «run»: kubectl get pods, fault: { stop: kubelet, node: node-1 } }'}                                               | ${'conflicting-keys'}
  ${'a machine that is there'}          | ${'{ join: { name: «node-1» } }'}                                                                                      | ${'conflicting-keys'}
  ${'a wait in the step of a join'}     | ${'{ join: { name: node-5 }, «wait»: 5s }'}                                                                            | ${'conflicting-keys'}
  ${'no registry'}                      | ${"{ fault: { fail: pulls, because: notFound, registry: «'not a host'» } }"}                                           | ${'wrong-value'}
  ${'a registry that is well'}          | ${'{ fault: { mend: «pulls» } }'}                                                                                      | ${'conflicting-keys'}
  ${'another registry than the one'}    | ${'{ fault: { fail: pulls, because: notFound, registry: quay.io } }, { fault: { mend: «pulls», registry: ghcr.io } }'} | ${'conflicting-keys'}
  ${'no answer of a registry'}          | ${'{ fault: { fail: pulls, because: «tired» } }'}                                                                      | ${'wrong-value'}
  ${'no resource'}                      | ${'{ fault: { drop: watches, of: kubelet, resources: [«podz»] } }'}                                                    | ${'unknown-kind'}
  ${'no pod'}                           | ${'{ fault: { kill: container, pod: «ghost» } }'}                                                                      | ${'matches-nothing'}
  ${'a member that there is not'}       | ${'{ fault: { lose: etcd, node: «node-1» } }'}                                                                         | ${'conflicting-keys'}
  ${'a runtime that runs'}              | ${'{ fault: { start: «containerd», node: node-1 } }'}                                                                  | ${'conflicting-keys'}
  ${'a disk that is not full'}          | ${'{ fault: { free: «disk», node: node-1 } }'}                                                                         | ${'conflicting-keys'}
  ${'a zone that there is not'}         | ${'{ fault: { stop: machine, node: «zone/a» } }'}                                                                      | ${'matches-nothing'}
`('$mistake is said where it stands', ({ steps, codes }: Row) => {
  const { said, marked } = diagnose(`steps: [${steps}]\n`, codes.split(' '));
  expect(said).toEqual(marked);
});

test.each([
  ['what has been stopped may start again', [STOP, '{ fault: { start: kubelet, node: node-1 } }', STOP]],
  [
    'a machine that rebooted may do so again',
    ['{ fault: { restart: machine, node: node-1, takes: 40s } }', OFF],
  ],
  ['what joined may break', ['{ join: { name: node-5 } }', '{ fault: { stop: machine, node: node-5 } }']],
  [
    'what is mended by itself may be mended before',
    [
      '{ fault: { stop: kubelet, node: node-1, for: 1m } }',
      '{ fault: { start: kubelet, node: node-1 } }',
      '{ fault: { fail: pulls, because: rateLimited } }',
      '{ fault: { mend: pulls } }',
    ],
  ],
  [
    'a network may be cut here and there',
    [CUT, '{ fault: { cut: network, node: node-1 } }', '{ fault: { mend: network, node: node-1 } }'],
  ],
])('%s', (_, steps) => {
  expect(diagnose(`steps: [${steps.join(', ')}]\n`, []).said).toEqual([]);
});

test('nothing else can stop', () => {
  const { said } = diagnose('steps: [{ fault: { stop: proxy, node: node-1 } }]\n', []);
  expect(said.map((each) => each.split(' ')[0])).toEqual(['wrong-value']);
});
