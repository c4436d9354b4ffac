import type { Divergence } from '../divergence.ts';
import type { Play } from '../play.ts';

/** Why two plays may part where they do: data, each with its source. */
export interface Explanation {
  readonly id: string;
  /**
   * `race`: the real order, or number, is drawn, and ours is another outcome. `version`: the plays are of two
   * versions of Kubernetes. `artifact`: of how the recording was made.
   */
  readonly kind: 'race' | 'version' | 'artifact';
  readonly why: string;
  readonly source: string;
  /** Whether what comes after it about the same follows from it. */
  readonly forks?: boolean;
  readonly explains: (divergence: Divergence, plays: Plays) => boolean;
}

export interface Plays {
  readonly wanted: Play;
  readonly actual: Play;
}
