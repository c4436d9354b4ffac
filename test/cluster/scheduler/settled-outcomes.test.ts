import { describe, expect, test } from 'vitest';
import { tokensController } from '../../../src/cluster/controllers/tokens.ts';
import type { KubeObject } from '../../../src/cluster/objects/kube-object.ts';
import type { Pod } from '../../../src/cluster/objects/kubernetes.ts';
import { chooseNode, couldBeDrawn } from '../../../src/cluster/scheduler/choose-node.ts';
import { outcomeKey } from '../../../src/kernel/chance/outcomes.ts';
import { create, playCluster } from '../node/play.ts';
import { cycleOf, infoOf, nodeOf, podOf } from './given-nodes.ts';

const POD = podOf('p', {}, '100m');
const at = (pod: Pod, creationTimestamp: string): Pod => ({
  ...pod,
  metadata: { ...pod.metadata, creationTimestamp },
});

function chosen(node: string, infos: ReturnType<typeof infoOf>[], pod: Pod = POD) {
  const { namespace = '', name = '', uid = '' } = pod.metadata;
  const outcomes = { [outcomeKey('scheduler tie', namespace, name, uid)]: node };
  const cycle = cycleOf(pod, infos);
  const chance = { seed: '1', outcomes };
  const choice = chooseNode(cycle, chance);
  return { node: choice.node, couldBe: couldBeDrawn(cycle, choice, chance) };
}

describe('where the node of a pod is settled beforehand', () => {
  const equals = ['a', 'b', 'c'].map((name) => infoOf(nodeOf(name)));

  test.each(['a', 'b', 'c'])('it is the one among equals: %s', (node) => {
    expect(chosen(node, equals)).toEqual({ node, couldBe: true });
  });

  test('it is not one that refuses the pod', () => {
    const cordoned = infoOf(nodeOf('full', { spec: { unschedulable: true } }));
    expect(chosen('full', [...equals, cordoned]).node).not.toBe('full');
  });

  test('one that is not among the best is told from the others', () => {
    const busy = infoOf(nodeOf('busy'), [podOf('old', {}, '1')]);
    expect(chosen('busy', [...equals, busy])).toEqual({ node: 'busy', couldBe: false });
  });

  test('one is among the best if pods that came with it may as well be worked off later', () => {
    const pod = at(POD, '2026-01-01T00:00:01Z');
    const busy = infoOf(nodeOf('busy'), [at(podOf('twin', {}, '1'), '2026-01-01T00:00:01Z')]);
    expect(chosen('busy', [...equals, busy], pod)).toEqual({ node: 'busy', couldBe: true });
    const older = infoOf(nodeOf('busy'), [at(podOf('old', {}, '1'), '2026-01-01T00:00:00Z')]);
    const later = at(POD, '2026-01-01T00:00:09Z');
    expect(chosen('busy', [...equals, older], later).couldBe).toBe(false);
  });
});

test('pods that are made at once are worked off in the order in which they came', () => {
  const containers = [{ name: 'main', image: 'busybox:1.36', command: ['sleep', '3600'] }];
  const names = ['m', 'c', 'x', 'a', 'q', 'b', 'z', 'd'];
  const typed = names.map((name) => {
    const pod: Pod & KubeObject = { apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec: { containers } };
    return create(1000, pod);
  });
  const { log } = playCluster(typed, { calm: true, until: 2000, more: [tokensController] });
  const bound = log.flatMap(({ event, actor }) =>
    actor === 'scheduler' && event.type === 'ObjectUpdated' && event.set?.['/spec/nodeName'] !== undefined
      ? [event.key.split('/').at(-1)]
      : [],
  );
  const made = log.flatMap(({ event }) =>
    event.type === 'ObjectCreated' && event.resource === 'pods' ? [event.object.metadata.name] : [],
  );
  expect(bound).toHaveLength(names.length);
  expect(bound).toEqual(made);
});
