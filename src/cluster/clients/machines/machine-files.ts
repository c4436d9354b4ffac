import type { View } from '../../contract/component.ts';
import { hostFileSystem } from '../../contract/file-key.ts';
import type { FileRow } from '../../contract/file-row.ts';
import { derivedOfPair } from '../../objects/derived.ts';
import { type Files, HOME } from '../files.ts';
import { installedFiles } from './installed-files.ts';

/** What lies on the machine of a node, by absolute path. */
export function machineFiles(view: View, node: string): Files {
  const rows = view.rows.rowsBy('files', 'fileSystem', hostFileSystem(node));
  return filesOf(rows, installedFiles(view, node));
}

const filesOf = derivedOfPair((rows: readonly FileRow[], installed: Files): Files => {
  const files: Record<string, string> = {
    ...Object.fromEntries(FOLDERS.map((path) => [path, ''])),
    ...installed,
  };
  for (const { path, kind, content = '' } of rows) {
    if (kind === 'removed') {
      delete files[`${path}/`];
      delete files[path];
    } else files[kind === 'directory' ? `${path}/` : path] = content;
  }
  return files;
});

/** Folders of an installed machine that people write into. */
const FOLDERS: readonly string[] = [
  '/',
  '/backup/',
  '/etc/',
  '/etc/kubernetes/',
  '/etc/kubernetes/manifests/',
  '/etc/systemd/system/',
  '/home/',
  '/mnt/',
  '/opt/',
  `${HOME}/`,
  '/run/',
  '/srv/',
  '/tmp/',
  '/usr/local/bin/',
  '/var/backups/',
  '/var/lib/',
  '/var/lib/kubelet/',
  '/var/log/',
  '/var/tmp/',
];
