import { describe, expect, test } from 'vitest';
import { branchDifference, sharedEntries } from '../../src/replay/branch-difference.ts';
import { fork, goOn } from '../../src/replay/fork.ts';
import { createTimeline, type Timeline } from '../../src/replay/timeline.ts';
import { branchText } from '../../src/report/branch-text.ts';
import { screenWordsIn } from '../../src/words/screen-words-in.ts';
import { bundledScenario, playedLog } from '../support/play-scenario.ts';

const scenario = bundledScenario('liveness-failure');
const main = createTimeline(playedLog('liveness-failure'));
const MINUTE = 60_000;

/** The same pod, applied with another threshold in place of what the story applies. */
const CHANGED =
  "sed 's/periodSeconds: 5/&\\n      failureThreshold: 10/' exec-liveness.yaml | kubectl apply -f -";

function forked(line: string, until: number): Timeline {
  const at = (main.steps[1] ?? 0) - 1;
  const branch = fork(main, { scenario, at, typed: [{ line }] });
  for (const _ of goOn(branch, until));
  return branch.timeline;
}

function told(right: Timeline, at: number, language = 'en'): string {
  const words = screenWordsIn(language).branch;
  const lines = branchText(branchDifference(main, right, at), {
    left: { name: 'main', timeline: main },
    right: { name: 'mine', timeline: right },
    words,
    language,
  });
  return lines.map(({ kind, text }) => (kind === 'heading' ? text : `  ${text}`)).join('\n');
}

describe('the difference of two branches', () => {
  const mine = forked(CHANGED, 2 * MINUTE);

  test('tells where they part, which objects are otherwise, and what happened only in one', () => {
    expect(sharedEntries(main, mine)).toBe((main.steps[1] ?? 0) - 1);
    expect(told(mine, 90_000)).toMatchInlineSnapshot(`
      "The same up to 00:00.001. Then:
        main  00:00.002 scenario: $ kubectl apply -f exec-liveness.yaml
        mine  00:00.002 you: $ sed 's/periodSeconds: 5/&\\n failureThreshold: 10/' exec-liveness.yaml | kubectl apply -f -
      At 01:30.000 in mine, otherwise than in main:
        ~ Pod liveness-exec: restarts 1 → 0
      Kubernetes Events otherwise, main → mine:
        ×3 → ×10  00:35.387  Unhealthy Pod/liveness-exec: Liveness probe failed: cat: can't open '/tmp/healthy': No such file or directory
        ×1  00:45.388 → 01:20.454  Killing Pod/liveness-exec: Container liveness failed liveness probe, will be restarted
        ×2 → ×1  00:00.481  Pulling Pod/liveness-exec: Pulling image "k8s.gcr.io/busybox"
        ×2 → ×1  00:01.288  Pulled Pod/liveness-exec: Successfully pulled image "k8s.gcr.io/busybox" in 538ms (538ms including waiting). Image size: 2156519 bytes.
        ×2 → ×1  00:01.302  Created Pod/liveness-exec: Container created
        ×2 → ×1  00:01.349  Started Pod/liveness-exec: Container started"
    `);
  });

  test('is told as of a time: before anything came of it there is less', () => {
    expect(told(mine, 20_000)).toContain('failureThreshold 3 → 10');
    expect(told(mine, 20_000)).not.toContain('Killing');
  });

  test('of a log and itself is none', () => {
    expect(told(main, MINUTE)).toBe('The same up to 01:00.000: nothing tells them apart so far.');
    const same = createTimeline(JSON.parse(JSON.stringify([...main.entries])));
    expect(sharedEntries(main, same)).toBe(main.entries.length);
  });

  test('speaks the language of the reader', () => {
    expect(told(mine, 90_000, 'ko')).toContain('다르게 일어난 쿠버네티스 이벤트');
  });
});
