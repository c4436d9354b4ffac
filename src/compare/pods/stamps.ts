import { parseRfc3339 } from '../../kernel/time/rfc3339.ts';
import { flatten } from '../normal/flatten.ts';
import type { Finding } from './finding.ts';
import type { PodPlay } from './pod-play.ts';

/**
 * Times in a pod's status that say when what is new in it came to be, and how old they may be when it is
 * written.
 */
const STAMPS: readonly (readonly [path: RegExp, oldestMs: number, why: string])[] = [
  [/^status\.startTime$/, 1200, 'whole seconds'],
  [/^status\.conditions\.\w+\.lastTransitionTime$/, 2600, 'whole seconds; of the sandbox a step earlier'],
  [
    /\.state\.running\.startedAt$/,
    4600,
    'whole seconds, up to 1 s until the kubelet knows, and a postStart hook of 2 s',
  ],
  [
    /\.state\.terminated\.finishedAt$/,
    3600,
    'whole seconds, up to 1 s until the kubelet knows, and its last steps',
  ],
];

/**
 * A deleted pod's containers end one after another, and one write tells of them all: 20 s of grace in b6 and
 * b7.
 */
const DELETING_MS = 22_000;

/** Times in a pod's status that are not those of what they tell, a line each. */
export function wrongStamps({ states, play }: PodPlay): readonly Finding[] {
  const leaves = states.map(({ pod }) => flatten(pod));
  return states.flatMap((state, index) => {
    const before = leaves[index - 1];
    return [...(leaves[index] ?? [])].flatMap(([path, value]) => {
      if (before?.get(path) === value) return [];
      const rule = STAMPS.find(([pattern]) => pattern.test(path));
      const stampedMs = parseRfc3339(value);
      if (!rule || stampedMs === undefined) return [];
      const age = play.startMs + state.atMs - stampedMs;
      const oldest = (state.pod.metadata.deletionTimestamp ? DELETING_MS : rule[1]) + play.lagMs;
      if (age >= -100 && age <= oldest) return [];
      const text = `state ${index + 1} has ${path} ${value}, ${(age / 1000).toFixed(3)} s before it was written`;
      return [{ atMs: state.atMs, text }];
    });
  });
}
