import type { Millis } from '../../../kernel/time/millis.ts';
import type { View } from '../../contract/component.ts';
import type { Doing } from '../doing.ts';
import type { NetworkAnswer, NetworkRequest } from '../processes/network-request.ts';
import { type Running, runningIn } from './running.ts';

export interface IncomingCall {
  readonly node: string;
  /** Absent for the machine's own address. */
  readonly pod?: string;
  readonly address: string;
  readonly port: number;
  readonly request: NetworkRequest;
  readonly now: Millis;
}

export interface CallResult {
  readonly answer: NetworkAnswer;
  /** Until the other side has it ready. */
  readonly afterMs: Millis;
}

/** Who listens on a port of a pod answers what comes in there, as it is now; nobody: the connection is refused. */
export function* answerCall(view: View, call: IncomingCall): Doing<CallResult> {
  const { address } = call;
  const listening = listenerOn(view, call);
  yield* [];
  if (!listening) return { answer: { kind: 'refused', address }, afterMs: 0 };
  if (call.request.protocol === 'http')
    return { answer: { kind: 'http', address, status: 200, headers: {}, body: '' }, afterMs: 0 };
  return { answer: { kind: 'connected', address, text: '' }, afterMs: 0 };
}

function listenerOn(view: View, { node, pod, port, now }: IncomingCall): Running | undefined {
  for (const id of containersAt(view, node, pod)) {
    const running = runningIn(view, id, now);
    if (running?.state.ports?.includes(port)) return running;
  }
  return undefined;
}

/** Containers that an address leads to: a pod's, or those of all pods on the network of the machine. */
function containersAt({ rows }: View, node: string, pod: string | undefined): string[] {
  const isOnHost = (key: string): boolean =>
    rows
      .rowsBy('sandboxes', 'pod', key)
      .some(({ ip, stoppedAt }) => ip === undefined && stoppedAt === undefined);
  const pods =
    pod !== undefined && !isOnHost(pod)
      ? [pod]
      : rows
          .rowsBy('podWorkers', 'node', node)
          .map(({ key }) => key)
          .filter(isOnHost);
  return pods.flatMap((key) =>
    rows
      .rowsBy('containers', 'pod', key)
      .filter(({ startedAt, exit }) => startedAt !== undefined && !exit)
      .map(({ id }) => id),
  );
}
