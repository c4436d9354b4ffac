import { drawWhole } from '../../../kernel/chance/draw.ts';
import type { Entry } from '../../../kernel/log/entry.ts';
import type { Millis } from '../../../kernel/time/millis.ts';
import type { Address, Component, Reaction, View, Wake } from '../../contract/component.ts';
import type { Event } from '../../contract/event.ts';
import type { ContainerExit, ContainerRow, ProcessRow } from '../../contract/machine-rows.ts';
import type { RowReader } from '../../contract/reader.ts';
import { applyEffects, logOutput } from './apply-effects.ts';
import { hostOf } from './host-of.ts';
import { type Advanced, advanceProgram, signalProgram } from './program.ts';
import { execWake, workExec } from './work-exec.ts';

const NAME = 'containers';
const EXEC = 'exec/';

/** What runs in the containers of a node (`containers/node-1`): by container, or by a program started inside of one. */
export const containers: Component = {
  name: NAME,
  concernsOf,
  addresses,
  reconcile,
  wake,
};

function actorOf(node: string): string {
  return `${NAME}/${node}`;
}

function* concernsOf({ event }: Entry<Event>, rows: RowReader): Generator<Address> {
  switch (event.type) {
    case 'ContainerStarted':
    case 'SignalSent':
      yield { actor: actorOf(event.node), key: event.container };
      return;
    case 'ContainerExited':
      for (const { id } of rows.rowsBy('execs', 'container', event.container)) {
        yield { actor: actorOf(event.node), key: EXEC + id };
      }
      return;
    case 'ExecRequested':
    case 'ExecForgotten':
      yield { actor: actorOf(event.node), key: EXEC + event.exec };
  }
}

function* addresses({ rows }: View): Generator<Address> {
  for (const { node } of rows.rowsBy('machines', 'all', '')) {
    const actor = actorOf(node);
    for (const { container } of rows.rowsBy('processes', 'node', node)) yield { actor, key: container };
    for (const { id } of rows.rowsBy('execs', 'running', node)) yield { actor, key: EXEC + id };
  }
}

function* reconcile(view: View, { key }: Address, now: Millis): Reaction {
  if (key.startsWith(EXEC)) {
    yield* workExec(view, key.slice(EXEC.length), now);
    return;
  }
  const process = view.rows.row('processes', key);
  const row = view.rows.row('containers', key);
  if (!process || !row) return;
  if (process.ending) {
    if (process.ending.at > now) return;
    yield { type: 'ContainerExited', node: row.node, pod: row.pod, container: key, exit: process.ending };
    return;
  }
  yield* goOn(view, { process, row, now });
}

interface Place {
  readonly process: ProcessRow;
  readonly row: ContainerRow;
  readonly now: Millis;
}

function* goOn(view: View, { process, row, now }: Place): Reaction {
  const host = hostOf(view, row);
  if (!host) return;
  let state = process.state;
  let last: Advanced | undefined;
  const isDue = process.until !== undefined && process.until <= now;
  if (!isDue && process.signals.length === 0) return;
  for (const signal of [...(isDue ? [undefined] : []), ...process.signals]) {
    if (last?.exit) break;
    last = signal === undefined ? advanceProgram(host, state, now) : signalProgram(host, state, signal, now);
    state = last.state;
    yield* applyEffects(view, row, last.effects);
    yield* logOutput(row, last.effects, true);
  }
  const { node, pod, id: container } = row;
  const { until, exit } = last ?? {};
  const ending = exit && endingOf(view, row, { ...exit, now });
  yield {
    type: 'ProcessAdvanced',
    node,
    pod,
    container,
    process: state,
    ...(until !== undefined && !exit && { until }),
    ...(ending && { ending }),
  };
}

interface Exit {
  readonly code: number;
  readonly reason?: string;
  readonly now: Millis;
}

/** The runtime notices a little after a process has ended. */
function endingOf(view: View, { id }: ContainerRow, { code, reason, now }: Exit): ContainerExit {
  const [low, high] = view.settings.latencies.containerExit;
  const at = now + drawWhole(view.chance, low, high, 'container exit', id);
  return { at, code, reason: reason ?? (code === 0 ? 'Completed' : 'Error') };
}

function wake(view: View, { key }: Address, from: Millis): Wake | undefined {
  if (key.startsWith(EXEC)) return execWake(view, key.slice(EXEC.length), from);
  const process = view.rows.row('processes', key);
  if (!process) return undefined;
  const cause = view.rows.changedAt('processes', key);
  if (process.ending) return { at: Math.max(process.ending.at, from), cause };
  if (process.signals.length > 0) return { at: from, cause };
  return process.until === undefined ? undefined : { at: Math.max(process.until, from), cause };
}
