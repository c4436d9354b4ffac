import { sceneAt } from '../replay/scene.ts';
import type { Moment } from '../replay/seek.ts';
import { inLanguage } from '../replay/story.ts';
import type { Timeline } from '../replay/timeline.ts';
import { formatClock } from '../report/clock.ts';
import { printable } from '../report/printable.ts';
import { type Picturing, titleOf } from '../report/record/run-picture.ts';
import { terminalSvg } from '../report/record/terminal-svg.ts';
import { wordsIn } from '../words/words-in.ts';
import type { PaneName } from './pane-names.ts';
import type { Size } from './size.ts';
import { stillFrame } from './still-frame.ts';
import { terminalRuns } from './terminal-runs.ts';

export interface StillOptions extends Picturing {
  readonly at: Moment;
  readonly size: Size;
  readonly pane?: PaneName;
}

/** What the player shows at a moment, as a picture. */
export function stillSvg(timeline: Timeline, { theme, ...still }: StillOptions): string {
  const { language, name, at, size } = still;
  const frame = stillFrame(timeline, still);
  const { told } = sceneAt(timeline, at.cursor);
  const clock = formatClock(at.clock);
  const title = titleOf(timeline, language) || name;
  return terminalSvg(frame.map(terminalRuns), {
    title: `${title}, ${clock}`,
    desc: wordsIn(language).record.stillDesc(clock, told ? printable(inLanguage(told, language)).trim() : ''),
    columns: size.columns,
    theme,
  });
}
