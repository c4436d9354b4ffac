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
  const members = settings.nodes.filter(({ controlPlane }) => controlPlane).length;
  return programsOf(rows, 'etcd').length > members / 2;
}

/** Whether a program runs at all, leading or not. */
export function runsAnywhere(rows: RowReader, program: ProgramName, settings: ClusterSettings): boolean {
  return hasOwnControlPlane(settings) ? programsOf(rows, program).length > 0 : !isStopped(rows, program);
}

/** Whether one of a program's like is at work: one that runs elsewhere is, unless somebody stopped it. */
export function isAtWork(rows: RowReader, program: ProgramName, settings: ClusterSettings): boolean {
  return hasOwnControlPlane(settings) ? leaderOf(rows, program) !== undefined : !isStopped(rows, program);
}

/** The one that does the work; absent while none of them leads, and where they run elsewhere. */
export function leaderOf(rows: RowReader, program: ProgramName): ProgramRow | undefined {
  return programsOf(rows, program).find(({ leads }) => leads);
}

/** Those that run on the cluster's machines. */
export function programsOf(rows: RowReader, program: ProgramName): readonly ProgramRow[] {
  return rows.rowsBy('programs', 'program', program);
}

function isStopped(rows: RowReader, program: ProgramName): boolean {
  return rows.row('programs', programKey(program, ''))?.stoppedAt !== undefined;
}
