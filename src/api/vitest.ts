import { describe, expect, onTestFailed, test } from 'vitest';
import type { Cluster } from './cluster.ts';
import type { ClusterMatchers } from './cluster-matchers.ts';
import { insideOf } from './cluster-of.ts';
import { type ClusterOptions, cluster as newCluster } from './kubereel.ts';
import { matchers } from './matchers.ts';
import { casesAt, runCaseOf, type ScenarioOptions } from './run-scenario.ts';
import { StoryFailed } from './story-failed.ts';

declare module 'vitest' {
  // vitest's own has this parameter with this default: a declaration that is merged has to have the same.
  // biome-ignore lint/suspicious/noExplicitAny: see above.
  interface Matchers<T = any> extends ClusterMatchers<T> {}
}

expect.extend(matchers);

/** Registers the runs of a scenario as tests: of a file, of all below a folder, of one that comes along. */
export function scenario(path: string | URL, options: ScenarioOptions = {}): void {
  const cases = casesAt(path, options);
  for (const name of new Set(cases.map((each) => each.name))) {
    describe(name, () => {
      for (const of of cases.filter((each) => each.name === name)) {
        test(of.seed === undefined ? of.path : `${of.path}, seed ${of.seed}`, () => {
          const { failures, outcome } = runCaseOf(of, options);
          if (outcome !== 'passed') throw new StoryFailed(failures);
        });
      }
    });
  }
}

/** A new cluster, called after the test that it is made in: when that fails, its log is left. */
export function cluster(options: ClusterOptions = {}): Cluster {
  const { currentTestName } = expect.getState();
  const named = { ...(currentTestName !== undefined && { name: currentTestName }), ...options };
  const made = newCluster(named);
  // Whatever it is that fails, the log shows what was before it.
  if (currentTestName !== undefined) onTestFailed(({ task }) => nameLog(made, task.result?.errors ?? []));
  return made;
}

/** What says already how the player is opened needs no second line of it. */
function nameLog(made: Cluster, errors: readonly { message: string; stack?: string | undefined }[]): void {
  for (const error of errors) {
    const { story, leaveLog } = insideOf(made);
    const open = error.message.includes('kubereel play') ? undefined : leaveLog(story.log().length);
    if (open === undefined) continue;
    const line = `\n\nsee it   ${open}`;
    if (error.stack !== undefined)
      error.stack = error.stack.replace(error.message, `${error.message}${line}`);
    error.message += line;
  }
}

/** Seeds for a table of tests: `test.each(seeds(5))`. */
export function seeds(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => String(index + 1));
}
