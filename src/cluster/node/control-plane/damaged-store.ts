import type { Millis } from '../../../kernel/time/millis.ts';
import { formatRfc3339 } from '../../../kernel/time/rfc3339.ts';
import type { View } from '../../contract/component.ts';
import { ETCD_ROW } from '../../contract/etcd-rows.ts';
import { fileKey } from '../../contract/file-key.ts';
import type { ContainerRow } from '../../contract/machine-rows.ts';
import { flagOf } from '../../tools/flag-of.ts';
import { databaseOf } from '../../world/evolve-etcd.ts';
import { placeOf } from '../containers/places.ts';
import { commandOf } from './command-of.ts';

/**
 * What an etcd says and ends with whose data is not what it wrote; undefined where it is. It compares itself
 * with the other members when it starts (kubeadm: --experimental-initial-corrupt-check); one alone comes upon
 * a page of its file that makes no sense. etcd: server/embed/etcd.go, server/etcdserver/corrupt.go.
 */
export function damageText(view: View, container: ContainerRow, now: Millis): string | undefined {
  const { rows, settings } = view;
  const directory = flagOf(commandOf(view, container), 'data-dir') ?? '/var/lib/etcd';
  const file = rows.row('files', fileKey(placeOf(view, container, databaseOf(directory))));
  if (file?.kind !== 'file' || !file.content?.includes('"damaged":true')) return undefined;
  const cluster = rows.row('etcd', ETCD_ROW);
  if ((cluster?.members.length ?? 1) < 2)
    return 'panic: assertion failed: Page expected to be: 14, but self identifies as 0\n';
  const { id = '' } = JSON.parse(file.content) as { readonly id?: string };
  const ts = formatRfc3339(settings.epochMs + now);
  const error = `${id} found data inconsistency with peers`;
  const lines = [
    { level: 'error', ts, caller: 'embed/etcd.go:259', msg: 'checkInitialHashKV failed', error },
    { level: 'fatal', ts, caller: 'etcdmain/etcd.go:204', msg: 'discovery failed', error },
  ];
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}
