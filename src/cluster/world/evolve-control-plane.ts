import type { Entry } from '../../kernel/log/entry.ts';
import type { Tables } from '../../kernel/table/store.ts';
import type { Millis } from '../../kernel/time/millis.ts';
import {
  PROGRAMS,
  type ProgramEvent,
  type ProgramName,
  type ProgramRow,
  programKey,
} from '../contract/control-plane-rows.ts';
import type { Event } from '../contract/event.ts';
import { imageVersion } from '../objects/versions.ts';
import { heardCounter, isAtWork } from './control-plane.ts';
import { CONTROL_PLANE, reaches } from './reach.ts';
import { rowReader } from './readers.ts';
import type { WorldRows } from './world.ts';

export function isProgramEvent(event: Event): event is ProgramEvent {
  return (
    event.type === 'ProgramStarted' || event.type === 'ProgramStopped' || event.type === 'LeadershipTaken'
  );
}

/** Which programs of the control plane run, after one fact. */
export function evolveControlPlane(
  tables: Tables<WorldRows>,
  event: ProgramEvent,
  { at, seq }: Entry<Event>,
): void {
  tables.programs.write(programKey(event.program, event.node), rowAfter(tables, event, { at, seq }), seq);
}

/** Whether the API server may answer, or a program work, otherwise than before because of a fact. */
export function turnsPrograms({ type }: Event): boolean {
  return TURNING.has(type);
}

const TURNING: ReadonlySet<Event['type']> = new Set([
  'ProgramStarted',
  'ProgramStopped',
  'LeadershipTaken',
  'EtcdFormed',
  'EtcdStarted',
  'EtcdStopped',
  'EtcdLeaderElected',
  'EtcdLeaderLost',
]);

/** The programs that are at work. */
export type AtWork = ReadonlySet<ProgramName>;

export function programsAtWork(tables: Tables<WorldRows>, seq: number): AtWork {
  const settings = tables.settings.read('cluster', seq);
  const rows = rowReader({ tables, seq });
  return new Set(settings ? PROGRAMS.filter((program) => isAtWork(rows, program, settings)) : []);
}

/** What it means for those who talk to the API server, and for what programs had in mind. */
export function evolveTurn(tables: Tables<WorldRows>, before: AtWork, { at, seq }: Moment): void {
  const after = programsAtWork(tables, seq);
  for (const program of before) if (!after.has(program)) forgetMemory(tables, program, seq);
  if (!before.has('kube-apiserver') && after.has('kube-apiserver')) letKubeletsHear(tables, { at, seq });
}

interface Moment {
  readonly at: Millis;
  readonly seq: number;
}

/** That of the image that a container was made of, if it is another than the story's. */
function otherVersion({ containers, settings }: Tables<WorldRows>, id: string, seq: number) {
  const image = containers.read(id, seq)?.specImage;
  const version = image === undefined ? undefined : imageVersion(image);
  const first = settings.read('cluster', seq)?.version;
  return version?.minor === first?.minor && version?.patch === first?.patch ? undefined : version;
}

function rowAfter(
  tables: Tables<WorldRows>,
  event: ProgramEvent,
  { at, seq }: Moment,
): ProgramRow | undefined {
  const { program, node } = event;
  const row = tables.programs.read(programKey(program, node), seq);
  switch (event.type) {
    case 'ProgramStarted': {
      const { container, args } = event;
      // Of a program that runs elsewhere there is one, which leads as soon as it runs.
      const version = otherVersion(tables, container, seq);
      const started: ProgramRow = {
        program,
        node,
        container,
        startedAt: at,
        args,
        ...(version && { version }),
      };
      if (node !== '') return started;
      const goneSince = row?.stoppedAt;
      return { ...started, leads: true, leadsSince: at, ...(goneSince !== undefined && { goneSince }) };
    }
    case 'ProgramStopped': {
      if (node !== '') return undefined;
      const {
        leads: _,
        leadsSince: __,
        ...known
      } = row ?? { program, node, container: '', startedAt: 0, args: [] };
      return { ...known, stoppedAt: at, ...(event.until !== undefined && { until: event.until }) };
    }
    case 'LeadershipTaken':
      return row && { ...row, leads: true, leadsSince: at };
  }
}

/** What a program had in mind goes with it. */
function forgetMemory(tables: Tables<WorldRows>, program: ProgramName, seq: number): void {
  if (program === 'kube-scheduler') {
    for (const key of tables.scheduling.keysBy('all', '', seq)) tables.scheduling.write(key, undefined, seq);
  } else if (program === 'kube-controller-manager') {
    for (const key of tables.controllerKeys.keysBy('all', '', seq))
      tables.controllerKeys.write(key, undefined, seq);
  }
}

/** Kubelets that run and reach the API server, which answers again, list their pods anew. */
function letKubeletsHear(tables: Tables<WorldRows>, { at, seq }: Moment): void {
  for (const node of tables.machines.keysBy('all', '', seq)) {
    const row = tables.machines.read(node, seq);
    if (!row?.kubelet.running || !reaches(row, CONTROL_PLANE)) continue;
    const kubelet = { ...row.kubelet, starting: true as const, backSince: at, refused: true as const };
    tables.machines.write(node, { ...row, kubelet }, seq);
    // What was before the log has no entry to be named.
    if (at >= 0) tables.counters.write(heardCounter(node), { value: at }, seq);
  }
}
