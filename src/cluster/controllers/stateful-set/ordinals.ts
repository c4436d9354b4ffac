import type { Pod, StatefulSet } from '../../objects/kubernetes.ts';

/** The number at the end of a pod's name, and the name before it (stateful_set_utils.go). */
export function parentAndOrdinal({ metadata }: Pod): { readonly parent: string; readonly ordinal: number } {
  const [, parent = '', digits] = /^(.*)-([0-9]+)$/.exec(metadata.name ?? '') ?? [];
  const ordinal = Number(digits ?? -1);
  return { parent, ordinal: ordinal < 2 ** 31 ? ordinal : -1 };
}

export function ordinalOf(pod: Pod): number {
  return parentAndOrdinal(pod).ordinal;
}

/** The ordinals that a set's pods have: from `start` up to but not including `end`. */
export function ordinalsOf({ spec }: StatefulSet): { readonly start: number; readonly end: number } {
  const start = spec.ordinals?.start ?? 0;
  return { start, end: start + (spec.replicas ?? 1) };
}

export function isInRange(pod: Pod, set: StatefulSet): boolean {
  const { start, end } = ordinalsOf(set);
  const ordinal = ordinalOf(pod);
  return ordinal >= start && ordinal < end;
}
