import type { Step } from '../scenario.ts';

type Does =
  | 'traffic'
  | 'fault'
  | 'join'
  | 'branch'
  | 'quiz'
  | 'checkpoint'
  | 'run'
  | 'wait'
  | 'expect'
  | 'capture';

/** What a step does, by the first of these keys that it has; one that has none tells something. */
export function stepKind(step: { readonly [Key in Does]?: unknown }): Step['kind'] {
  return KINDS.find((key) => step[key] !== undefined) ?? 'say';
}

const KINDS: readonly Does[] = [
  ...(['traffic', 'fault', 'join', 'branch', 'quiz', 'checkpoint'] as const),
  ...(['run', 'wait', 'expect', 'capture'] as const),
];
