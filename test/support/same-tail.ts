import { expect } from 'vitest';
import type { Event } from '../../src/cluster/contract/event.ts';
import type { Entry } from '../../src/kernel/log/entry.ts';
import { commits } from '../../src/kernel/run/run.ts';
import { forkScenario } from '../../src/scenario/fork.ts';
import type { Scenario } from '../../src/scenario/scenario.ts';

/** A play that is forked. */
export interface Forked {
  readonly scenario: Scenario;
  readonly log: readonly Entry<Event>[];
  /** Its entries as they are written. */
  readonly lines: readonly string[];
  /** seq of the last entry that the fork shares. */
  readonly stop: number;
}

/** A fork with no new input says the rest of the log byte for byte. */
export function expectSameTail({ scenario, log, lines, stop }: Forked): void {
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

/** So does one at each of `parts - 1` commits, which part the log evenly. */
export function expectSameTails({ scenario, log }: Pick<Forked, 'scenario' | 'log'>, parts: number): void {
  const lines = log.map((entry) => JSON.stringify(entry));
  const ends = log.filter(({ more }) => !more).map(({ seq }) => seq);
  for (let part = 1; part < parts; part++)
    expectSameTail({ scenario, log, lines, stop: ends[Math.floor((part * ends.length) / parts)] ?? 0 });
}
