import { drawWhole } from '../../kernel/chance/draw.ts';
import { settledOutcome } from '../../kernel/chance/outcomes.ts';
import type { Entry } from '../../kernel/log/entry.ts';
import type { Millis } from '../../kernel/time/millis.ts';
import type { Change } from '../contract/api-event.ts';
import type { CommandRow } from '../contract/client-rows.ts';
import type { Address, Component, Delivery, Reaction, View, Wake } from '../contract/component.ts';
import type { Event } from '../contract/event.ts';
import type { RowReader } from '../contract/reader.ts';
import { isLed, runningMembers } from '../etcd/membership.ts';
import { isEqualJson } from '../objects/json.ts';
import { storageKey } from '../objects/storage-key.ts';
import { CONTROL_PLANE, reaches } from '../world/reach.ts';
import { type Job, jobText, runningJobs } from './command-line/jobs.ts';
import { FIRST_STATE, type LineState, type Session } from './command-line/line-state.ts';
import { parseLine } from './command-line/parse-line.ts';
import { runLine } from './command-line/run-line.ts';
import type { Shell } from './command-line/shell.ts';
import type { Stream } from './command-line/shell-line.ts';
import { isInRange } from './etcd/key-range.ts';
import { type Files, HOME } from './files.ts';
import type { Awaited, Watched } from './program.ts';
import { PROGRAMS } from './programs.ts';

const ACTOR = 'kubectl';

/** Whoever types the commands: plays each typed line, one key a line, in the folder with the files. */
export function kubectlClient({ files }: { readonly files: Files }): Component {
  return {
    name: ACTOR,
    readsStore: true,
    watches: ['*'],
    deliveriesOf,
    concernedBy: CONCERNING,
    concernsOf,
    addresses: (view) => runningCommands(view.rows).map(({ id }) => addressOf(id)),
    wake,
    reconcile: (view, { key }, now) => playLine({ view, id: key, now, folder: files }),
  };
}

function addressOf(id: string): Address {
  return { actor: ACTOR, key: id };
}

function runningCommands(rows: RowReader): readonly CommandRow[] {
  return rows.rowsBy('commands', 'running', 'yes');
}

function stateOf({ state }: CommandRow): LineState {
  return (state as LineState | undefined) ?? FIRST_STATE;
}

function deliveriesOf(change: Change, rows: RowReader): Iterable<Delivery> {
  const running = runningCommands(rows);
  if (running.length === 0) return [];
  const watching = running.filter((row) =>
    stateOf(row).running?.watches?.some((watched) => isAbout(change, watched)),
  );
  return watching.map(({ id }) => addressOf(id));
}

function isAbout({ resource, object }: Change, watched: Watched): boolean {
  const { name = '', namespace } = object.metadata;
  if (watched.keys !== undefined) {
    const place = namespace === undefined ? { resource, name } : { resource, namespace, name };
    return isInRange(storageKey(place), watched.keys);
  }
  if (resource !== watched.resource) return false;
  return (watched.name ?? name) === name && (watched.namespace ?? namespace) === namespace;
}

const CONCERNING: readonly Event['type'][] = [
  'CommandTyped',
  'CommandProgressed',
  'ExecAdvanced',
  'ExecFinished',
  'ContainerLogged',
  'ContainerExited',
  'RequestAnswered',
  'CommandEnded',
  'EtcdStarted',
  'EtcdLeaderElected',
  'EtcdKeysWritten',
  'KubeletStopped',
  'MachineStopped',
  'NetworkCut',
];

/**
 * What happens on machines can be what a line waits for: the end of a program in a container, a line of a
 * log.
 */
