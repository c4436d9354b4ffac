import { fileKey, hostFileSystem } from '../../contract/file-key.ts';
import type { FileRow } from '../../contract/file-row.ts';
import { utf8Length } from '../../objects/base64.ts';
import { type Found, findFile } from '../files.ts';
import type { Call } from '../program.ts';

/** What a machine knows of a file besides its text; undefined of one that it was installed with. */
export function fileRow({ view, machine }: Call, path: string): FileRow | undefined {
  if (machine === undefined) return undefined;
  return view.rows.row('files', fileKey({ fileSystem: hostFileSystem(machine), path }));
}

/** What a folder takes itself. */
const FOLDER_BYTES = 4096;

/** What of a file or a folder can be asked for. */
export interface FileFacts {
  readonly isFolder: boolean;
  readonly mode: number;
  /** `drwxr-xr-x` */
  readonly letters: string;
  readonly bytes: number;
  /** Virtual time. */
  readonly modifiedAt: number;
}

export function factsOfFile(call: Call, path: string, found: Found = findFile(call.files, path)): FileFacts {
  const row = fileRow(call, path);
  const isFolder = found.type === 'folder';
  const text = found.type === 'file' ? found.text : '';
  const mode = row?.mode ?? (isFolder ? 0o755 : 0o644);
  return {
    isFolder,
    mode,
    letters: permissions(isFolder, mode),
    bytes: isFolder ? FOLDER_BYTES : (row?.sizeBytes ?? utf8Length(text)),
    modifiedAt: row?.modifiedAt ?? 0,
  };
}

function permissions(isFolder: boolean, mode: number): string {
  const letters = [...'rwxrwxrwx'].map((letter, index) => ((mode >> (8 - index)) & 1 ? letter : '-'));
  return (isFolder ? 'd' : '-') + letters.join('');
}
