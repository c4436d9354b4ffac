import { type Opening, openingFrame } from './opening-frame.ts';
import { openScreen, type Screen } from './screen.ts';
import { sizeOf } from './size.ts';

/** Opens the screen at once with what is known of a story, while the player is being loaded. */
export function openStage(opening: Opening): Screen {
  const screen = openScreen(process.stdout);
  screen.paint(openingFrame(opening, sizeOf(process.stdout)));
  return screen;
}
