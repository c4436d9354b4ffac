import type { Entry } from '../../kernel/log/entry.ts';
import type { Tables } from '../../kernel/table/store.ts';
import type { Event } from '../contract/event.ts';
import { fileKey } from '../contract/file-key.ts';
import type { MachineEvent } from '../contract/machine-event.ts';
import type {
  ContainerExit,
  ContainerRow,
  ExecRow,
  ProcessRow,
  SentSignal,
} from '../contract/machine-rows.ts';
import type { GivenInput } from '../contract/program-input.ts';
import { extended } from '../objects/json.ts';
import type { KubeObject } from '../objects/kube-object.ts';
import { applyDelta, type ObjectDelta } from './object-delta.ts';
import type { WorldRows } from './world.ts';

const CONTAINER_EVENTS = [
  'ContainerCreated',
  'ContainerStarted',
  'ContainerStartFailed',
  'SignalSent',
  'ContainerInputGiven',
  'MemoryExhausted',
  'ProcessAdvanced',
  'ContainerExited',
  'ContainerRemoved',
  'ContainerLogged',
  'FileWritten',
  'FileAppended',
  'ExecRequested',
  'ExecInputGiven',
  'ExecStarted',
  'ExecAdvanced',
  'ExecFinished',
  'ExecForgotten',
] as const;

type ContainerEvent = Extract<MachineEvent, { type: (typeof CONTAINER_EVENTS)[number] }>;

export function isContainerEvent(event: MachineEvent): event is ContainerEvent {
  return (CONTAINER_EVENTS as readonly string[]).includes(event.type);
}

/** Containers, what runs in them, and what they leave behind. */
export function evolveContainer(
  tables: Tables<WorldRows>,
  event: ContainerEvent,
  { at, seq }: Entry<Event>,
): void {
  switch (event.type) {
    case 'ContainerCreated': {
      const { type: _, ...container } = event;
      tables.containers.write(container.id, container, seq);
      return;
    }
    case 'ContainerStarted': {
      const { node, pod, container } = event;
      changeContainer(tables, container, { startedAt: at }, seq);
      const process = { container, node, pod, state: event.process, until: at, signals: [] };
      tables.processes.write(container, process, seq);
      return;
    }
    case 'ContainerStartFailed':
      changeContainer(tables, event.container, { exit: event.exit }, seq);
      return;
    case 'SignalSent':
    case 'ContainerInputGiven':
    case 'MemoryExhausted':
    case 'ProcessAdvanced': {
      const row = tables.processes.read(event.container, seq);
      if (row) tables.processes.write(event.container, processAfter(row, event), seq);
      return;
    }
    case 'ContainerExited':
      changeContainer(tables, event.container, { exit: event.exit }, seq);
      tables.processes.write(event.container, undefined, seq);
      return;
    case 'ContainerRemoved':
      tables.containers.write(event.container, undefined, seq);
      return;
    case 'ContainerLogged': {
      const { container, stream, text } = event;
      // One row a write: appending never copies what is there.
      const key = `${container}/${String(seq).padStart(12, '0')}`;
      tables.logs.write(key, { container, at, seq, stream, text }, seq);
      return;
    }
    case 'FileWritten': {
      const { type: _, node: __, pod: ___, ...file } = event;
      tables.files.write(fileKey(file), file, seq);
      return;
    }
    case 'FileAppended': {
      const file = tables.files.read(fileKey(event), seq);
      if (!file) return;
      const content = (file.content ?? '') + event.text;
      tables.files.write(fileKey(event), { ...file, content, modifiedAt: at }, seq);
      return;
    }
    default:
      evolveExec(tables, event, { at, seq });
  }
}

type ExecEvent = Extract<ContainerEvent, { exec: string }>;

function evolveExec(
  tables: Tables<WorldRows>,
  event: ExecEvent,
  { at, seq }: { at: number; seq: number },
): void {
  const { exec: id } = event;
  if (event.type === 'ExecForgotten') {
    tables.execs.write(id, undefined, seq);
    return;
  }
  if (event.type === 'ExecRequested') {
    const { node, pod, container, argv, deadline, hasInput } = event;
    const asked = { id, node, pod, container, argv, requestedAt: at, until: at, stdout: '', stderr: '' };
    const more = { ...(deadline !== undefined && { deadline }), ...(hasInput && { hasInput }) };
    tables.execs.write(id, { ...asked, ...more }, seq);
    return;
  }
  const row = tables.execs.read(id, seq);
  if (!row) return;
  if (event.type === 'ExecStarted') {
    tables.execs.write(id, { ...row, state: event.process }, seq);
    return;
  }
  if (event.type === 'ExecInputGiven') {
    tables.execs.write(id, { ...row, input: given(row, event) }, seq);
    return;
  }
  const stdout = row.stdout + (event.stdout ?? '');
  const stderr = row.stderr + (event.stderr ?? '');
  const { until: _, input, ...idle } = row;
  const isPending = input && !(event.type === 'ExecAdvanced' && event.tookInput);
  const next: ExecRow =
    event.type === 'ExecAdvanced'
      ? {
          ...idle,
          stdout,
          stderr,
          state: stateAfter(row.state, event),
          ...(isPending && { input }),
          ...(event.until !== undefined && { until: event.until }),
        }
      : {
          ...idle,
          stdout,
          stderr,
          exitCode: event.exitCode,
          ...(event.failure !== undefined && { failure: event.failure }),
        };
  tables.execs.write(id, next, seq);
}

function given(
  { input }: { readonly input?: GivenInput },
  { text, ended = false }: { readonly text: string; readonly ended?: boolean },
): GivenInput {
  return { text: (input?.text ?? '') + text, ended: ended || input?.ended === true };
}

function changeContainer(
  tables: Tables<WorldRows>,
  id: string,
  fields: { readonly startedAt?: number; readonly exit?: ContainerExit },
  seq: number,
): void {
  const row: ContainerRow | undefined = tables.containers.read(id, seq);
  if (row) tables.containers.write(id, extended(row, fields), seq);
}

type ProcessEvent = Extract<
  ContainerEvent,
  { type: 'SignalSent' | 'ContainerInputGiven' | 'MemoryExhausted' | 'ProcessAdvanced' }
>;

function processAfter(row: ProcessRow, event: ProcessEvent): ProcessRow {
  if (event.type === 'SignalSent') return { ...row, signals: [...row.signals, sent(event)] };
  if (event.type === 'ContainerInputGiven') return { ...row, input: given(row, event) };
  if (event.type === 'MemoryExhausted') {
    return { ...row, signals: [...row.signals, sent({ ...event, signal: 'KILL' })], memoryExhausted: true };
  }
  const { container, node, pod, memoryExhausted, input } = row;
  const { until, ending, signalled = 0, tookInput } = event;
  return {
    container,
    node,
    pod,
    state: stateAfter(row.state, event),
    signals: row.signals.slice(signalled),
    ...(memoryExhausted && { memoryExhausted }),
    ...(input && !tookInput && { input }),
    ...(until !== undefined && { until }),
    ...(ending && { ending }),
  };
}

function sent({ signal, pid }: SentSignal): SentSignal {
  return { signal, ...(pid !== undefined && { pid }) };
}

function stateAfter(state: unknown, { set, unset }: ObjectDelta): unknown {
  if (!unset) return set ? applyDelta(state as KubeObject, { set }) : state;
  return applyDelta(state as KubeObject, set ? { set, unset } : { unset });
}