function concernsOf({ event }: Entry<Event>, rows: RowReader): Iterable<Address> {
  switch (event.type) {
    case 'CommandTyped':
    case 'CommandProgressed':
      return [addressOf(event.command)];
    case 'ExecAdvanced':
    case 'ExecFinished':
      return commandsAwaiting(rows, (awaited) => awaited.type === 'exec' && awaited.id === event.exec);
    case 'ContainerLogged':
    case 'ContainerExited':
      return commandsAwaiting(
        rows,
        (awaited) => awaited.type === 'log' && awaited.container === event.container,
      );
    case 'RequestAnswered':
      return commandsAwaiting(
        rows,
        (awaited) => awaited.type === 'answer' && awaited.connection === event.connection,
      );
    case 'CommandEnded':
      return commandsAwaiting(rows, (awaited) => awaited.type === 'job' && awaited.command === event.command);
    case 'EtcdStarted':
    case 'EtcdLeaderElected':
      return commandsAwaiting(rows, (awaited) => awaited.type === 'etcd');
    case 'EtcdKeysWritten':
      return commandsAwaiting(rows, (awaited) => awaited.type === 'keys');
    case 'KubeletStopped':
    case 'MachineStopped':
    case 'NetworkCut':
      return commandsAwaiting(rows, (awaited) => awaited.type === 'stop' && awaited.node === event.node);
    default:
      return [];
  }
}

function* commandsAwaiting(rows: RowReader, isMeant: (awaited: Awaited) => boolean): Iterable<Address> {
  for (const row of runningCommands(rows)) {
    if (stateOf(row).running?.awaits?.some(isMeant)) yield addressOf(row.id);
  }
}

function hasCome(awaited: Awaited, rows: RowReader): boolean {
  switch (awaited.type) {
    case 'log': {
      const pieces = rows.rowsBy('logs', 'container', awaited.container);
      return pieces.length > awaited.seen || rows.row('containers', awaited.container)?.exit !== undefined;
    }
    case 'exec': {
      const row = rows.row('execs', awaited.id);
      if (row === undefined || row.exitCode !== undefined) return true;
      return row.stdout.length + row.stderr.length > awaited.seen;
    }
    case 'answer':
      return rows.row('connections', awaited.connection)?.answer !== undefined;
    case 'etcd':
      return runningMembers(rows).some(
        (member) => awaited.nodes.includes(member.node) && (!awaited.isLed || isLed(rows, member)),
      );
    case 'keys':
      return rows
        .rowsBy('etcdKeys', 'all', '')
        .some(({ key, modified }) => modified > awaited.seen && isInRange(key, awaited.keys));
    case 'job':
      return rows.row('commands', awaited.command)?.exitCode !== undefined;
    case 'stop': {
      const machine = rows.row('machines', awaited.node);
      return machine !== undefined && !(machine.kubelet.running && reaches(machine, CONTROL_PLANE));
    }
  }
}

function wake({ rows, settings, chance }: View, { key }: Address, from: Millis): Wake | undefined {
  const row = rows.row('commands', key);
  if (row === undefined || row.exitCode !== undefined) return undefined;
  const cause = rows.changedAt('commands', key);
  if (row.state === undefined) {
    const [low, high] = settings.latencies.kubectl;
    const settled = settledOutcome(chance, 'start-up', key);
    const wait = settled === undefined ? drawWhole(chance, low, high, ACTOR, key, 0) : Number(settled);
    return { at: Math.max(from, row.typedAt + wait), cause };
  }
  if (stateOf(row).running?.awaits?.some((awaited) => hasCome(awaited, rows))) return { at: from, cause };
  return row.wakeAt === undefined ? undefined : { at: Math.max(from, row.wakeAt), cause };
}

/** Each part of it as the line that changed it last has left it. */
export function sessionIn({ rows, settings }: View): Session {
  const left = rows
    .rowsBy('commands', 'session', 'changed')
    .filter(({ exitCode }) => exitCode !== undefined)
    .map((row) => ({ seq: rows.changedAt('commands', row.id) ?? 0, session: stateOf(row).session ?? {} }))
    .sort((a, b) => a.seq - b.seq);
  const first: Session = {
    kubeconfig: { namespace: settings.namespace },
    variables: {},
    exported: [],
    files: {},
  };
  return Object.assign(first, ...left.map(({ session }) => session));
}

