import type { Verb } from '../../verb.ts';
import { rolloutPause, rolloutRestart, rolloutResume } from './patch-rollouts.ts';
import { rolloutHistory } from './rollout-history.ts';
import { rolloutStatus } from './rollout-status.ts';
import { rolloutUndo } from './rollout-undo.ts';

export const rollout: Verb = {
  name: 'rollout',
  subverbs: [rolloutHistory, rolloutPause, rolloutRestart, rolloutResume, rolloutStatus, rolloutUndo],
};
