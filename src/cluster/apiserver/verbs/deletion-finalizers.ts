import type { DeleteOptions } from '../../contract/request.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type { Strategy } from '../call.ts';

const ORPHAN = 'orphan';
const FOREGROUND = 'foregroundDeletion';

/**
 * The finalizers that a deleted object waits for: its own, and the garbage collector's when its dependents
 * are to be released (`orphan`) or to go first (`foregroundDeletion`). The request's word counts before what
 * the object bears, and that before what is usual for its kind (apiserver:
 * deletionFinalizersForGarbageCollection).
 */
export function deletionFinalizers(
  { metadata }: KubeObject,
  { propagationPolicy }: DeleteOptions,
  usual: Strategy['defaultPropagation'],
): readonly string[] {
  const before = metadata.finalizers ?? [];
  const policy = policyOf(before, propagationPolicy, usual);
  const wanted = policy === 'Orphan' ? ORPHAN : policy === 'Foreground' ? FOREGROUND : undefined;
  const own = before.filter((finalizer) => finalizer !== ORPHAN && finalizer !== FOREGROUND);
  const after = wanted === undefined ? own : [...own, wanted];
  const isSame = after.length === before.length && after.every((finalizer) => before.includes(finalizer));
  return isSame ? before : after;
}

function policyOf(
  finalizers: readonly string[],
  requested: DeleteOptions['propagationPolicy'],
  usual: Strategy['defaultPropagation'],
): DeleteOptions['propagationPolicy'] {
  if (usual === 'Unsupported') return 'Background';
  if (requested !== undefined) return requested;
  const asked = finalizers.find((finalizer) => finalizer === ORPHAN || finalizer === FOREGROUND);
  if (asked !== undefined) return asked === ORPHAN ? 'Orphan' : 'Foreground';
  return usual;
}
