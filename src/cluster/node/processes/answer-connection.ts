import type { Millis } from '../../../kernel/time/millis.ts';
import type { NetworkAnswer, NetworkRequest } from '../../contract/network-request.ts';
import { type Advanced, runOn } from './advance.ts';
import { answerByProgram } from './listening/answer-by-program.ts';
import { answerByTool } from './listening/answer-by-tool.ts';
import { openMachine } from './machine/open-machine.ts';
import { listeningPorts, type MachineSeen } from './machine/run-program.ts';
import type { ProcessHost } from './process-host.ts';
import type { ProcessState, Task } from './process-state.ts';

/** A connection that has come to one of the container's ports. */
export interface Connection {
  readonly port: number;
  readonly request: NetworkRequest;
  /** Whom it comes from, for access logs. */
  readonly client: string;
}

export interface Answered extends Advanced {
  readonly answer: NetworkAnswer;
  /** Until the answer is ready. A client that waits less than that sees nothing of it. */
  readonly afterMs: Millis;
}

/**
 * What a listening program makes of a connection; nobody listens: it is refused, and nothing has happened.
 */
export function answerConnection(
  process: ProcessState,
  connection: Connection,
  { host, now }: { readonly host: ProcessHost; readonly now: Millis },
): Answered {
  const machine = openMachine(process, host, now);
  const address = host.ip ?? '127.0.0.1';
  const task = listenerOf(machine, connection.port);
  if (task?.stopped) return answerFrozen(runOn(machine), connection, address);
  const reply =
    task?.kind === 'program'
      ? answerByProgram(machine, task, connection)
      : task?.kind === 'tool'
        ? answerByTool(machine, task, connection)
        : { answer: { kind: 'refused', address } as const, afterMs: 0 };
  const { process: after, effects, wait } = runOn(machine);
  return { process: after, effects, wait, answer: reply.answer, afterMs: reply.afterMs };
}

/**
 * The kernel takes connections for a program that stands still, which is all that some want (listen(2): its
 * backlog).
 */
function answerFrozen(advanced: Advanced, { request }: Connection, address: string): Answered {
  return request.protocol === 'tcp' && request.text === undefined
    ? { ...advanced, answer: { kind: 'connected', address, text: '' }, afterMs: 0 }
    : { ...advanced, answer: { kind: 'timedOut', address }, afterMs: NEVER_MS };
}

/** Whoever listens on a port, as it is now. */
export function listenerOf(seen: MachineSeen, port: number): Task | undefined {
  return listeningPorts(seen).find((open) => open.port === port)?.task;
}

/** Longer than anybody waits: until TCP gives up. */
const NEVER_MS = 127_000;
