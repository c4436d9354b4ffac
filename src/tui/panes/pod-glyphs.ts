import type { PodState } from '../../replay/pod-state.ts';
import type { Tone } from '../tones.ts';

/** How a pod is, in one cell; the same without colours. */
export const POD_GLYPHS: Readonly<Record<PodState, string>> = {
  pending: '○',
  running: '◐',
  ready: '●',
  failing: '✗',
  ending: '◌',
  done: '✓',
};

export const POD_TONES: Readonly<Record<PodState, Tone>> = {
  pending: 'warning',
  running: 'warning',
  ready: 'good',
  failing: 'bad',
  ending: 'faint',
  done: 'good',
};
