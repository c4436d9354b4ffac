import type { UiCommand } from './keymap.ts';
import type { LineRoom } from './line.ts';
import type { Reader } from './pane-keys.ts';
import type { View } from './view.ts';

/** Where a key is pressed. */
export interface Standing extends Reader {
  /** How far one can go by lines in the pane where the reader is. */
  readonly room: LineRoom;
}

/** What a key does: the view after it, and what is then to be done by the player or the screen. */
export interface Pressed {
  readonly view: View;
  readonly command?: UiCommand;
}
