import type { Divergence } from '../divergence.ts';
import type { Explanation, Plays } from './explanation.ts';
import { EXPLANATIONS } from './explanations.ts';

/** A divergence for which there is a reason. */
export interface Explained {
  readonly divergence: Divergence;
  readonly because: Explanation;
}

/** Sets apart what is known to differ, and why; what follows from that about the same thing goes with it. */
export function explain(
  found: readonly Divergence[],
  plays: Plays,
): { readonly divergences: readonly Divergence[]; readonly explained: readonly Explained[] } {
  const divergences: Divergence[] = [];
  const explained: Explained[] = [];
  const forks = new Map<string, Explanation>();
  for (const divergence of found) {
    const because =
      EXPLANATIONS.find((each) => each.explains(divergence, plays)) ?? forks.get(divergence.about);
    if (because?.forks) forks.set(divergence.about, because);
    if (because) explained.push({ divergence, because });
    else divergences.push(divergence);
  }
  return { divergences, explained };
}
