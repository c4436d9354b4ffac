import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { createTimeline } from '../../../src/replay/timeline.ts';
import { lanesSvg } from '../../../src/report/record/lanes-svg.ts';
import { ENGLISH } from '../../../src/words/english.ts';
import { ENGLISH_SCREEN } from '../../../src/words/english-screen.ts';
import { bundledScenario, playToEnd } from '../../support/play-scenario.ts';

const words = { ...ENGLISH.record, states: ENGLISH_SCREEN.laneStates };

it.each(['rolling-update-without-readiness'])(
  'the picture of %s in the pages is the one of now',
  async (name) => {
    const scenario = bundledScenario(name);
    const title = scenario.title['en'] ?? name;
    const picture = fileURLToPath(new URL(`../../../docs/pictures/${name}.svg`, import.meta.url));
    await expect(lanesSvg(createTimeline(playToEnd(scenario).log), { title, words })).toMatchFileSnapshot(
      picture,
    );
  },
);
