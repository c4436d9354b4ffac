import type { View } from '../contract/component.ts';
import type { ImageRow } from '../contract/machine-rows.ts';
import { type ClusterSettings, hasOwnControlPlane } from '../contract/settings.ts';
import { kubeadmImages } from '../kubeadm/images.ts';
import { imageIdentity, normalizedImageName } from '../objects/image-name.ts';
import { imageBehaviour } from './images/image-behaviour.ts';
import type { ImageBehaviour } from './images/image-definition.ts';
import { settingsOfNode } from './settings-of-node.ts';

interface KnownImage {
  readonly behaviour: ImageBehaviour;
  /** `sha256:…`, the same on every machine. */
  readonly identity: string;
  readonly fullName: string;
}

// Every look at a container asks; what is known of an image never changes.
const known = new WeakMap<ClusterSettings, Map<string, KnownImage>>();

/** What an image is and does, by its name in a manifest. */
export function imageOf(settings: ClusterSettings, image: string): KnownImage {
  const images = known.get(settings) ?? new Map<string, KnownImage>();
  if (images.size === 0) known.set(settings, images);
  const found = images.get(image) ?? findOut(settings, image);
  images.set(image, found);
  return found;
}

/** What a container runs of its image; where containers are only pretended, that is the same for all. */
export function imageOn(view: View, node: string, image: string): KnownImage {
  return imageOf(view.settings, isPretended(view, node) ? PRETENDED : image);
}

/** It runs for ever and answers wherever it is asked, as every image of which nothing is known. */
const PRETENDED = 'kubemark/pretended';

/** Whether a node only pretends to run containers. */
export function isPretended(view: View, node: string): boolean {
  return settingsOfNode(view, node)?.hollow === true;
}

function findOut(settings: ClusterSettings, image: string): KnownImage {
  const fullName = normalizedImageName(image) ?? image;
  const behaviour = imageBehaviour(image, settings.images);
  return { behaviour, identity: imageIdentity(fullName), fullName };
}

/** The images that every machine has from the start. */
export function presentImages(settings: ClusterSettings): Omit<ImageRow, 'node'>[] {
  const own = hasOwnControlPlane(settings) ? kubeadmImages(settings.version) : [];
  return [...own, ...settings.presentImages].map((image) => {
    const { behaviour, identity, fullName } = imageOf(settings, image);
    return { id: identity, names: [fullName], sizeBytes: behaviour.sizeBytes };
  });
}
