import type { Millis } from '../../../kernel/time/millis.ts';
import type { Deed } from '../../contract/component.ts';
import type { Response } from '../../contract/response.ts';
import type { Files } from '../files.ts';
import type { Kubeconfig } from '../program.ts';
import type { Finished, Running } from './line-state.ts';
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
  paused?: { readonly running: Running; readonly wakeAt?: Millis };
  runLists(line: ShellLine, progress: Progress, capture: Capture | undefined): Exit;
}

/** Takes what is printed, where the line goes on with it; absent: the terminal. */
export interface Capture {
  text: string;
}

/** The exit code, or undefined while something has to be waited for. */
export type Exit = Generator<Deed, number | undefined, Response>;

/** The folder as it is now. */
export function filesNow({ shell, written }: Progress): Files {
  return { ...shell.folder, ...(written ?? shell.session.files) };
}

export function appendTo(progress: Progress, path: string, text: string): void {
  const before = filesNow(progress)[path] ?? '';
  progress.written = { ...(progress.written ?? progress.shell.session.files), [path]: before + text };
}

export function emptyFile(progress: Progress, path: string): void {
  progress.written = { ...(progress.written ?? progress.shell.session.files), [path]: '' };
}
