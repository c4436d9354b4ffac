import { describe, expect, test } from 'vitest';
import type { Event } from '../../src/cluster/contract/event.ts';
import { drawWhole } from '../../src/kernel/chance/draw.ts';
import type { Entry } from '../../src/kernel/log/entry.ts';
import { commits } from '../../src/kernel/run/run.ts';
import { forkScenario } from '../../src/scenario/fork.ts';
import type { Scenario } from '../../src/scenario/scenario.ts';
import { bundledScenario, playToEnd, scenarioNames } from '../support/play-scenario.ts';

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

interface Fork {
  readonly scenario: Scenario;
  readonly log: readonly Entry<Event>[];
  readonly lines: readonly string[];
  /** seq of the last entry that the fork shares. */
  readonly stop: number;
}

function played(name: string): Omit<Fork, 'stop'> & { readonly stops: readonly number[] } {
  const scenario = bundledScenario(name);
  const { log } = playToEnd(scenario);
  const stops = log.filter(({ more }) => !more).map(({ seq }) => seq);
  return { scenario, log, stops, lines: log.map((entry) => JSON.stringify(entry)) };
}

function expectSameTail({ scenario, log, lines, stop }: Fork): void {
  let seq = stop;
  for (const commit of commits(forkScenario(scenario, log.slice(0, stop)))) {
    for (const entry of commit) {
      const line = JSON.stringify(entry);
      if (line !== lines[seq]) expect({ forkedAt: stop, line }).toEqual({ forkedAt: stop, line: lines[seq] });
      seq++;
    }
  }
  expect({ forkedAt: stop, length: seq }).toEqual({ forkedAt: stop, length: lines.length });
}
