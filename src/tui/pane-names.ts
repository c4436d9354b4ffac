/** A part of the screen that shows one thing. */
export type PaneName =
  | 'story'
  | 'entries'
  | 'cluster'
  | 'object'
  | 'pods'
  | 'lanes'
  | 'pipeline'
  | 'logs'
  | 'events'
  /** What was asked at the prompt; it comes and goes with its question. */
  | 'answer'
  /** It is opened, and closed again. */
  | 'branches';

/** In the order in which one turns through them. */
export const TURNS: readonly PaneName[] = [
  'story',
  'entries',
  'cluster',
  'object',
  'pods',
  'lanes',
  'pipeline',
  'logs',
  'events',
];

/** The pane after another, or before it. */
export function paneAfter(name: PaneName, by: 1 | -1): PaneName {
  const at = Math.max(0, TURNS.indexOf(name));
  return TURNS[(at + by + TURNS.length) % TURNS.length] ?? 'story';
}
