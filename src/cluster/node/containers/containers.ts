import type { Entry } from '../../../kernel/log/entry.ts';
import type { Millis } from '../../../kernel/time/millis.ts';
import type { Address, Component, Reaction, View, Wake } from '../../contract/component.ts';
import type { ConnectionRow } from '../../contract/connection-row.ts';
import type { Event } from '../../contract/event.ts';
import { instancesOf } from '../../contract/instances.ts';
import type { NetworkAnswer } from '../../contract/network-request.ts';
import type { RowReader } from '../../contract/reader.ts';
import { advance, deliverAnswer, deliverInput, sendSignal } from '../processes/advance.ts';
import type { SignalName } from '../processes/signals.ts';
import { answerRequest, answerWake } from './answer-request.ts';
import { answersFor } from './answers-for.ts';
import { endWhatTakesTooMuch } from './exhaust-memory.ts';
import { type Push, pushProcess } from './keep-process.ts';
import { type Running, runningIn } from './running.ts';
import { terminationMessage } from './termination-message.ts';
import { execWake, workExec } from './work-exec.ts';

const NAME = 'containers';
const { actorOf } = instancesOf(NAME);
const EXEC = 'exec/';
const CONNECTION = 'connection/';

/**
 * What runs in the containers of a node (`containers/node-1`): by container, or by a program started inside
 * of one.
 */
export const containers: Component = {
  name: NAME,
  concernsOf,
  addresses,
  reconcile,
  wake,
};

function concernsOf({ event }: Entry<Event>, rows: RowReader): Iterable<Address> {
  switch (event.type) {
    case 'ContainerStarted':
    case 'SignalSent':
    case 'ContainerInputGiven':
    case 'MemoryExhausted':
      return [{ actor: actorOf(event.node), key: event.container }];
    case 'ContainerExited':
      return rows
        .rowsBy('execs', 'container', event.container)
        .map(({ id }) => ({ actor: actorOf(event.node), key: EXEC + id }));
    case 'ExecRequested':
    case 'ExecInputGiven':
    case 'ExecForgotten':
      return [{ actor: actorOf(event.node), key: EXEC + event.exec }];
    // Written down by somebody whose doings it has noticed.
    case 'ProcessAdvanced':
      return [{ actor: actorOf(event.node), key: event.container }];
    case 'ExecAdvanced':
      return [{ actor: actorOf(event.node), key: EXEC + event.exec }];
    case 'RequestRouted':
      return [{ actor: actorOf(event.target.node), key: CONNECTION + event.connection }];
    case 'RequestAnswered': {
      const connection = rows.row('connections', event.connection);
      if (connection?.node === undefined) return [];
      return [{ actor: actorOf(connection.node), key: asking(connection) }];
    }
    default:
      return [];
  }
}

function asking({ container = '', exec }: ConnectionRow): string {
  return exec === undefined ? container : EXEC + exec;
}

function* addresses({ rows }: View): Generator<Address> {
  for (const { node } of rows.rowsBy('machines', 'all', '')) {
    const actor = actorOf(node);
    for (const { container } of rows.rowsBy('processes', 'node', node)) yield { actor, key: container };
    for (const { id } of rows.rowsBy('execs', 'running', node)) yield { actor, key: EXEC + id };
    for (const { id } of rows.rowsBy('connections', 'target', node)) yield { actor, key: CONNECTION + id };
  }
}

function* reconcile(view: View, { key }: Address, now: Millis): Reaction {
  if (key.startsWith(EXEC)) {
    yield* workExec(view, key.slice(EXEC.length), now);
    return;
  }
  if (key.startsWith(CONNECTION)) {
    yield* answerRequest(view, key.slice(CONNECTION.length), now);
    return;
  }
  const process = view.rows.row('processes', key);
  if (!process?.ending) {
    const before = runningIn(view, key, now);
    if (before) yield* endWhatTakesTooMuch(view, before, now);
    // Nearly nothing ever takes too much: what runs is as it was.
    const isAsBefore = view.rows.row('processes', key) === before?.process;
    const running = isAsBefore ? before : runningIn(view, key, now);
    if (running) yield* goOn(view, running, now);
  } else if (process.ending.at <= now) {
    const { node, pod, ending } = process;
    const exit = { ...ending, ...terminationMessage(view, process) };
    yield { type: 'ContainerExited', node, pod, container: key, exit };
  }
}

function* goOn(view: View, running: Running, now: Millis): Reaction {
  const { process, row } = running;
  const isDue = process.until !== undefined && process.until <= now;
  const pushes: Push[] = isDue ? [(state, host) => advance(state, host, now)] : [];
  for (const { connection, request, answer, at } of answersFor(view, row.id)) {
    if (at > now) break;
    const answered = { request, answer: answer as NetworkAnswer };
    yield { type: 'ConnectionClosed', connection };
    pushes.push((state, host) => deliverAnswer(state, answered, { host, now }));
  }
  for (const { signal, pid } of process.signals) {
    const to = pid === undefined ? {} : { pid };
    pushes.push((state, host) => sendSignal(state, signal as SignalName, { host, now, ...to }));
  }
  const { input } = process;
  if (input) pushes.push((state, host) => deliverInput(state, input, { host, now }));
  const told = { signalled: process.signals.length, ...(input && { tookInput: true as const }) };
  if (pushes.length > 0) yield* pushProcess(view, running, { pushes, ...told, now });
}

function wake(view: View, { key }: Address, from: Millis): Wake | undefined {
  if (key.startsWith(EXEC)) return execWake(view, key.slice(EXEC.length), from);
  if (key.startsWith(CONNECTION)) return answerWake(view, key.slice(CONNECTION.length), from);
  const process = view.rows.row('processes', key);
  if (!process) return undefined;
  const cause = view.rows.changedAt('processes', key);
  if (process.ending) return { at: Math.max(process.ending.at, from), cause };
  if (process.signals.length > 0 || process.input) return { at: from, cause };
  const arriving = answersFor(view, key).map(({ at }) => at);
  const at = Math.min(process.until ?? Number.POSITIVE_INFINITY, ...arriving);
  return at === Number.POSITIVE_INFINITY ? undefined : { at: Math.max(at, from), cause };
}
