import type { Doing } from '../doing.ts';
import type { PodContext } from '../pod-worker/pod-context.ts';
import { applyEffects, logOutput } from './apply-effects.ts';
import { hostOf } from './host-of.ts';
import { advanceProgram, beginProgram } from './program.ts';

interface Ended {
  readonly exitCode: number;
  readonly output: string;
  /** Why it could not run at all. */
  readonly failure?: string;
}

/**
 * Runs a program in a container to its end if that takes no time, and otherwise does nothing at all: then it is to
 * be run as one that takes its time. One that changes nothing leaves no trace.
 */
export function* runAtOnce(
  { view, now }: PodContext,
  container: string,
  argv: readonly string[],
): Doing<Ended | undefined> {
  const row = view.rows.row('containers', container);
  const host = row && hostOf(view, row);
  if (!host || row.exit || row.startedAt === undefined)
    return { exitCode: 1, output: '', failure: 'container not running' };
  const begun = beginProgram(host, { argv, env: {}, isPid1: false }, now);
  if ('failure' in begun) return { exitCode: 126, output: begun.failure, failure: begun.failure };
  const { exit, effects } = advanceProgram(host, begun.state, now);
  if (!exit) return undefined;
  yield* applyEffects(view, row, effects);
  yield* logOutput(row, effects, false);
  const output = effects
    .map((effect) => (effect.type === 'Printed' && !effect.toPid1 ? effect.text : ''))
    .join('');
  return { exitCode: exit.code, output };
}
