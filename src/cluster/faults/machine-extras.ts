import type { Millis } from '../../kernel/time/millis.ts';
import type { View } from '../contract/component.ts';
import { fileKey, hostFileSystem } from '../contract/file-key.ts';
import type { MachineEvent } from '../contract/machine-event.ts';
import { issue, managedIn, type PkiPlace } from '../kubeadm/pki.ts';
import { databaseOf } from '../world/evolve-etcd.ts';

/** A file that somebody or something left behind, and that takes so much of the machine's disk. */
const FILLER = '/var/log/filler.log';

interface Moment {
  readonly view: View;
  readonly at: Millis;
}

export function diskFilled(node: string, sizeBytes: number, at: Millis): MachineEvent {
  const fileSystem = hostFileSystem(node);
  return {
    type: 'FileWritten',
    node,
    fileSystem,
    path: FILLER,
    kind: 'file',
    mode: 0o644,
    modifiedAt: at,
    sizeBytes,
  };
}

export function diskFreed(node: string, { view, at }: Moment): readonly MachineEvent[] {
  return removed(node, FILLER, { view, at });
}

/** A year and a day ago: kubeadm's certificates are good for a year. */
const LONG_AGO = 366 * 24 * 3_600_000;

/** Certificates of kubeadm's on a machine are what they would be if nobody had renewed them for a year. */
export function certificatesExpired(
  node: string,
  names: readonly string[] | undefined,
  { view, at }: Moment,
): readonly MachineEvent[] {
  const { settings, rows } = view;
  const fileSystem = hostFileSystem(node);
  const place = placeOf(node, view);
  return managedIn(settings.version)
    .filter(({ name }) => names === undefined || names.includes(name))
    .filter(({ path }) => rows.row('files', fileKey({ fileSystem, path }))?.kind === 'file')
    .flatMap((managed) => issue(managed, place, at - LONG_AGO))
    .map(({ path, content, mode }) => {
      return { type: 'FileWritten', node, fileSystem, path, kind: 'file', content, mode, modifiedAt: at };
    });
}

function placeOf(node: string, { settings, rows }: View): PkiPlace {
  const ip = rows.row('machines', node)?.ip ?? '127.0.0.1';
  const first = settings.nodes.find(({ controlPlane }) => controlPlane)?.name ?? '';
  const server = rows.row('machines', first)?.ip ?? ip;
  return { seed: settings.seed, epochMs: settings.epochMs, node, ip, server, version: settings.version };
}

/** A member of etcd has lost what it had on its disk, and its process with it. */
export function memberLost(node: string, { view, at }: Moment): readonly MachineEvent[] {
  const { rows } = view;
  const fileSystem = hostFileSystem(node);
  const files = rows
    .rowsBy('files', 'fileSystem', fileSystem)
    .filter(({ kind, path }) => kind !== 'removed' && path.startsWith('/var/lib/etcd/'));
  return [...files.flatMap(({ path }) => removed(node, path, { view, at })), ...killedEtcd(node, rows)];
}

/** The disk of a member has come back with other bytes on it, and its process ended with that. */
export function memberCorrupted(node: string, { view, at }: Moment): readonly MachineEvent[] {
  const { rows } = view;
  const path = rows.row('etcdMembers', node)?.path;
  const place = path === undefined ? undefined : { fileSystem: hostFileSystem(node), path: databaseOf(path) };
  const file = place && rows.row('files', fileKey(place));
  if (file?.kind !== 'file' || !file.content?.startsWith('{"etcd":"data"')) return [];
  const content = file.content.replace(/\}\s*$/, ',"damaged":true}\n');
  return [{ type: 'FileWritten', node, ...file, content, modifiedAt: at }, ...killedEtcd(node, rows)];
}

function killedEtcd(node: string, rows: View['rows']): readonly MachineEvent[] {
  const row = rows.row('containers', rows.row('programs', `etcd/${node}`)?.container ?? '');
  return row ? [{ type: 'SignalSent', node, pod: row.pod, container: row.id, signal: 'KILL' }] : [];
}

function removed(node: string, path: string, { view, at }: Moment): readonly MachineEvent[] {
  const fileSystem = hostFileSystem(node);
  if (!view.rows.row('files', fileKey({ fileSystem, path }))) return [];
  return [{ type: 'FileWritten', node, fileSystem, path, kind: 'removed', mode: 0, modifiedAt: at }];
}
