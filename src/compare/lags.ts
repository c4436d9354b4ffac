import type { Pod } from '../cluster/objects/kubernetes.ts';
import type { Millis } from '../kernel/time/millis.ts';
import { parseRfc3339 } from '../kernel/time/rfc3339.ts';
import type { Play } from './play.ts';
import { isPretended } from './pods/pod-play.ts';

interface Lag {
  readonly lagMs: Millis;
  /** Of which kubelets. */
  readonly of: string;
  readonly why: string;
}

/**
 * By how much the writes of a kubelet may come late, and what was only so for so long go unseen. Until 1.26
 * it writes with 5 requests a second and 10 at once (README 1.20, 3.0.9 and the load caveat); since then with
 * 50, which no recording used up.
 */
export const LAGS: Readonly<Record<'quiet' | 'busy', Lag>> = {
  quiet: {
    lagMs: 6500,
    of: 'kubelets that mostly tell what is so within 2.5 s',
    why: 'two requests a status and the burst of 10: up to 6 s in b2-crashloop-solo',
  },
  busy: {
    lagMs: 16_000,
    of: 'kubelets that mostly take longer, or 8 s and more once',
    why: 'about 60 pods on the one real kubelet: up to 10 s and more, first in, first out',
  },
};

/** From here on kubelets write as 1.36's do: 50 requests a second, terminal phases, a tick of a second. */
export const MODERN_MINOR = 27;

/** By how much the kubelets of a play lag, as their own words show. */
export function lagOf({ minor, ...play }: Pick<Play, 'minor' | 'changes' | 'startMs'>): Millis {
  if (minor >= MODERN_MINOR) return 0;
  const ages = tellingAges(play).sort((a, b) => a - b);
  const [middle = 0, oldest = 0] = [ages[Math.floor(ages.length / 2)], ages.at(-1)];
  return middle > MOSTLY_MS || oldest > ONCE_MS ? LAGS.busy.lagMs : LAGS.quiet.lagMs;
}

const MOSTLY_MS = 2500;
const ONCE_MS = 8000;

/**
 * How old it was that a container had started, or had ended, when its status first told so. What hollow
 * kubelets tell is made up.
 */
function tellingAges({ changes, startMs }: Pick<Play, 'changes' | 'startMs'>): Millis[] {
  const told = new Set<string>();
  return changes.flatMap(({ object, type, atMs }) => {
    if (object.kind !== 'Pod' || type === 'DELETED') return [];
    const { metadata, status } = object as Pod;
    return (status?.containerStatuses ?? []).flatMap((container): Millis[] => {
      const { name, state } = container;
      const stamp = state?.running?.startedAt ?? state?.terminated?.finishedAt ?? '';
      const key = `${metadata.uid} ${name} ${stamp}`;
      const stampedMs = parseRfc3339(stamp);
      if (stampedMs === undefined || told.has(key) || isPretended(container)) return [];
      told.add(key);
      return [startMs + atMs - stampedMs];
    });
  });
}
