import type { Deed } from '../../contract/component.ts';
import { fileKey, hostFileSystem } from '../../contract/file-key.ts';
import { without } from '../../objects/json.ts';
import { type Files, findFile, isUrl, writablePath } from '../files.ts';
import { logFiles } from '../machines/log-files.ts';
import { machineFiles } from '../machines/machine-files.ts';
import type { LeftFile } from '../program.ts';
import type { Progress } from './progress.ts';

/**
 * What can be read where the person is: the scenario's folder, or one of a machine, and all of the machine.
 */
export function filesNow(progress: Progress): Files {
  const { shell, place, onMachine } = progress;
  const node = place.machine ?? shell.machine;
  const folder = folderNow(progress);
  if (node === undefined) return folder;
  let host = machineFiles(shell.view, node);
  if (looksAtLogs(progress)) host = { ...host, ...logFiles(shell.view, node) };
  if (onMachine.size > 0) host = [...onMachine.values()].reduce(withLeft, host);
  if (place.folder === undefined) return { ...host, ...folder };
  const prefix = place.folder === '/' ? '/' : `${place.folder}/`;
  const here: [string, string][] = [];
  for (const [path, text] of Object.entries(host))
    if (path.startsWith(prefix) && path.length > prefix.length) here.push([path.slice(prefix.length), text]);
  const bundled = Object.entries(folder).filter(([path]) => isUrl(path));
  return { ...host, ...Object.fromEntries(here), ...Object.fromEntries(bundled) };
}

/** What containers write is made into files for those who look there, and nobody else. */
function looksAtLogs({ shell, place }: Progress): boolean {
  const line = shell.view.rows.row('commands', shell.command)?.line ?? '';
  return line.includes('/var/log') || (place.folder ?? '').startsWith('/var/log');
}

function folderNow({ shell, written, removed }: Progress): Files {
  const gone = removed ?? shell.session.removed ?? [];
  const files = { ...shell.folder, ...(written ?? shell.session.files) };
  if (gone.length === 0) return files;
  return Object.fromEntries(Object.entries(files).filter(([path]) => !gone.includes(path)));
}

function withLeft(files: Files, { path, text, kind }: LeftFile): Files {
  if (kind === 'directory') return { ...files, [`${path}/`]: '' };
  const bare = without(without(files, path), `${path}/`);
  return kind === 'removed' ? bare : { ...bare, [path]: text };
}

export function appendTo(progress: Progress, path: string, text: string): void {
  leave(progress, { path, text: (filesNow(progress)[path] ?? '') + text });
}

export function emptyFile(progress: Progress, path: string): void {
  leave(progress, { path, text: '' });
}

/** Writes a file that a program leaves, or takes it away. */
export function leaveFile(progress: Progress, left: LeftFile): void {
  const files = filesNow(progress);
  if (left.kind !== undefined) {
    const found = findFile(files, left.path);
    const path = 'path' in found ? found.path : left.path;
    leave(progress, { ...left, path });
    return;
  }
  const target = writablePath(files, left.path, left.makesFolders);
  if ('problem' in target) return;
  const before = left.isAdded ? (files[target.path] ?? '') : '';
  leave(progress, { ...left, path: target.path, text: before + left.text });
}

/** Paths are as `findFile` has them: absolute on the machine, or relative to where the person is. */
function leave(progress: Progress, left: LeftFile): void {
  const { shell, place, onMachine } = progress;
  const { session } = shell;
  const isOfFolder = !left.path.startsWith('/') && place.folder === undefined;
  if (!isOfFolder) {
    const path = absolutePath(left.path, place.folder);
    const before = onMachine.get(path);
    onMachine.set(path, before?.kind === undefined ? { ...before, ...left, path } : { ...left, path });
    return;
  }
  const removed = progress.removed ?? session.removed ?? [];
  if (left.kind === 'removed') {
    progress.removed = [...removed.filter((path) => path !== left.path), left.path];
    return;
  }
  if (removed.includes(left.path)) progress.removed = removed.filter((path) => path !== left.path);
  const path = left.kind === 'directory' ? `${left.path}/` : left.path;
  progress.written = { ...(progress.written ?? session.files), [path]: left.text };
}

/** A path on the machine, for one that may be relative to a folder there. */
export function absolutePath(path: string, folder = '/'): string {
  if (path.startsWith('/')) return path;
  return folder === '/' ? `/${path}` : `${folder}/${path}`;
}

/** What was written on the machine becomes fact. */
export function* settleMachine({ shell, place, onMachine }: Progress): Generator<Deed, void, unknown> {
  const node = place.machine ?? shell.machine;
  if (node === undefined) return;
  const fileSystem = hostFileSystem(node);
  for (const { path, text, kind = 'file', mode, copyOf, sizeBytes } of onMachine.values()) {
    const source = shell.view.rows.row('files', fileKey({ fileSystem, path: copyOf ?? path }));
    const size = sizeBytes ?? (copyOf === undefined ? undefined : source?.sizeBytes);
    yield {
      type: 'FileWritten',
      node,
      pod: '',
      fileSystem,
      path,
      kind,
      ...(kind === 'file' ? { content: text } : {}),
      mode: kind === 'removed' ? 0 : (mode ?? source?.mode ?? (kind === 'directory' ? 0o755 : 0o644)),
      modifiedAt: shell.now,
      ...(size === undefined ? {} : { sizeBytes: size }),
    };
  }
  onMachine.clear();
}
