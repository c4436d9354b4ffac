import { expect, test } from 'vitest';
import type { NodeInfo } from '../../../src/cluster/scheduler/nodes/node-info.ts';
import { imageLocality } from '../../../src/cluster/scheduler/scores/image-locality.ts';
import { cycleOf, infoOf, nodeOf, podOf, scoresOf } from './given-nodes.ts';

const MEBIBYTE = 1024 * 1024;

function withImage(name: string, ...mebibytes: number[]): NodeInfo {
  const images = mebibytes.map((size) => ({ names: ['busybox:latest'], sizeBytes: size * MEBIBYTE }));
  const node = nodeOf(name);
  return infoOf({ ...node, status: { ...node.status, images } });
}

test.each<[what: string, nodes: NodeInfo[], scores: number[] | undefined]>([
  ['a node that has the image is better', [withImage('a', 1000), withImage('b')], [48, 0]],
  ['an image that all have counts in full', [withImage('a', 1000), withImage('b', 1000)], [100, 100]],
  ['a small image counts nothing', [withImage('a', 40), withImage('b')], [0, 0]],
  ['nothing is said where nobody has it', [withImage('a'), withImage('b')], undefined],
])('%s', (_what, nodes, scores) => {
  expect(scoresOf(imageLocality, cycleOf(podOf('p'), nodes), nodes)).toEqual(scores);
});
