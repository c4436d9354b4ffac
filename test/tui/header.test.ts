import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { type Player, START } from '../../src/replay/player/player.ts';
import { sceneAt } from '../../src/replay/scene.ts';
import { momentAt, momentOf } from '../../src/replay/seek.ts';
import { createTimeline } from '../../src/replay/timeline.ts';
import { footerLine } from '../../src/tui/footer-line.ts';
import { headerLine } from '../../src/tui/header-line.ts';
import { stateText } from '../../src/tui/state-text.ts';
import { screenWordsIn } from '../../src/words/screen-words-in.ts';
import { podLog } from '../support/pod-log.ts';

const timeline = createTimeline(podLog);
timeline.finish();

function header(player: Player, language = 'en', columns = 100): string {
  const scene = sceneAt(timeline, player.cursor);
  const words = screenWordsIn(language);
  const state = stateText(timeline, player, words);
  return headerLine({ name: 'web', scene, state, words, language, width: columns })
    .map(({ text }) => text)
    .join('')
    .trimEnd();
}

const at = (played: number, speed = 1): Player => ({
  ...START,
  ...momentAt(timeline, played),
  playing: true,
  speed,
});
const told = momentOf(timeline, 3).played;
const waiting = momentOf(timeline, 15).played;

describe('the header says how it is played', () => {
  test.each<[player: Player, says: string]>([
    [{ ...START, speed: 4 }, 'step 0/4  ● paused 4×'],
    [at(told), 'step 1/4  ▶ playing 1×, time to read 5s'],
    [at(told, 4), 'step 1/4  ▶ playing 4×, time to read 2s'],
    [at(told + 4500), 'step 1/4  ▶ playing 1×'],
    [at(waiting + 1000), 'step 3/4  ▶ playing 1×, a wait of 31s, 16×'],
    [at(waiting + 1000, 2), 'step 3/4  ▶ playing 2×, a wait of 31s, 31×'],
    [{ ...START, ...momentOf(timeline, podLog.length) }, 'step 4/4  ■ the end'],
  ])('%j', (player, says) => {
    expect(header(player).trimEnd().endsWith(says)).toBe(true);
  });

  test('in Korean, the title cut where there is no room for it', () => {
    expect(header(at(waiting + 1000), 'ko', 60)).toBe(
      ' kubereel  웹 서버     단계 3/4  ▶ 재생 1×, 31s 기다림, 16×',
    );
    expect(header(at(waiting + 1000), 'ko', 56)).toBe(
      ' kubereel  웹 서…  단계 3/4  ▶ 재생 1×, 31s 기다림, 16×',
    );
  });
});

describe('the footer', () => {
  test.each([
    ['en', 80],
    ['ko', 80],
    ['en', 60],
    ['ko', 60],
  ])('in %s fits %i columns, and always tells how to play, to get help and to quit', (language, width) => {
    const footer = footerLine(language, width);
    expect(stringWidth(footer)).toBeLessThanOrEqual(width);
    for (const key of ['space', '?', 'q']) expect(footer).toContain(` ${key} `);
    expect(footer).not.toContain('…');
  });
});
