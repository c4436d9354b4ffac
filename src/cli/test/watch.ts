import { watch } from 'node:fs';
import { dirname, join } from 'node:path';
import { stdin } from 'node:process';
import { bufferTime, concatMap, filter, from, fromEvent, map, merge, Observable, takeUntil } from 'rxjs';
import { wordsIn } from '../../words/words-in.ts';
import { EXIT } from '../exit.ts';

export interface Watched {
  readonly language: string;
  /** The scenarios' own files. */
  readonly paths: readonly string[];
  /** Runs some of them anew. */
  readonly run: (paths: readonly string[]) => Promise<number>;
}

/** Editors write a file in several steps. */
const SETTLE_MS = 100;

/** Runs scenarios anew whenever a file in their folders changes, until somebody presses q. */
export function watchScenarios({ language, paths, run }: Watched): Promise<number> {
  const { suite } = wordsIn(language);
  const folders = [...new Set(paths.map((path) => dirname(path)))];
  const keys = keysPressed();
  const quit = keys.pipe(filter((key) => key === 'q' || key === '\u0003' || key === '\u0004'));
  const all = keys.pipe(
    filter((key) => key === '\r' || key === '\n'),
    map(() => paths),
  );
  const changed = merge(...folders.map(changesIn)).pipe(
    bufferTime(SETTLE_MS),
    filter((files) => files.length > 0),
    map((files) => {
      process.stdout.write(`\n${suite.changed(files[0] ?? '')}\n`);
      return paths.filter((path) => files.some((file) => file.startsWith(join(dirname(path), '/'))));
    }),
  );
  process.stdout.write(`${suite.watching(folders.length)}\n`);
  let code: number = EXIT.ok;
  return new Promise((resolve) => {
    merge(all, changed)
      .pipe(
        concatMap((some) => from(run(some))),
        takeUntil(quit),
      )
      .subscribe({
        next: (ended) => {
          code = ended;
          process.stdout.write(`\n${suite.watching(folders.length)}\n`);
        },
        complete: () => {
          if (stdin.isTTY) stdin.setRawMode(false);
          stdin.pause();
          resolve(code);
        },
      });
  });
}

function keysPressed(): Observable<string> {
  if (stdin.isTTY) stdin.setRawMode(true);
  stdin.setEncoding('utf8');
  stdin.resume();
  return merge(
    fromEvent(stdin, 'data', (text: string) => text).pipe(concatMap((text) => from([...text]))),
    fromEvent(stdin, 'end').pipe(map(() => 'q')),
  );
}

/** Paths of what changes below a folder. */
function changesIn(folder: string): Observable<string> {
  return new Observable((subscriber) => {
    const watcher = watch(folder, { recursive: true }, (_kind, file) => {
      if (file !== null) subscriber.next(join(folder, file));
    });
    watcher.on('error', (error) => subscriber.error(error));
    return () => watcher.close();
  });
}
