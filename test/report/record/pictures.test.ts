import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { momentNamed } from '../../../src/replay/place.ts';
import { createTimeline, type Timeline } from '../../../src/replay/timeline.ts';
import { type RunPicture, runPicture } from '../../../src/report/record/run-picture.ts';
import { stillSvg } from '../../../src/tui/still-svg.ts';
import { playedLog } from '../../support/play-scenario.ts';

/** What `kubereel record` draws into `docs/pictures`: of a whole run, or of the player at an instant. */
const PICTURES: readonly Pictured[] = [
  { file: 'rolling-update-without-readiness', of: 'rolling-update-without-readiness', picture: 'lanes' },
  { file: 'requests', of: 'rolling-update-without-readiness', picture: 'requests' },
  { file: 'availability', of: 'canary', picture: 'availability' },
  { file: 'autoscaling', of: 'horizontal-pod-autoscaler', picture: 'autoscaling' },
  { file: 'player', of: 'rolling-update-without-readiness', at: '23.6s' },
  { file: 'player.ko', of: 'rolling-update-without-readiness', at: '23.6s', language: 'ko' },
];

interface Pictured {
  readonly file: string;
  readonly of: string;
  readonly picture?: RunPicture;
  readonly at?: string;
  readonly language?: string;
}

it.each(PICTURES)('the picture $file in the pages is the one of now', async ({ file, of, ...pictured }) => {
  const timeline = createTimeline(playedLog(of));
  timeline.finish();
  const path = fileURLToPath(new URL(`../../../docs/pictures/${file}.svg`, import.meta.url));
  await expect(drawn(timeline, of, pictured)).toMatchFileSnapshot(path);
});

function drawn(
  timeline: Timeline,
  name: string,
  { picture, at = '', language = 'en' }: Omit<Pictured, 'file' | 'of'>,
): string | undefined {
  const telling = { language, theme: 'auto', name } as const;
  if (picture) return runPicture(timeline, picture, telling);
  const moment = momentNamed(timeline, at);
  return moment && stillSvg(timeline, { ...telling, at: moment, size: { columns: 120, rows: 34 } });
}
