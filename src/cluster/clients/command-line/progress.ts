import type { Millis } from '../../../kernel/time/millis.ts';
import type { Deed } from '../../contract/component.ts';
import type { Response } from '../../contract/response.ts';
import type { Files } from '../files.ts';
import type { Kubeconfig, LeftFile } from '../program.ts';
import type { Finished, Place, Running } from './line-state.ts';
import type { Shell } from './shell.ts';
import type { ShellLine } from './shell-line.ts';

/** How far one look at a line has got. */
export interface Progress {
  readonly shell: Shell;
  /** What ran when the look before ended: the first program that has not finished goes on from there. */
  resumed?: Running;
  readonly finished: Finished[];
  /** The number of the next program in the line. */
  next: number;
  variables: Map<string, string>;
  readonly exported: Set<string>;
  /** `$?`: how the last step ended. */
  status: number;
  kubeconfig?: Kubeconfig;
  /** What the line has written, with what lines before it wrote; absent until it writes. */
  written?: Files;
  /** With what lines before it removed; absent until it removes something. */
  removed?: readonly string[];
  /** Where the person is now. */
  place: Place;
  /** What is to be written on the machine, in the order in which it was; facts follow after each program. */
  readonly onMachine: Map<string, LeftFile>;
  paused?: { readonly running: Running; readonly wakeAt?: Millis };
  runLists(line: ShellLine, progress: Progress, capture: Capture | undefined): Exit;
}

/** Takes what is printed, where the line goes on with it; absent: the terminal. */
export interface Capture {
  text: string;
}

/** The exit code, or undefined while something has to be waited for. */
export type Exit = Generator<Deed, number | undefined, Response>;
