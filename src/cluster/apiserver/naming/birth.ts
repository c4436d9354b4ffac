import { drawMany, drawUuid } from '../../../kernel/chance/draw.ts';
import { settledOutcome } from '../../../kernel/chance/outcomes.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type { Pod } from '../../objects/kubernetes.ts';
import { generatedName, isGeneratedFrom, NAME_DRAWS, randomSuffix } from '../../objects/names.ts';
import { targetNode } from '../../objects/target-node.ts';
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
export function drawName(call: Call, draft: KubeObject, birth: Birth, attempt: number): string {
  const base = draft.metadata.generateName ?? '';
  const settled = attempt === 0 ? settledName(call, draft, birth) : undefined;
  if (settled !== undefined && isGeneratedFrom(base, settled)) return settled;
  const { count, below } = NAME_DRAWS;
  return generatedName(base, drawMany(call.chance, count, below, 'name', ...birth, attempt));
}

/** A pod that is made for one node is told from others by that: they are made in any order. */
function settledName(call: Call, draft: KubeObject, birth: Birth): string | undefined {
  const { chance, store } = call;
  const node = draft.kind === 'Pod' && chance.outcomes ? targetNode(draft as Pod) : undefined;
  if (node === undefined) return settledOutcome(chance, 'name', ...birth);
  const [how, of] = birth;
  for (let number = 0; ; number++) {
    const name = settledOutcome(chance, 'name', how, of, node, number);
    if (name === undefined) return undefined;
    const key = keyOf(call, name);
    if (store.read(key) === undefined && store.livesOf(key) === 0) return name;
  }
}

/** `kube-api-access-` → `kube-api-access-7xkqz`. */
export function drawVolumeName({ chance }: Call, base: string, birth: Birth): string {
  const { count, below } = NAME_DRAWS;
  return base + randomSuffix(drawMany(chance, count, below, 'volume', ...birth));
}

/** An object's uid, once it has its name. */
export function drawUid(call: Call, { metadata }: KubeObject, birth: Birth): string {
  const { chance, store } = call;
  const key = chance.outcomes && keyOf(call, metadata.name ?? '');
  const settled = key === undefined ? undefined : settledOutcome(chance, 'uid', key, store.livesOf(key));
  return settled ?? drawUuid(chance, 'uid', ...birth);
}
