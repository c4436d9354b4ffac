import { describe, expect, test } from 'vitest';
import type { Node, Pod } from '../../../src/cluster/objects/kubernetes.ts';
import { failureMessage } from '../../../src/cluster/scheduler/failure-message.ts';
import type { NodeInfo } from '../../../src/cluster/scheduler/nodes/node-info.ts';
import { choose, infoOf, nodeOf, podOf } from './given-nodes.ts';

const v36 = { minor: 36, patch: 2 };

describe('a node refuses a pod', () => {
  const db = { key: 'dedicated', value: 'db', effect: 'NoSchedule' };
  test.each<[what: string, pod: Pod, info: NodeInfo, reasons: string[], unresolvable: boolean]>([
    [
      'when it is cordoned',
      podOf('p'),
      infoOf(nodeOf('n', { spec: { unschedulable: true } })),
      ['node(s) were unschedulable'],
      true,
    ],
    [
      'for a taint',
      podOf('p'),
      infoOf(nodeOf('n', { spec: { taints: [db] } })),
      ['node(s) had untolerated taint(s)'],
      true,
    ],
    [
      'that its selector does not mean',
      podOf('p', { nodeSelector: { disk: 'ssd' } }),
      infoOf(nodeOf('n')),
      ["node(s) didn't match Pod's node affinity/selector"],
      true,
    ],
    [
      'that has too little left',
      podOf('p', {}, '1500m'),
      infoOf(nodeOf('n'), [podOf('other', {}, '1')]),
      ['Insufficient cpu'],
      false,
    ],
    [
      'that asks for more than there is',
      podOf('p', {}, '3'),
      infoOf(nodeOf('n')),
      ['Insufficient cpu'],
      true,
    ],
    [
      'when it is full of pods',
      podOf('p'),
      infoOf(
        nodeOf('n'),
        ['a', 'b', 'c'].map((name) => podOf(name)),
      ),
      ['Too many pods'],
      false,
    ],
    [
      'whose port is taken',
      podOf('p', { containers: [{ name: 'm', image: 'i', ports: [{ containerPort: 80, hostPort: 80 }] }] }),
      infoOf(nodeOf('n'), [
        podOf('q', {
          containers: [{ name: 'm', image: 'i', ports: [{ containerPort: 8080, hostPort: 80 }] }],
        }),
      ]),
      ["node(s) didn't have free ports for the requested pod ports"],
      false,
    ],
  ])('%s', (_what, pod, info, reasons, unresolvable) => {
    expect(choose(pod, [info])).toMatchObject({
      refusals: [{ node: 'n', refusal: { reasons, unresolvable } }],
    });
  });

  test.each<[what: string, pod: Pod, node: Node]>([
    [
      'the taint is tolerated',
      podOf('p', { tolerations: [{ key: 'dedicated', value: 'db' }] }),
      nodeOf('n', { spec: { taints: [db] } }),
    ],
    [
      'the taint only prefers',
      podOf('p'),
      nodeOf('n', { spec: { taints: [{ ...db, effect: 'PreferNoSchedule' }] } }),
    ],
    [
      'the selector means it',
      podOf('p', { nodeSelector: { disk: 'ssd' } }),
      nodeOf('n', { labels: { disk: 'ssd' } }),
    ],
  ])('not when %s', (_what, pod, node) => {
    expect(choose(pod, [infoOf(node)])).toEqual({ node: 'n' });
  });
});

describe('among nodes that fit', () => {
  test('the emptier one is chosen', () => {
    const infos = [infoOf(nodeOf('full'), [podOf('a', {}, '1')]), infoOf(nodeOf('empty'))];
    expect(choose(podOf('p', {}, '100m'), infos)).toEqual({ node: 'empty' });
  });

  test('one without a taint that prefers others is chosen', () => {
    const taints = [{ key: 'k', effect: 'PreferNoSchedule' }];
    const infos = [infoOf(nodeOf('tainted', { spec: { taints } })), infoOf(nodeOf('plain'))];
    expect(choose(podOf('p'), infos)).toEqual({ node: 'plain' });
  });

  test('equals are drawn by the pod, so that many pods come to all of them', () => {
    const infos = ['a', 'b', 'c'].map((name) => infoOf(nodeOf(name)));
    const chosen = new Set(
      Array.from({ length: 40 }, (_, index) => JSON.stringify(choose(podOf(`p${index}`), infos))),
    );
    expect(chosen.size).toBe(3);
  });
});

describe('what FailedScheduling says', () => {
  const affinity = { reasons: ["node(s) didn't match Pod's node affinity/selector"], unresolvable: true };
  const cpu = { reasons: ['Insufficient cpu'], unresolvable: true };
  const memory = { reasons: ['Insufficient memory'], unresolvable: false };
  const noRoom = [
    'No preemption victims found for incoming pod',
    ...Array<string>(3).fill('Preemption is not helpful for scheduling'),
  ];
  test.each<[minor: number, text: string]>([
    [
      36,
      "0/4 nodes are available: 1 Insufficient cpu, 1 Insufficient memory, 2 node(s) didn't match Pod's " +
        'node affinity/selector. no new claims to deallocate, preemption: 0/4 nodes are available: ' +
        '1 No preemption victims found for incoming pod, 3 Preemption is not helpful for scheduling.',
    ],
    [
      20,
      "0/4 nodes are available: 1 Insufficient cpu, 1 Insufficient memory, 2 node(s) didn't match Pod's " +
        'node affinity/selector.',
    ],
  ])('in 1.%i', (minor, text) => {
    expect(failureMessage([affinity, cpu, affinity, memory], noRoom, { minor, patch: 0 })).toBe(text);
  });

  test('without nodes', () => {
    expect(failureMessage([], [], v36)).toBe('no nodes available to schedule pods');
  });
});
