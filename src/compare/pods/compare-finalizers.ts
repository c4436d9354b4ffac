import type { Divergence, Told } from '../divergence.ts';
import { parting } from '../normal/parting.ts';
import type { PodPlay } from './pod-play.ts';

/** Finalizers of a pod as they were put on and taken off, one after another. */
export function compareFinalizers(about: string, wanted: PodPlay, actual: PodPlay): readonly Divergence[] {
  return parting({ about, aspect: 'fields', of: 'finalizers' }, finalizersOf(wanted), finalizersOf(actual));
}

function finalizersOf({ finalizers }: PodPlay): readonly Told[] {
  return finalizers.filter(({ says }, index) => says !== finalizers[index - 1]?.says);
}
