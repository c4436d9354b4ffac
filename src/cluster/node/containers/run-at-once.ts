import type { Doing } from '../../contract/doing.ts';
import type { PodContext } from '../pod-worker/pod-context.ts';
import { advance } from '../processes/advance.ts';
import { applyEffects, logOutput } from './apply-effects.ts';
import { beginExec } from './begin-process.ts';

interface Ended {
  readonly exitCode: number;
  readonly output: string;
  /** Why it could not run at all. */
  readonly failure?: string;
}

/**
 * Runs a program in a container to its end if that takes no time, and otherwise does nothing at all: then it
 * is to be run as one that takes its time. One that changes nothing leaves no trace.
 */
export function* runAtOnce(
  { view, now }: PodContext,
  exec: string,
  { container, argv }: { readonly container: string; readonly argv: readonly string[] },
): Doing<Ended | undefined> {
  const row = view.rows.row('containers', container);
  if (!row || row.exit || row.startedAt === undefined)
    return { exitCode: 1, output: '', failure: 'container not running' };
  const begun = beginExec(view, row, { argv, exec, now });
  if ('failure' in begun) {
    const { failure } = begun;
    return { exitCode: 126, output: failure, failure };
  }
  const { wait, effects } = advance(begun.process, begun.host, now);
  if (!wait.exited) return undefined;
  yield* applyEffects(view, { row, exec, effects, now });
  yield* logOutput(row, effects, false);
  let output = '';
  for (const effect of effects) if (effect.type === 'Printed' && !effect.toPid1) output += effect.text;
  return { exitCode: wait.exited.code, output };
}
