import { derived } from '../../objects/derived.ts';
import type { Node } from '../../objects/kubernetes.ts';
import { inVersion, type Since } from '../../objects/versions.ts';
import type { Cycle, Score } from '../framework.ts';
import { tallyOf } from '../nodes/tally.ts';

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
  scores(cycle, places) {
    const names = imageNames(cycle);
    const having = tallyOf(cycle.nodes, 'images', {
      ofNode(node, add) {
        for (const name of sizesOf(node).keys()) add(name, 1);
      },
    });
    const spread = names.map((name) => having.get(name) ?? 0);
    if (spread.every((count) => count === 0)) return undefined;
    const most = MOST_PER_CONTAINER * names.length;
    const raw = places.map((place) => {
      const node = cycle.nodes[place]?.node;
      const sizes = node ? sizesOf(node) : NONE;
      const sum = names.reduce((total, name, index) => {
        const share = (spread[index] ?? 0) / cycle.nodes.length;
        return total + Math.floor((sizes.get(name) ?? 0) * share);
      }, 0);
      const bounded = Math.min(Math.max(sum, LEAST), most);
      return Math.floor((100 * (bounded - LEAST)) / (most - LEAST));
    });
    return { raw };
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

const NONE: ReadonlyMap<string, number> = new Map();

/** Bytes of each image that a node has, by each of its names. */
function sizesOf({ status }: Node): ReadonlyMap<string, number> {
  return status?.images ? sizesOfList(status.images) : NONE;
}

type Images = NonNullable<NonNullable<Node['status']>['images']>;

const sizesOfList = derived((images: Images): ReadonlyMap<string, number> => {
  const sizes = new Map<string, number>();
  for (const { names, sizeBytes = 0 } of images) {
    for (const name of names ?? []) if (sizeBytes > 0 && !sizes.has(name)) sizes.set(name, sizeBytes);
  }
  return sizes;
});
