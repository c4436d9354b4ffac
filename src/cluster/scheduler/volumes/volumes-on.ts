import type { ObjectReader } from '../../contract/reader.ts';
import type {
  Node,
  PersistentVolume,
  PersistentVolumeClaim,
  StorageClass,
} from '../../objects/kubernetes.ts';
import { matchVolume } from '../../objects/match-volume.ts';
import { matchesTerm } from '../../objects/node-selection.ts';
import { classOf, isProvisioned, SELECTED_NODE } from '../../objects/volume-binding.ts';

/** How a claim gets its volume on a node: one that is there, or one that is made. */
export interface ClaimChoice {
  readonly claim: PersistentVolumeClaim;
  /** Absent where one is to be made. */
  readonly volume?: PersistentVolume;
}

/**
 * What the claims of a pod that are not bound yet would be bound to on a node; undefined where one of them
 * would have to go without (scheduler: plugins/volumebinding/binder.go findMatchingVolumes).
 */
export function volumesOn(
  objects: ObjectReader,
  claims: readonly PersistentVolumeClaim[],
  node: Node,
): readonly ClaimChoice[] | undefined {
  const choices: ClaimChoice[] = [];
  const volumes = objects
    .list<PersistentVolume>('persistentvolumes')
    .filter((volume) => isReached(volume, node));
  for (const claim of claims) {
    const taken = new Set(choices.map(({ volume }) => volume));
    const selected = claim.metadata.annotations?.[SELECTED_NODE];
    const volume = matchVolume(
      claim,
      volumes.filter((each) => !taken.has(each)),
    );
    if (volume) choices.push({ claim, volume });
    else if (selected !== undefined ? selected === node.metadata.name : canBeMade(objects, claim, node))
      choices.push({ claim });
    else return undefined;
  }
  return choices;
}

/** Whether a volume can be used on a node. */
export function isReached({ spec }: PersistentVolume, node: Node): boolean {
  const terms = spec?.nodeAffinity?.required?.nodeSelectorTerms;
  return terms === undefined || terms.some((term) => matchesTerm(term, node));
}

function canBeMade(objects: ObjectReader, claim: PersistentVolumeClaim, { metadata }: Node): boolean {
  const found = objects.get<StorageClass>('storageclasses.storage.k8s.io', undefined, classOf(claim));
  if (!found || !isProvisioned(found)) return false;
  const { allowedTopologies = [] } = found;
  if (allowedTopologies.length === 0) return true;
  return allowedTopologies.some(({ matchLabelExpressions = [] }) =>
    matchLabelExpressions.every(({ key, values }) => values.includes(metadata.labels?.[key] ?? '')),
  );
}
