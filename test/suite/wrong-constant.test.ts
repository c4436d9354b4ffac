import { afterAll, expect, test, vi } from 'vitest';
import type { Deployment } from '../../src/cluster/objects/kubernetes.ts';
import { HOUR } from '../../src/kernel/time/millis.ts';
import { failureLines } from '../../src/suite/failure-text.ts';
import { runCase } from '../../src/suite/run-case.ts';
import { logDifference } from '../../src/suite/snapshot-difference.ts';
import { snapshotTexts } from '../../src/suite/snapshot-texts.ts';
import { wordsIn } from '../../src/words/words-in.ts';
import { bundledScenario } from '../support/play-scenario.ts';

/** A Deployment controller that is wrong in one constant: what may surge is rounded down, and not up. */
const wrong = vi.hoisted(() => ({ is: false }));

vi.mock(import('../../src/cluster/controllers/deployment/rollout-limits.ts'), async (original) => {
  const right = await original();
  const roundedDown = (deployment: Deployment): number => {
    const share = Number(/^(\d+)%$/.exec(String(deployment.spec.strategy?.rollingUpdate?.maxSurge))?.[1]);
    return Number.isNaN(share)
      ? right.maxSurge(deployment)
      : Math.floor((share * right.replicasOf(deployment)) / 100);
  };
  return {
    ...right,
    maxSurge: (deployment) => (wrong.is ? roundedDown : right.maxSurge)(deployment),
    // If there may be neither more nor less, one may be missing.
    maxUnavailable: (deployment) =>
      wrong.is && roundedDown(deployment) === 0
        ? Math.max(1, right.maxUnavailable(deployment))
        : right.maxUnavailable(deployment),
  };
});

afterAll(() => {
  wrong.is = false;
});

function ran(isWrong: boolean) {
  wrong.is = isWrong;
  const of = { name: 'rolling-update', path: 'scenarios/rolling-update/scenario.yaml', tags: [] };
  const scenario = bundledScenario('rolling-update');
  return { scenario, ...runCase(of, scenario, { language: 'en', timeoutMs: HOUR }) };
}

test('what may surge rounded down is found by the library, in words that name the fault', () => {
  const { result } = ran(true);
  const words = wordsIn('en').suite;
  const texts = result.failures.map((failure) => failureLines(failure, words).join('\n'));
  expect(result.outcome).toBe('failed');
  expect(texts.join('\n\n')).toMatchSnapshot();
});

test('a run that is kept tells the change as a story', () => {
  const right = ran(false);
  const other = ran(true);
  expect(right.result.failures).toEqual([]);
  const kept = snapshotTexts(right.scenario, right.log).get('rolling-update.ndjson') ?? '';
  const telling = {
    names: { kept: 'kept', now: 'now' },
    words: wordsIn('en').told.branch,
    language: 'en',
  };
  const { story, isRewritten } = logDifference(kept, other.log, { digest: other.scenario.digest, telling });
  expect(isRewritten).toBe(false);
  expect(story.join('\n')).toMatchSnapshot();
});
