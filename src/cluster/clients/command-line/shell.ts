import type { Millis } from '../../../kernel/time/millis.ts';
import type { View } from '../../contract/component.ts';
import type { Files } from '../files.ts';
import type { Filter, Kubeconfig, Program } from '../program.ts';
import type { Stream } from './shell-line.ts';

/** Where a line is played. */
export interface Shell {
  /** The id of the typed line. */
  readonly command: string;
  readonly view: View;
  readonly now: Millis;
  readonly files: Files;
  /** As the lines before have left it. */
  readonly kubeconfig: Kubeconfig;
  programOf(name: string): Program | Filter | undefined;
  /** Onto the person's terminal. */
  write(stream: Stream, text: string): void;
}
