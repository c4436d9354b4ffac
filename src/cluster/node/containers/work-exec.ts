import type { Millis } from '../../../kernel/time/millis.ts';
import type { Reaction, View, Wake } from '../../contract/component.ts';
import type { ExecRow } from '../../contract/machine-rows.ts';
import { applyEffects, logOutput, printed } from './apply-effects.ts';
import { hostOf } from './host-of.ts';
import { advanceProgram, beginProgram } from './program.ts';

/** Goes on with a program that was started inside of a container. */
export function* workExec(view: View, id: string, now: Millis): Reaction {
  const exec = view.rows.row('execs', id);
  if (!exec || exec.exitCode !== undefined) return;
  const { node, pod } = exec;
  const row = view.rows.row('containers', exec.container);
  const host = row && hostOf(view, row);
  if (!host || row.exit || row.startedAt === undefined) {
    // Whatever runs in a container ends with it.
    const never = exec.state === undefined ? { failure: 'container not running' } : {};
    yield { type: 'ExecFinished', node, pod, exec: id, exitCode: 137, ...never };
    return;
  }
  if (exec.until === undefined || exec.until > now) return;
  const program = { argv: exec.argv, env: {}, isPid1: false };
  const begun = exec.state === undefined ? beginProgram(host, program, now) : { state: exec.state };
  if ('failure' in begun) {
    yield { type: 'ExecFinished', node, pod, exec: id, exitCode: 126, failure: begun.failure };
    return;
  }
  const { state, effects, until, exit } = advanceProgram(host, begun.state, now);
  yield* applyEffects(view, row, effects);
  yield* logOutput(row, effects, false);
  const stdout = printed(effects, 'stdout');
  const stderr = printed(effects, 'stderr');
  const output = { ...(stdout !== '' && { stdout }), ...(stderr !== '' && { stderr }) };
  if (exit) yield { type: 'ExecFinished', node, pod, exec: id, exitCode: exit.code, ...output };
  else
    yield {
      type: 'ExecAdvanced',
      node,
      pod,
      exec: id,
      process: state,
      ...(until !== undefined && { until }),
      ...output,
    };
}

export function execWake(view: View, id: string, from: Millis): Wake | undefined {
  const exec = view.rows.row('execs', id);
  if (!exec || exec.exitCode !== undefined) return undefined;
  const cause = view.rows.changedAt('execs', id);
  if (hasEnded(view, exec)) return { at: from, cause };
  return exec.until === undefined ? undefined : { at: Math.max(exec.until, from), cause };
}

function hasEnded(view: View, { container }: ExecRow): boolean {
  return view.rows.row('containers', container)?.exit !== undefined;
}
