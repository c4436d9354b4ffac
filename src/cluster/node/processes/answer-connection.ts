import type { Millis } from '../../../kernel/time/millis.ts';
import type { NetworkAnswer, NetworkRequest } from '../../contract/network-request.ts';
import { changesNothing } from '../images/program-behaviour.ts';
import { type Advanced, runOn } from './advance.ts';
import { answerByProgram } from './listening/answer-by-program.ts';
import { answerByTool } from './listening/answer-by-tool.ts';
import { definitionOf } from './machine/definition-of.ts';
import { machineOn, openMachine } from './machine/open-machine.ts';
import { listeningPorts, type MachineSeen } from './machine/run-program.ts';
import type { ProcessHost } from './process-host.ts';
import type { Descriptor, ProcessState, ProgramTask, Task } from './process-state.ts';
import { waitOf } from './wait-of.ts';

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
  const resting = restingServer(process, connection, { host, now });
  if (resting) return answerAtRest(resting, connection);
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

interface RestingServer {
  readonly seen: MachineSeen;
  readonly task: ProgramTask;
}

/**
 * A program of the image whose answers change nothing, where all of the container waits for longer than this
 * instant: most of what is ever asked, by probes above all.
 */
function restingServer(
  process: ProcessState,
  { port, request }: Connection,
  { host, now }: { readonly host: ProcessHost; readonly now: Millis },
): RestingServer | undefined {
  if (request.protocol !== 'http') return undefined;
  for (const pid in process.tasks) {
    const task = process.tasks[pid];
    if (task?.kind !== 'program' || task.stopped || !isWaiting(task.wait, now)) return undefined;
  }
  const seen = { state: process, host, now };
  const task = listenerOf(seen, port);
  if (task?.kind !== 'program' || !changesNothing(definitionOf(host.image, task))) return undefined;
  return isPrinted(task.fds['1']) && isPrinted(task.fds['2']) ? { seen, task } : undefined;
}

function isWaiting(wait: ProgramTask['wait'], now: Millis): boolean {
  if (!wait || (wait.until !== undefined && wait.until <= now)) return false;
  for (const what in wait) if (what !== 'until' && what !== 'cpus') return false;
  return true;
}

/** What is written there changes nothing in the container. */
function isPrinted(descriptor: Descriptor | undefined): boolean {
  return descriptor === 'out' || descriptor === 'err';
}

/** With nothing copied, and nobody let run who could not. */
function answerAtRest({ seen, task }: RestingServer, connection: Connection): Answered {
  const { state, ...where } = seen;
  const machine = machineOn({ ...state, steps: { ...state.steps } }, where);
  const { answer, afterMs } = answerByProgram(machine, task, connection);
  return { process: machine.state, effects: machine.effects, wait: waitOf(state), answer, afterMs };
}

/** Whoever listens on a port, as it is now. */
export function listenerOf(seen: MachineSeen, port: number): Task | undefined {
  return listeningPorts(seen).find((open) => open.port === port)?.task;
}

/** Longer than anybody waits: until TCP gives up. */
const NEVER_MS = 127_000;
