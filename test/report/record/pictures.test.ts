import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { createTimeline } from '../../../src/replay/timeline.ts';
import { type RunPicture, runPicture } from '../../../src/report/record/run-picture.ts';
import { playedLog } from '../../support/play-scenario.ts';

/** What `kubereel record` draws into `docs/pictures`. */
const PICTURES: readonly (readonly [file: string, scenario: string, picture: RunPicture])[] = [
  ['rolling-update-without-readiness', 'rolling-update-without-readiness', 'lanes'],
  ['requests', 'rolling-update-without-readiness', 'requests'],
  ['availability', 'canary', 'availability'],
  ['autoscaling', 'horizontal-pod-autoscaler', 'autoscaling'],
];

it.each(PICTURES)('the picture %s in the pages is the one of now', async (file, scenario, picture) => {
  const timeline = createTimeline(playedLog(scenario));
  timeline.finish();
  const path = fileURLToPath(new URL(`../../../docs/pictures/${file}.svg`, import.meta.url));
  const drawn = runPicture(timeline, picture, { language: 'en', theme: 'auto', name: scenario });
  await expect(drawn).toMatchFileSnapshot(path);
});
