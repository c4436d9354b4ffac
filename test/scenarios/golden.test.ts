import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { createLogEncoder } from '../../src/kernel/log/log-format.ts';
import { transcriptOf } from '../../src/report/transcript.ts';
import { logHeaderOf } from '../../src/scenario/log-header.ts';
import { bundledScenario, playedLog, scenarioNames } from '../support/play-scenario.ts';

const golden = (file: string): string => fileURLToPath(new URL(`../../snapshots/${file}`, import.meta.url));

describe('the bundled scenarios play as they did', () => {
  test.each(scenarioNames)('%s', async (name) => {
    const scenario = bundledScenario(name);
    const log = playedLog(name);
    const encoder = createLogEncoder();
    // The product's version is left out: a release changes no log.
    const header = encoder.header(logHeaderOf(scenario, scenario.settings.seed, 'golden'));
    const text = [header, ...log.map(encoder.entry), encoder.end()].join('');
    await expect(text).toMatchFileSnapshot(golden(`${name}.ndjson`));
    for (const language of ['en', 'ko']) {
      const transcript = [...transcriptOf(log, language)].join('');
      await expect(transcript).toMatchFileSnapshot(golden(`${name}.${language}.txt`));
    }
    expect(log.at(-1)?.event).toEqual({ type: 'ScenarioEnded', passed: true });
  });
});
