import type { Millis } from '../../kernel/time/millis.ts';
import type { Component } from '../contract/component.ts';
import { type HindranceRow, hindranceKey } from '../contract/hindrance-row.ts';
import type { RowReader } from '../contract/reader.ts';
import { type ClusterSettings, hasOwnControlPlane } from '../contract/settings.ts';

type Of = HindranceRow['of'];

/** One that works, and whose part it is. */
export interface Actor {
  readonly component: Pick<Component, 'name' | 'program'>;
  readonly actor: string;
}

/** Whether anything at all is hindered: most clusters need not be asked more than that. */
export function isAnyHindered(rows: RowReader): boolean {
  return rows.rowsBy('hindrances', 'all', '').length > 0;
}

/** What hinders an actor: of a program of the control plane, or of one machine, or of all machines. */
export function hindranceOf(rows: RowReader, of: Of, { component, actor }: Actor): HindranceRow | undefined {
  const program = component.program ?? component.name;
  const slash = actor.indexOf('/');
  const own = slash < 0 ? undefined : hindered(rows, { of, program, node: actor.slice(slash + 1) });
  return own ?? hindered(rows, { of, program });
}

function hindered(
  rows: RowReader,
  which: Pick<HindranceRow, 'of' | 'program' | 'node'>,
): HindranceRow | undefined {
  return rows.row('hindrances', hindranceKey(which));
}

/** How much later what it watches reaches an actor. */
export function watchLatenessOf(rows: RowReader, who: Actor): Millis {
  return hindranceOf(rows, 'watches', who)?.byMs ?? 0;
}

/** How much longer than it should a request takes at the API server: its own time, and etcd's to write. */
export function requestLateness(rows: RowReader, settings: ClusterSettings, isWrite = true): Millis {
  const byMs = hindered(rows, { of: 'work', program: 'kube-apiserver' })?.byMs ?? 0;
  return byMs + (isWrite ? writeLateness(rows, settings) : 0);
}

/**
 * How long etcd takes to write: a write counts when most of the members have it on their disks, and the
 * slower ones are not waited for (raft).
 */
export function writeLateness(rows: RowReader, settings: ClusterSettings): Millis {
  const everywhere = hindered(rows, { of: 'work', program: 'etcd' })?.byMs ?? 0;
  if (!hasOwnControlPlane(settings)) return everywhere;
  const members = rows.rowsBy('etcdMembers', 'all', '').filter(({ runs }) => runs);
  const disks = members.map(({ node }) => diskLateness(rows, node)).sort((a, b) => a - b);
  return disks[Math.floor(disks.length / 2)] ?? everywhere;
}

/** How long the disk of a member takes for each write. */
export function diskLateness(rows: RowReader, node: string): Millis {
  const row =
    hindered(rows, { of: 'work', program: 'etcd', node }) ?? hindered(rows, { of: 'work', program: 'etcd' });
  return row?.byMs ?? 0;
}
