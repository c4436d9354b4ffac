import { drawHex } from '../../kernel/chance/draw.ts';
import type { ImageRow } from '../contract/machine-rows.ts';
import type { ClusterSettings } from '../contract/settings.ts';
import { normalizedImageName } from '../objects/image-name.ts';
import { imageBehaviour } from './images/image-behaviour.ts';
import type { ImageBehaviour } from './images/image-definition.ts';

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

function findOut(settings: ClusterSettings, image: string): KnownImage {
  const fullName = normalizedImageName(image) ?? image;
  const behaviour = imageBehaviour(image, settings.images);
  return { behaviour, identity: `sha256:${drawHex({ seed: 'image' }, 64, fullName)}`, fullName };
}

/** The images that every machine has from the start. */
export function presentImages(settings: ClusterSettings): Omit<ImageRow, 'node'>[] {
  return settings.presentImages.map((image) => {
    const { behaviour, identity, fullName } = imageOf(settings, image);
    return { id: identity, names: [fullName], sizeBytes: behaviour.sizeBytes };
  });
}
