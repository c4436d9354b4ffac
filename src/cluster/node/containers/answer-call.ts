import type { Millis } from '../../../kernel/time/millis.ts';
import type { View } from '../../contract/component.ts';
import type { Doing } from '../../contract/doing.ts';
import type { NetworkAnswer, NetworkRequest } from '../../contract/network-request.ts';
import { queueAt } from '../../world/delay-at.ts';
import { sicknessOf } from '../control-plane/health-of.ts';
import { type Answered, answerConnection, listenerOf } from '../processes/answer-connection.ts';
import { slownessOf } from '../usage/slowness.ts';
import { pushProcess } from './keep-process.ts';
import { isMoreThanSteps, processChange } from './process-change.ts';
import { shows } from './run-ahead.ts';
import { type Running, runningIn } from './running.ts';

export interface IncomingCall {
  readonly node: string;
  /** Absent for the machine's own address. */
  readonly pod?: string;
  readonly address: string;
  readonly port: number;
  /** The address that it comes from. */
  readonly client: string;
  readonly request: NetworkRequest;
  readonly now: Millis;
}

export interface CallResult {
  readonly answer: NetworkAnswer;
  /** Who answers; absent where nobody does. */
  readonly container?: string;
  /** Until the other side has it ready. */
  readonly afterMs: Millis;
}

/**
 * Who listens on a port of a pod answers what comes in there, as it is now; nobody: the connection is
 * refused. An answer that changes nothing leaves no trace.
 */
export function* answerCall(view: View, call: IncomingCall): Doing<CallResult> {
  const { address, port, request, client, now } = call;
  const ids = containersAt(view, call);
  for (const id of ids) {
    const running = runningIn(view, id, now);
    if (!running) continue;
    const { state, host } = running;
    // An address of a machine leads to many, most of which listen elsewhere.
    if (ids.length > 1 && !listenerOf({ state, host, now }, port)) continue;
    const answered = answerConnection(state, { port, request, client }, { host, now });
    if (answered.answer.kind === 'refused') continue;
    const sickness = sicknessOf(view, running.row, request);
    if (sickness === 'not listening') continue;
    if (sickness) return { answer: { kind: 'http', address, headers: {}, ...sickness }, afterMs: 0 };
    if (hasConsequences(running, answered))
      yield* pushProcess(view, running, { pushes: [() => answered], now });
    return {
      answer: answered.answer,
      afterMs: afterWork(view, running, { call, answered }),
      container: id,
    };
  }
  return { answer: { kind: 'refused', address }, afterMs: 0 };
}

/** What is asked for waits with all that clients of the scenario ask for. */
function afterWork(
  view: View,
  running: Running,
  { call, answered }: { readonly call: IncomingCall; readonly answered: Answered },
): Millis {
  const { request, now, port } = call;
  const { answer, afterMs } = answered;
  if (answer.kind !== 'http' || request.protocol !== 'http') return afterMs;
  const { method, path } = request;
  const slowness = slownessOf(view, running, { asked: { port, method, path }, now });
  if (!slowness) return afterMs;
  return Math.max(afterMs + slowness.extraMs, queueAt(view.rows, running.row.id, now) ?? 0);
}

function hasConsequences({ state }: Running, answered: Answered): boolean {
  return shows(answered) || isMoreThanSteps(processChange(state, answered.process));
}

/** Containers that an address leads to: a pod's, or those of all pods on the network of the machine. */
export function containersAt({ rows }: View, { node, pod }: Pick<IncomingCall, 'node' | 'pod'>): string[] {
  const isOnHost = (key: string): boolean =>
    rows
      .rowsBy('sandboxes', 'pod', key)
      .some(({ ip, stoppedAt }) => ip === undefined && stoppedAt === undefined);
  const onHost = (): string[] =>
    rows
      .rowsBy('podWorkers', 'node', node)
      .map(({ key }) => key)
      .filter(isOnHost);
  const pods = pod === undefined || isOnHost(pod) ? onHost() : [pod];
  return pods.flatMap((key) =>
    rows
      .rowsBy('containers', 'pod', key)
      .filter(({ startedAt, exit }) => startedAt !== undefined && !exit)
      .map(({ id }) => id),
  );
}
