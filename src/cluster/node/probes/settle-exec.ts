import { formatGoDuration } from '../../../kernel/time/go-duration.ts';
import type { Doing } from '../../contract/doing.ts';
import type { ProbeOutcome, ProbeWorkerRow } from '../../contract/probe-worker-row.ts';
import type { PodContext } from '../pod-worker/pod-context.ts';
import { execError } from './exec-error.ts';

/** How a run of a probe that took its time ended; undefined while it goes on. */
export function* settleExec(
  context: PodContext,
  running: NonNullable<ProbeWorkerRow['running']>,
): Doing<ProbeOutcome | undefined> {
  const { view, now, node, key } = context;
  const { exec: id, until, outcome } = running;
  if (id === undefined) return until <= now ? outcome : undefined;
  const exec = view.rows.row('execs', id);
  const isOver = exec?.exitCode !== undefined;
  if (!isOver && until > now) return undefined;
  yield { type: 'ExecForgotten', node, pod: key, exec: id };
  if (!exec) return { result: 'failure', output: '' };
  if (!isOver) {
    const took = formatGoDuration(until - exec.requestedAt);
    return {
      result: 'failure',
      output: `command timed out: "${exec.argv.join(' ')}" timed out after ${took}`,
    };
  }
  const { failure, container } = exec;
  if (failure !== undefined)
    return { result: 'error', output: execError(context, { exec: id, container, failure }) };
  return { result: exec.exitCode === 0 ? 'success' : 'failure', output: exec.stdout + exec.stderr };
}
