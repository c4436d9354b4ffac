import type { Millis } from '../../../kernel/time/millis.ts';
import type { View } from '../../contract/component.ts';
import type { Files } from '../files.ts';
import type { Filter, Program } from '../program.ts';
import type { Place, Session } from './line-state.ts';
import type { Stream } from './shell-line.ts';

/** Where a line is played. */
export interface Shell {
  /** The id of the typed line. */
  readonly command: string;
  readonly view: View;
  /** On whose machine lines are typed; absent on a person's own. */
  readonly machine?: string;
  /** Where this line begins. */
  readonly place: Place;
  readonly now: Millis;
  /** Of the folder, without what has been written. */
  readonly folder: Files;
  /** As the lines before have left it. */
  readonly session: Session;
  programOf(name: string): Program | Filter | undefined;
  /** Onto the person's terminal. */
  write(stream: Stream, text: string): void;
}
