import { type Millis, SECOND } from '../../kernel/time/millis.ts';
import { parseRfc3339 } from '../../kernel/time/rfc3339.ts';
import { type PodPlay, podPlaysOf } from '../pods/pod-play.ts';
import { containersOf, type PodState } from '../pods/pod-states.ts';
import { backOffOf } from '../pods/transitions.ts';
import type { Explanation, Plays } from './explanation.ts';

/** Why plays part in which a container ends again and again. */
export const OF_BACK_OFFS: readonly Explanation[] = [
  {
    id: 'sooner-than-its-back-off',
    kind: 'race',
    why: 'a container that is killed backs off if that came sooner after its end before than its back-off, and in between it had waited for a drawn time',
    source:
      'README 1.36, 3.2 b1: 160 s are over if the wait before took more than 85 s; kuberuntime_manager.go: doBackOff',
    forks: true,
    explains: ({ about, atMs, aspect }, plays) => {
      if (!about.startsWith('Pod ') || aspect === 'stamps') return false;
      const forkMs = forkOfBackOffs(plays, about.slice('Pod '.length));
      return forkMs !== undefined && atMs >= forkMs - SECOND;
    },
  },
];

/** When, in the wanted play, a pod came to back off in one play only, each as its own times have it. */
function forkOfBackOffs({ wanted, actual }: Plays, pod: string): Millis | undefined {
  const [a, b] = [podPlaysOf(wanted).get(pod), podPlaysOf(actual).get(pod)];
  if (!a || !b) return undefined;
  const [first, second] = [endsOf(a), endsOf(b)];
  const at = first.findIndex(({ backOffMs }, index) => {
    const other = second[index];
    return other !== undefined && (backOffMs === undefined) !== (other.backOffMs === undefined);
  });
  const [one, other] = [first[at], second[at]];
  if (!one || !other) return undefined;
  const backOffMs = one.backOffMs ?? other.backOffMs ?? 0;
  const isDue = ({ sinceMs, ...end }: End): boolean =>
    end.backOffMs === undefined ? sinceMs >= backOffMs - SECOND : sinceMs <= backOffMs + SECOND;
  return isDue(one) && isDue(other) ? one.atMs : undefined;
}

interface End {
  /** When it was, as a time of the play. */
  readonly atMs: Millis;
  /** Since its end before. */
  readonly sinceMs: Millis;
  /** The back-off that followed; absent: it was restarted at once. */
  readonly backOffMs?: Millis;
}

/** The ends of a pod's containers, in order, but for what nothing followed. */
function endsOf({ states, play }: PodPlay): readonly End[] {
  const ends = new Map<string, End>();
  let last: { readonly key: string; readonly stampMs: Millis } | undefined;
  for (const state of states) {
    const stamp = endOf(state);
    const stampMs = parseRfc3339(stamp ?? '');
    if (stamp !== undefined && stampMs !== undefined && stamp !== last?.key) {
      const sinceMs = last ? stampMs - last.stampMs : Number.POSITIVE_INFINITY;
      ends.set(stamp, { atMs: stampMs - play.startMs, sinceMs });
      last = { key: stamp, stampMs };
    }
    const backOffMs = backOffOf(state);
    const end = ends.get(last?.key ?? '');
    if (end && last && backOffMs !== undefined) ends.set(last.key, { ...end, backOffMs });
  }
  return [...ends.values()];
}

/** When a container of a pod ended last. */
function endOf(state: PodState): string | undefined {
  const ended = containersOf(state).flatMap(({ state: now, lastState }) => {
    const { finishedAt } = now?.terminated ?? lastState?.terminated ?? {};
    return typeof finishedAt === 'string' ? [finishedAt] : [];
  });
  return ended.sort().at(-1);
}
