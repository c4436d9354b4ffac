import type { Rows } from './rows.ts';

/** The tables of which a cluster that was there before its log finds something. */
export const FOUND_TABLES = [
  'machines',
  'images',
  'pacedClients',
  'podWorkers',
  'podStatuses',
  'sandboxes',
  'containers',
  'processes',
  'files',
  'logs',
  'probeWorkers',
  'proxyRules',
  'proxies',
  'controllerKeys',
  'counters',
  'programs',
  'staticPods',
  'etcd',
  'etcdMembers',
  'etcdKeys',
  'etcdLeases',
] as const satisfies readonly (keyof Rows)[];

/** Rows by table and key. */
export type FoundRows = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** What was true outside of the store when the log began, of a cluster that has run for long. */
export interface PastFound {
  readonly type: 'PastFound';
  readonly tables: FoundRows;
}
