import { describe, expect, test } from 'vitest';
import type { KubeObject } from '../../../src/cluster/objects/kube-object.ts';
import type { Pod } from '../../../src/cluster/objects/kubernetes.ts';
import { filterNodes } from '../../../src/cluster/scheduler/filter-nodes.ts';
import type { NodeInfo } from '../../../src/cluster/scheduler/nodes/node-info.ts';
import { preempt } from '../../../src/cluster/scheduler/preemption/preempt.ts';
import { cycleOf, infoOf, nodeOf, podOf } from './given-nodes.ts';

interface Draft {
  readonly priority: number;
  readonly cpu: string;
  readonly startTime?: string;
}

function runningPod(name: string, { priority, cpu, startTime = '2026-01-01T00:00:00Z' }: Draft): Pod {
  const pod = podOf(name, { priority }, cpu);
  return {
    ...pod,
    metadata: { ...pod.metadata, labels: { name } },
    status: { startTime },
  };
}

const important = podOf('important', { priority: 1000 }, '1500m');

function outcome(pod: Pod, nodes: readonly NodeInfo[], budget?: KubeObject): unknown {
  const objects = budget ? ([['poddisruptionbudgets.policy', budget]] as const) : [];
  const cycle = cycleOf(pod, nodes, { objects });
  const preemption = preempt(cycle, filterNodes(cycle).refusals, { seed: '1' });
  if ('why' in preemption) return preemption.why;
  const { node, pods } = preemption.victims;
  return [node, ...pods.map(({ metadata }) => metadata.name)];
}

const node = (name: string, ...pods: Pod[]): NodeInfo => infoOf(nodeOf(name), pods);

describe('room is made', () => {
  const low = (name: string, cpu = '1'): Pod => runningPod(name, { priority: 0, cpu });
  test.each<[what: string, nodes: NodeInfo[], expected: string[]]>([
    ['by no more pods than needed', [node('a', low('small', '300m'), low('big', '1700m'))], ['a', 'big']],
    [
      'where the least important go',
      [node('a', runningPod('mid', { priority: 10, cpu: '1' })), node('b', low('low'), low('lower', '500m'))],
      ['b', 'low'],
    ],
    ['where fewer go', [node('a', low('one'), low('two')), node('b', low('only', '2'))], ['b', 'only']],
    [
      'where those that started last go',
      [
        node('a', runningPod('old', { priority: 0, cpu: '2', startTime: '2026-01-01T00:00:00Z' })),
        node('b', runningPod('young', { priority: 0, cpu: '2', startTime: '2026-01-02T00:00:00Z' })),
      ],
      ['b', 'young'],
    ],
  ])('%s', (_what, nodes, expected) => {
    expect(outcome(important, nodes)).toEqual(expected);
  });

  test('rather where no budget is broken', () => {
    const budget = {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: 'keep', namespace: 'default' },
      spec: { selector: { matchLabels: { name: 'kept' } } },
      status: { disruptionsAllowed: 0 },
    };
    const nodes = [
      node('a', low('kept', '2')),
      node('b', runningPod('more-important', { priority: 10, cpu: '2' })),
    ];
    expect(outcome(important, nodes, budget)).toEqual(['b', 'more-important']);
  });
});

describe('no room is made', () => {
  const full = node('a', runningPod('busy', { priority: 1000, cpu: '1' }));
  test.each<[what: string, pod: Pod, nodes: NodeInfo[], why: unknown]>([
    ['by pods of the same priority', important, [full], ['No preemption victims found for incoming pod']],
    [
      'for a pod that would not fit an empty node',
      podOf('huge', { priority: 1000 }, '3'),
      [full],
      ['Preemption is not helpful for scheduling'],
    ],
    [
      'for a pod that must not push others out',
      podOf('polite', { priority: 2000, preemptionPolicy: 'Never' }, '2'),
      [full],
      'not eligible due to preemptionPolicy=Never.',
    ],
    [
      'where more important pods take too much',
      important,
      [
        node(
          'a',
          runningPod('busy', { priority: 1000, cpu: '1' }),
          runningPod('low', { priority: 0, cpu: '1' }),
        ),
      ],
      ['Insufficient cpu'],
    ],
  ])('%s', (_what, pod, nodes, why) => {
    expect(outcome(pod, nodes)).toEqual(why);
  });

  test('while victims are still on their way out of the promised node', () => {
    const victim = runningPod('victim', { priority: 0, cpu: '2' });
    const condition = { type: 'DisruptionTarget', status: 'True', reason: 'PreemptionByScheduler' };
    const leaving: Pod = {
      ...victim,
      metadata: { ...victim.metadata, deletionTimestamp: '2026-01-01T00:00:01Z' },
      status: { ...victim.status, conditions: [condition] },
    };
    const promised: Pod = { ...important, status: { nominatedNodeName: 'a' } };
    expect(outcome(promised, [node('a', leaving)])).toBe(
      'not eligible due to a terminating pod on the nominated node.',
    );
  });
});