/** What lies in the folder where people type, after all lines that have ended. */
export function folderIn(view: View, folder: Files): Files {
  const { files, removed = [] } = sessionIn(view);
  const now = { ...folder, ...files };
  return removed.length === 0
    ? now
    : Object.fromEntries(Object.entries(now).filter(([path]) => !removed.includes(path)));
}

/** Where a line is typed: on the machine that is named, or where the lines before have gone to. */
export function standingOf(view: View, on?: string): Pick<Shell, 'session' | 'machine' | 'place'> {
  const session = sessionIn(view);
  const machine = view.settings.nodes.find(({ controlPlane }) => controlPlane)?.name;
  const place = on === undefined || on === machine ? {} : { machine: on, folder: HOME };
  return {
    session,
    ...(machine === undefined ? {} : { machine }),
    place: on === undefined ? (session.place ?? {}) : place,
  };
}

interface Playing {
  readonly view: View;
  readonly id: string;
  readonly now: Millis;
  readonly folder: Files;
}

function* playLine({ view, id, now, folder }: Playing): Reaction {
  const row = view.rows.row('commands', id);
  if (row === undefined || row.exitCode !== undefined) return;
  const parsed = parseLine(row.line);
  if ('problem' in parsed) {
    yield { type: 'CommandPrinted', command: id, stderr: `bash: ${parsed.problem.message}\n` };
    yield { type: 'CommandEnded', command: id, exitCode: 2 };
    return;
  }
  const printed: { readonly stream: Stream; text: string }[] = [];
  const write = (stream: Stream, text: string): void => {
    const last = printed.at(-1);
    if (text === '') return;
    if (last?.stream === stream) last.text += text;
    else printed.push({ stream, text });
  };
  const shell = {
    command: id,
    view,
    now,
    folder,
    ...standing(view, row),
    write,
    programOf: (name: string) => PROGRAMS.get(name),
  };
  const outcome = yield* runLine(parsed.line, stateOf(row), shell);
  if ('exitCode' in outcome && row.job !== undefined)
    write('stderr', endText(view, { number: row.job.number, row }, outcome.exitCode));
  for (const { stream, text } of printed) {
    yield {
      type: 'CommandPrinted',
      command: id,
      ...(stream === 'stdout' ? { stdout: text } : { stderr: text }),
    };
  }
  if ('exitCode' in outcome) {
    const session = sessionLeft(row, outcome.session);
    if (session !== undefined && Object.keys(session).length > 0)
      yield { type: 'CommandProgressed', command: id, state: { finished: [], session } };
    yield { type: 'CommandEnded', command: id, exitCode: outcome.exitCode };
    return;
  }
  const { state, wakeAt } = outcome;
  if (isEqualJson(state, row.state) && wakeAt === row.wakeAt) return;
  yield { type: 'CommandProgressed', command: id, state, ...(wakeAt === undefined ? {} : { wakeAt }) };
}

/** What is left to itself begins with the variables of the line that left it. */
function standing(view: View, { on, job }: CommandRow): ReturnType<typeof standingOf> {
  const stands = standingOf(view, on);
  if (job?.variables === undefined) return stands;
  return { ...stands, session: { ...stands.session, variables: job.variables } };
}

function endText(view: View, job: Job, exitCode: number): string {
  return jobText(job, exitCode === 0 ? 'Done' : `Exit ${exitCode}`, runningJobs(view));
}

/**
 * A shell of its own leaves nothing but files, and who has typed one line elsewhere stays where they were.
 */
function sessionLeft({ on, job }: CommandRow, session: Partial<Session> = {}): Partial<Session> | undefined {
  const { place: _, ...kept } = session;
  if (job === undefined) return on === undefined ? session : kept;
  const { files, removed } = kept;
  return { ...(files && { files }), ...(removed && { removed }) };
}
