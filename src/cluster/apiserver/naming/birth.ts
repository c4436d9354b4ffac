import { drawMany, drawUuid } from '../../../kernel/chance/draw.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import { generatedName, NAME_DRAWS, randomSuffix } from '../../objects/names.ts';
import { type Call, keyOf } from '../call.ts';

/**
 * What tells an object that is being made from every other that was or will be: its key and how many lives
 * that has had, or what its name is generated from and how many have been generated from it. All that is
 * drawn for an object is keyed by this, so that no unrelated object changes another's name.
 */
export type Birth = readonly [how: 'named' | 'generated', of: string, number: number];

export function birthOf(call: Call, { metadata: { name, generateName } }: KubeObject): Birth {
  if (name || !generateName) {
    const key = keyOf(call, name ?? '');
    return ['named', key, call.store.livesOf(key)];
  }
  const base = keyOf(call, generateName);
  return ['generated', base, call.store.generatedSoFar(base)];
}

/** A name from `generateName`; each attempt draws anew. */
export function drawName({ chance }: Call, base: string, birth: Birth, attempt: number): string {
  const { count, below } = NAME_DRAWS;
  return generatedName(base, drawMany(chance, count, below, 'name', ...birth, attempt));
}

/** `kube-api-access-` → `kube-api-access-7xkqz`. */
export function drawVolumeName({ chance }: Call, base: string, birth: Birth): string {
  const { count, below } = NAME_DRAWS;
  return base + randomSuffix(drawMany(chance, count, below, 'volume', ...birth));
}

export function drawUid({ chance }: Call, birth: Birth): string {
  return drawUuid(chance, 'uid', ...birth);
}
