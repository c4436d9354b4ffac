import { findFile, writablePath } from '../files.ts';
import { type Expansions, expandText } from './expand-words.ts';
import type { SimpleCommand, Stream } from './shell-line.ts';

type Write = (stream: Stream, text: string) => void;

export interface Redirected {
  /** What it reads in place of what comes through the pipe. */
  readonly stdin?: string;
  /** The shell cannot open what it should read. */
  readonly problem?: string;
  /** Writes of the command, led to where its redirections say. */
  route(write: Write): Write;
  /** The files that are there, and empty, as soon as it begins. */
  readonly emptied: readonly string[];
}

/** Where a stream goes: to a stream of the terminal, to a file, or nowhere. */
type Target = Stream | { readonly path: string } | undefined;

/** Adds to a file. */
export type Append = (path: string, text: string) => void;

/**
 * The streams of a command after its redirections, which are followed in the order in which they are written.
 */
export function redirected({ redirects }: SimpleCommand, expansions: Expansions, append: Append): Redirected {
  const target: Record<Stream, Target> = { stdout: 'stdout', stderr: 'stderr' };
  const emptied: string[] = [];
  let stdin: string | undefined;
  let problem: string | undefined;
  for (const redirect of redirects) {
    switch (redirect.type) {
      case 'given':
        stdin = expandText(redirect.text, expansions);
        break;
      case 'from': {
        const read = readFrom(expandText(redirect.file, expansions), expansions);
        if ('text' in read) stdin = read.text;
        else problem ??= read.problem;
        break;
      }
      case 'into': {
        const path = expandText(redirect.file, expansions);
        const writable = writablePath(expansions.files, path);
        if ('problem' in writable) problem ??= `${path}: ${writable.problem}`;
        else {
          if (!redirect.isAdded) emptied.push(writable.path);
          for (const stream of redirect.streams) target[stream] = writable;
        }
        break;
      }
      case 'discard':
        for (const stream of redirect.streams) target[stream] = undefined;
        break;
      case 'join':
        target[redirect.from] = target[redirect.to];
    }
  }
  return {
    ...(stdin === undefined ? {} : { stdin }),
    ...(problem === undefined ? {} : { problem }),
    emptied,
    route: (write) => (stream, text) => {
      const to = target[stream];
      if (typeof to === 'string') write(to, text);
      else if (to !== undefined) append(to.path, text);
    },
  };
}

function readFrom(
  path: string,
  { files }: Expansions,
): { readonly text: string } | { readonly problem: string } {
  if (path === '/dev/null') return { text: '' };
  const found = findFile(files, path);
  if (found.type === 'file') return { text: found.text };
  return { problem: `${path}: ${found.type === 'folder' ? 'Is a directory' : 'No such file or directory'}` };
}
