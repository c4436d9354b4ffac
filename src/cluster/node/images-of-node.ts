import { drawHex } from '../../kernel/chance/draw.ts';
import type { ImageRow } from '../contract/machine-rows.ts';
import type { ClusterSettings } from '../contract/settings.ts';
import { normalizedImageName } from '../objects/image-name.ts';
import type { ImageBehaviour } from './images/image-definition.ts';

interface KnownImage {
  readonly behaviour: ImageBehaviour;
  /** `sha256:…`, the same on every machine. */
  readonly identity: string;
  readonly fullName: string;
}

/** What an image is and does, by its name in a manifest. */
export function imageOf(settings: ClusterSettings, image: string): KnownImage {
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

/** Until the catalogue of images is there: anything is a busybox, and what is called `nosuch…` does not exist. */
function imageBehaviour(reference: string, _images: ClusterSettings['images']): ImageBehaviour {
  return {
    reference,
    name: normalizedImageName(reference) ?? reference,
    sizeBytes: 2_140_939,
    ...(reference.startsWith('nosuch') && { pullFailure: 'notFound' as const }),
    entrypoint: [],
    cmd: ['sh'],
    env: {},
    uid: 0,
    workingDir: '/',
    userland: 'busybox',
    commands: [],
    programs: {},
    files: {},
  };
}
