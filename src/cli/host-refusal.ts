const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'a part of the path is not a folder',
  EISDIR: 'it is a folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space is left on the device',
  EMFILE: 'too many files are open',
  ELOOP: 'too many symbolic links lead on to each other',
  ENAMETOOLONG: 'the name is too long',
};

/**
 * What to say of an error by which the host refused to read or write a file; undefined for any other error.
 */
export function hostRefusal(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  const { code, syscall = '', path } = error as NodeJS.ErrnoException;
  const reason = REASONS[String(code)];
  if (reason === undefined) return undefined;
  const deed = syscall === 'write' ? 'write' : 'open';
  return `cannot ${deed}${path === undefined ? '' : ` ${path}`}: ${reason}`;
}
