import type { Node } from '../../objects/kubernetes.ts';
import { inVersion, type Since } from '../../objects/versions.ts';
import type { Cycle } from '../cycle.ts';
import type { Score } from './score.ts';

const MEBIBYTE = 1024 * 1024;
const LEAST = 23 * MEBIBYTE;
const MOST_PER_CONTAINER = 1000 * MEBIBYTE;

/** Init containers' images count since 1.30 or thereabouts. */
const COUNTS_INIT: Since<boolean> = [
  [0, false],
  [30, true],
];

/**
 * Nodes that have a pod's images, the larger and the wider spread the better (scheduler:
 * plugins/imagelocality).
 */
export const imageLocality: Score = {
  name: 'ImageLocality',
  weight: [[0, 1]],
  scores(cycle, infos) {
    const names = imageNames(cycle);
    const spread = names.map((name) => cycle.nodes.filter(({ node }) => sizeOn(node, name) > 0).length);
    if (spread.every((count) => count === 0)) return undefined;
    const most = MOST_PER_CONTAINER * names.length;
    return infos.map(({ node }) => {
      const sum = names.reduce((total, name, index) => {
        const share = (spread[index] ?? 0) / cycle.nodes.length;
        return total + Math.floor(sizeOn(node, name) * share);
      }, 0);
      const bounded = Math.min(Math.max(sum, LEAST), most);
      return Math.floor((100 * (bounded - LEAST)) / (most - LEAST));
    });
  },
};

function imageNames({ pod, version }: Cycle): readonly string[] {
  const { containers, initContainers = [] } = pod.spec;
  const counted = inVersion(COUNTS_INIT, version) ? [...initContainers, ...containers] : containers;
  return counted.map(({ image = '' }) => withTag(image));
}

/** `busybox` is there under `busybox:latest`. */
function withTag(image: string): string {
  return image.lastIndexOf(':') <= image.lastIndexOf('/') ? `${image}:latest` : image;
}

function sizeOn({ status }: Node, name: string): number {
  return status?.images?.find(({ names }) => names?.includes(name))?.sizeBytes ?? 0;
}
