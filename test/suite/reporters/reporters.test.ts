import { describe, expect, it } from 'vitest';
import type { SuiteReport, TimedResult } from '../../../src/suite/report.ts';
import {
  REPORTER_NAMES,
  type ReporterName,
  reporterNamed,
} from '../../../src/suite/reporters/reporter-named.ts';
import { ENGLISH } from '../../../src/words/english.ts';

const base = {
  tags: [],
  seed: '1',
  ownSeed: true,
  notices: [],
  entries: 120,
  snapshots: [],
} as const;

const passed: TimedResult = {
  ...base,
  name: 'drain',
  path: 'shop/drain/scenario.yaml',
  outcome: 'passed',
  failures: [],
  virtualMs: 61_500,
  wallMs: 42.4,
};

const failed: TimedResult = {
  ...base,
  name: 'rollout',
  path: 'shop/roll,out/scenario.yaml',
  seed: '3',
  ownSeed: false,
  outcome: 'failed',
  failures: [
    {
      kind: 'expectation',
      what: 'output "100% <done> & gone"',
      why: 'the output was wanted so, and it is:\n  \u001b[31mred\u0000',
      step: 7,
      line: 42,
      at: 62_114,
      held: { at: 58_000, seq: 312 },
      causes: ['310  00:57.999  kubectl  $ kubectl delete pod web'],
      open: 'kubereel play shop/rollout --at 400',
    },
  ],
  virtualMs: 70_000,
  wallMs: 80,
};

const broken: TimedResult = {
  ...base,
  name: 'typo',
  path: 'typo/scenario.yaml',
  outcome: 'broken',
  failures: [
    { kind: 'input', what: 'typo/scenario.yaml', why: 'typo/scenario.yaml:4:1: error: unknown key' },
  ],
  virtualMs: 0,
  wallMs: 1,
};

const report: SuiteReport = {
  results: [passed, failed, broken],
  left: 1,
  obsolete: ['snapshots/gone.ndjson'],
  isUpdate: false,
  wallMs: 1234,
};

function told(name: ReporterName, colour = false): string {
  const reporter = reporterNamed(name, { words: ENGLISH.suite, colour });
  return [...report.results.map((result) => reporter.ended?.(result) ?? ''), reporter.end(report)].join('');
}

describe('what reporters write', () => {
  it.each(REPORTER_NAMES.filter((name) => name !== 'json'))('%s', async (name) => {
    await expect(told(name)).toMatchFileSnapshot(`reports/${name}.txt`);
  });

  it('json: everything that is known', () => {
    const document = JSON.parse(told('json'));
    expect(document).toMatchObject({
      totals: { passed: 1, failed: 1, broken: 1, left: 1 },
      results: [{ name: 'drain' }, { failures: [{ step: 7, line: 42, held: { seq: 312 } }] }, {}],
      obsolete: ['snapshots/gone.ndjson'],
    });
  });

  it.each(REPORTER_NAMES)('%s lets no control character through', (name) => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what must not come through.
    expect(told(name)).not.toMatch(/[\u0000-\u0008\u000b-\u001f]/);
  });

  it('colours are only where they are wanted', () => {
    expect(told('pretty', true)).toContain('\u001b[32m✓\u001b[39m');
    expect(told('pretty', true).split('\u001b').length).toBeGreaterThan(8);
    expect(told('pretty')).not.toContain('\u001b');
  });
});
