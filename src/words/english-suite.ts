import type { SuiteTotals, SuiteWords } from './suite-words.ts';

export const ENGLISH_SUITE: SuiteWords = {
  outcomes: { passed: 'passed', failed: 'failed', broken: 'is no scenario' },
  step: (step) => `step ${step}`,
  branch: (name) => `branch ${name}`,
  phases: { setup: 'setup', teardown: 'teardown' },
  seed: (seed) => `seed ${seed}`,
  wanted: 'wanted',
  found: 'found',
  at: 'at',
  because: 'because',
  see: 'see it',
  heldUntil: (time, seq) => `it was so until ${time} (entry ${seq})`,
  neverHeld: 'it had never been so',
  snapshotDiffers: (file) => `it goes as kept in ${file}`,
  snapshotMissing: (file) => `${file} is there to compare with`,
  update: 'if that is meant: kubereel test --update',
  rewritten: 'The scenario or one of its files has been changed since.',
  kept: 'kept',
  now: 'now',
  obsolete: (count) => `${count} snapshots belong to no scenario (--update removes them):`,
  removed: (count) => `${count} snapshots that belonged to no scenario were removed`,
  written: (count) => `${count} snapshots were written`,
  totals: ({ passed, failed, broken, left }: SuiteTotals) =>
    [
      ...(failed > 0 ? [`${failed} failed`] : []),
      ...(broken > 0 ? [`${broken} could not be read`] : []),
      `${passed} passed`,
      ...(left > 0 ? [`${left} not run`] : []),
    ].join(', '),
  times: (virtual, wall) => `${virtual} of virtual time in ${wall}`,
  slowest: 'slowest',
  noScenarios: (where) =>
    `there is no scenario ${where}: one is a folder with a scenario.yaml, or a file NAME.scenario.yaml`,
  noneSelected: (found) =>
    `none of the ${found} scenarios that were found is wanted: see kubereel test --list`,
  twoOfOneName: (name, files) =>
    `${files.length} scenarios are called ${name}, and would have the same snapshots: ${files.join(', ')}`,
  reporter: (name, known) => `There is no reporter ${name}: it is one of ${known.join(', ')}, or NAME=FILE.`,
  notWithCi: '--ci writes nothing and ends: leave out --update and --watch',
  watching: (folders) => `Watching ${folders} folders. Press q to end, Enter to run all.`,
  changed: (file) => `${file} has changed.`,
};
