import type { Millis } from '../../../kernel/time/millis.ts';
import type { Reaction, View, Wake } from '../../contract/component.ts';
import type { Doing } from '../../contract/doing.ts';
import type { ContainerRow, ExecRow } from '../../contract/machine-rows.ts';
import type { NetworkAnswer } from '../../contract/network-request.ts';
import { type Advanced, advance, deliverAnswer, deliverInput } from '../processes/advance.ts';
import type { ProcessHost } from '../processes/process-host.ts';
import type { ProcessState } from '../processes/process-state.ts';
import { answersFor } from './answers-for.ts';
import { applyEffects, logOutput, printed } from './apply-effects.ts';
import { beginExec } from './begin-process.ts';
import { endGreedyExec } from './exhaust-memory.ts';
import { hostOf } from './host-of.ts';
import { hasOwnFiles } from './places.ts';
import { processChange } from './process-change.ts';
import { nextDeedAt, processAt } from './run-ahead.ts';

/** Goes on with a program that was started inside of a container. */
export function* workExec(view: View, id: string, now: Millis): Reaction {
  const exec = view.rows.row('execs', id);
  if (!exec || exec.exitCode !== undefined) return;
  const { node, pod } = exec;
  const row = view.rows.row('containers', exec.container);
  const host = row && hostOf(view, row, { id, now });
  if (!host || row.exit || row.startedAt === undefined) {
    // Whatever runs in a container ends with it.
    const never = exec.state === undefined ? { failure: 'container not running' } : {};
    yield { type: 'ExecFinished', node, pod, exec: id, exitCode: 137, ...never };
    return;
  }
  if (exec.state === undefined) yield* begin(view, { exec, row, host, now });
  else yield* goOn(view, { exec, row, host, now });
}

interface Place {
  readonly exec: ExecRow;
  readonly row: ContainerRow;
  readonly host: ProcessHost;
  readonly now: Millis;
}

function* begin(view: View, place: Place): Reaction {
  const { exec, row, host, now } = place;
  const { id, node, pod, argv, hasInput = false } = exec;
  const begun = beginExec(view, row, { argv, exec: id, now, hasInput });
  if ('failure' in begun) {
    yield { type: 'ExecFinished', node, pod, exec: id, exitCode: 126, failure: begun.failure };
    return;
  }
  const advanced = advance(begun.process, host, now);
  if (!advanced.wait.exited) yield { type: 'ExecStarted', node, pod, exec: id, process: begun.process };
  yield* writeDown(view, place, { before: begun.process, advanced });
}

function* goOn(view: View, place: Place): Reaction {
  const { exec, row, host, now } = place;
  const before = processAt(exec.state as ProcessState, host, now);
  const ended = yield* endGreedyExec(view, row, { state: before, host, now });
  if (ended) {
    yield* writeDown(view, place, { before, advanced: ended });
    return;
  }
  const { input } = exec;
  if (input) {
    yield* writeDown(view, place, {
      before,
      advanced: deliverInput(before, input, { host, now }),
      tookInput: true,
    });
    return;
  }
  const [answer] = answersFor(view, exec.container, exec.id).filter(({ at }) => at <= now);
  if (answer) {
    const answered = { request: answer.request, answer: answer.answer as NetworkAnswer };
    yield { type: 'ConnectionClosed', connection: answer.connection };
    yield* writeDown(view, place, { before, advanced: deliverAnswer(before, answered, { host, now }) });
  } else if (exec.until !== undefined && exec.until <= now) {
    yield* writeDown(view, place, { before, advanced: advance(before, host, now) });
  }
}

interface Advancing {
  readonly before: ProcessState;
  readonly advanced: Advanced;
  readonly tookInput?: boolean;
}

function* writeDown(
  view: View,
  { exec, row, host, now }: Place,
  { before, advanced, tookInput = false }: Advancing,
): Doing<void> {
  const { id, node, pod } = exec;
  const { effects, wait, process } = advanced;
  yield* applyEffects(view, { row, exec: id, effects, now });
  yield* logOutput(row, effects, false);
  const stdout = printed(effects, 'stdout');
  const stderr = printed(effects, 'stderr');
  const output = { ...(stdout !== '' && { stdout }), ...(stderr !== '' && { stderr }) };
  if (wait.exited) {
    yield { type: 'ExecFinished', node, pod, exec: id, exitCode: wait.exited.code, ...output };
    return;
  }
  const isAhead = effects.length === 0 && hasOwnFiles(view, row);
  const until = isAhead ? nextDeedAt(process, host, now) : wait.until;
  const change = processChange(exec.state ?? before, process);
  const told = { ...output, ...(tookInput && { tookInput: true as const }) };
  const going = { ...change, ...(until !== undefined && { until }), ...told };
  yield { type: 'ExecAdvanced', node, pod, exec: id, ...going };
}

export function execWake(view: View, id: string, from: Millis): Wake | undefined {
  const exec = view.rows.row('execs', id);
  if (!exec || exec.exitCode !== undefined) return undefined;
  const cause = view.rows.changedAt('execs', id);
  if (hasEnded(view, exec) || (exec.input && exec.state !== undefined)) return { at: from, cause };
  const answers = answersFor(view, exec.container, id).map(({ at }) => at);
  const at = Math.min(exec.until ?? Number.POSITIVE_INFINITY, ...answers);
  return at === Number.POSITIVE_INFINITY ? undefined : { at: Math.max(at, from), cause };
}

function hasEnded(view: View, { container }: ExecRow): boolean {
  return view.rows.row('containers', container)?.exit !== undefined;
}
