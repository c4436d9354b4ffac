import { describe, test } from 'vitest';
import { drawWhole } from '../../src/kernel/chance/draw.ts';
import { bundledScenario, playedLog, scenarioNames } from '../support/play-scenario.ts';
import { expectSameTail, type Forked } from '../support/same-tail.ts';

/** Forked at every commit; the others at random ones. */
const THOROUGH: readonly string[] = ['image-pull-backoff', 'readiness-and-startup'];
const RANDOM_FORKS = 200;

describe('a fork changes nothing', () => {
  test.each(THOROUGH)('%s: forked at any commit, it reproduces the rest byte for byte', (name) => {
    const { scenario, log, stops, lines } = played(name);
    for (const stop of stops) expectSameTail({ scenario, log, lines, stop });
  });

  const others = scenarioNames.filter((name) => !THOROUGH.includes(name));
  test.each(others)(`%s: forked at ${RANDOM_FORKS} commits in all, it reproduces the rest`, (name) => {
    const { scenario, log, stops, lines } = played(name);
    const forks = Math.ceil(RANDOM_FORKS / others.length);
    for (let index = 0; index < forks; index++) {
      const stop = stops[drawWhole({ seed: 'forks' }, 0, stops.length - 1, name, index)] ?? 0;
      expectSameTail({ scenario, log, lines, stop });
    }
  });
});

function played(name: string): Omit<Forked, 'stop'> & { readonly stops: readonly number[] } {
  const scenario = bundledScenario(name);
  const log = playedLog(name);
  const stops = log.filter(({ more }) => !more).map(({ seq }) => seq);
  return { scenario, log, stops, lines: log.map((entry) => JSON.stringify(entry)) };
}
