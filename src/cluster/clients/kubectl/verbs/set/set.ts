import type { Verb } from '../../verb.ts';
import { setEnv } from './set-env.ts';
import { setImage } from './set-image.ts';
import { setResources } from './set-resources.ts';

const AS_MANIFEST = 'change the manifest and apply it';

export const set: Verb = {
  name: 'set',
  subverbs: [
    setEnv,
    setImage,
    setResources,
    { name: 'selector', instead: AS_MANIFEST },
    { name: 'serviceaccount', aliases: ['sa'], instead: AS_MANIFEST },
    { name: 'subject', instead: AS_MANIFEST },
  ],
};
