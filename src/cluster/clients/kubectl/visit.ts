import { type Failure, failWith, gathered } from './failure.ts';
import { DONE, type Steps } from './invocation.ts';
import type { Info, Visited } from './resources/info.ts';

/** Does something with each thing found; failures come together at the end (cli-runtime: ContinueOnError). */
export function* visitEach(
  visited: readonly Visited[],
  work: (info: Info) => Steps<Failure | undefined> | Failure | undefined,
): Steps {
  const failures: Failure[] = [];
  const ofFiles: Failure[] = [];
  for (const item of visited) {
    if (!('info' in item) && item.isOfFile) {
      ofFiles.push(item.failure);
      continue;
    }
    const outcome = 'info' in item ? work(item.info) : item.failure;
    const failure = outcome !== undefined && 'next' in outcome ? yield* outcome : outcome;
    if (failure !== undefined) failures.push(failure);
  }
  failWith([...failures, ...gathered(ofFiles)]);
  return DONE;
}
