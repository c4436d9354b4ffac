import type { FileWords, HostReason } from '../words/file-words.ts';

/** What the codes of the host mean. */
const REASONS: Readonly<Record<string, HostReason>> = {
  ENOENT: 'missing',
  ENOTDIR: 'noFolder',
  EISDIR: 'folder',
  EACCES: 'denied',
  EPERM: 'denied',
  EROFS: 'readOnly',
  ENOSPC: 'full',
  EMFILE: 'tooMany',
  ELOOP: 'loop',
  ENAMETOOLONG: 'longName',
};

/**
 * What to say of an error by which the host refused to read or write a file; undefined for any other error.
 */
export function hostRefusal(error: unknown, words: FileWords): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  const { code, syscall = '', path = '' } = error as NodeJS.ErrnoException;
  const reason = REASONS[String(code)];
  if (reason === undefined) return undefined;
  const why = words.reasons[reason];
  return syscall === 'write' ? words.notWritten(path, why) : words.notOpened(path, why);
}
