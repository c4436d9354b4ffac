import { type Millis, SECOND } from '../../kernel/time/millis.ts';
import { type ProgramName, type ProgramRow, programKey } from '../contract/control-plane-rows.ts';
import { ETCD_ROW } from '../contract/etcd-rows.ts';
import type { RowReader } from '../contract/reader.ts';
import { type ClusterSettings, hasOwnControlPlane } from '../contract/settings.ts';

/** Whether requests are answered: an API server runs, and its etcd has a quorum. */
export function isServing(rows: RowReader, settings: ClusterSettings): boolean {
  return runsAnywhere(rows, 'kube-apiserver', settings) && hasQuorum(rows, settings);
}

/** Whether enough of etcd's members are in touch to decide, and have done so. */
export function hasQuorum(rows: RowReader, settings: ClusterSettings): boolean {
  if (!hasOwnControlPlane(settings)) return !isStopped(rows, 'etcd');
  const etcd = rows.row('etcd', ETCD_ROW);
  if (etcd) return etcd.leader !== undefined;
  const members = settings.nodes.filter(({ controlPlane, spare }) => controlPlane && !spare).length;
  return programsOf(rows, 'etcd').length > members / 2;
}

/** Whether a program runs at all, leading or not. */
export function runsAnywhere(rows: RowReader, program: ProgramName, settings: ClusterSettings): boolean {
  return hasOwnControlPlane(settings) ? programsOf(rows, program).length > 0 : !isStopped(rows, program);
}

/** Whether the work of a program is done: of several of them one leads, and is answered. */
export function isAtWork(rows: RowReader, program: ProgramName, settings: ClusterSettings): boolean {
  if (isUntouched(rows, settings)) return true;
  if (program === 'etcd') return hasQuorum(rows, settings);
  if (program === 'kube-apiserver') return isServing(rows, settings);
  return runsAndLeads(rows, program, settings) && isServing(rows, settings);
}

/** Whether a program runs and, of several, one leads. */
export function runsAndLeads(rows: RowReader, program: ProgramName, settings: ClusterSettings): boolean {
  if (program === 'etcd' || program === 'kube-apiserver') return runsAnywhere(rows, program, settings);
  return hasOwnControlPlane(settings) ? leaderOf(rows, program) !== undefined : !isStopped(rows, program);
}

/** The one that does the work; absent while none of them leads, and where they run elsewhere. */
export function leaderOf(rows: RowReader, program: ProgramName): ProgramRow | undefined {
  return programsOf(rows, program).find(({ leads }) => leads);
}

/** Since when it is at work, in virtual milliseconds; far back where nothing ever happened to it. */
export function atWorkSince(rows: RowReader, program: ProgramName, settings: ClusterSettings): Millis {
  if (isUntouched(rows, settings)) return Number.NEGATIVE_INFINITY;
  const times = hasOwnControlPlane(settings)
    ? [leaderOf(rows, program)?.leadsSince, programsOf(rows, 'kube-apiserver')[0]?.startedAt]
    : [
        rows.row('programs', programKey(program, ''))?.startedAt,
        ...(['kube-apiserver', 'etcd'] as const).map((each) => losesItsLead(rows, each)),
      ];
  return Math.max(...times.map((time) => time ?? Number.NEGATIVE_INFINITY));
}

/**
 * When a program that runs elsewhere was there again, if it was gone for so long that those who could not
 * renew their lease gave up (--leader-elect-renew-deadline).
 */
function losesItsLead(rows: RowReader, program: ProgramName): Millis | undefined {
  const { startedAt = 0, goneSince = startedAt } = rows.row('programs', programKey(program, '')) ?? {};
  return startedAt - goneSince >= RENEW_DEADLINE_MS ? startedAt : undefined;
}

const RENEW_DEADLINE_MS = 10 * SECOND;

/** Those that run on the cluster's machines. */
export function programsOf(rows: RowReader, program: ProgramName): readonly ProgramRow[] {
  return rows.rowsBy('programs', 'program', program);
}

/** Where clients look for the API server: `10.99.0.1:6443`. */
export function serverHost(rows: RowReader, { nodes }: ClusterSettings): string {
  const [first] = nodes;
  const node = (nodes.find(({ controlPlane }) => controlPlane) ?? first)?.name ?? '';
  return `${rows.row('machines', node)?.ip ?? '127.0.0.1'}:6443`;
}

/** Nothing has ever happened to most control planes that run elsewhere. */
export function isUntouched(rows: RowReader, settings: ClusterSettings): boolean {
  return !hasOwnControlPlane(settings) && rows.rowsBy('programs', 'elsewhere', '').length === 0;
}

function isStopped(rows: RowReader, program: ProgramName): boolean {
  return rows.row('programs', programKey(program, ''))?.stoppedAt !== undefined;
}

/** The counter whose last write says since which entry a kubelet is answered again, or has listed anew. */
export function heardCounter(node: string): string {
  return `heard ${node}`;
}
