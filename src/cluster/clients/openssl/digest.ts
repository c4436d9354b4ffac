import { hexOf } from '../../objects/hex.ts';
import { md5 } from '../../objects/md5.ts';
import { sha1 } from '../../objects/sha1.ts';
import { sha256OfBytes } from '../../objects/sha256.ts';
import { findFile } from '../files.ts';
import type { Call, Ended } from '../program.ts';
import { bytesOfText } from './binary.ts';
import { inputOf, OpensslExit, readOptions } from './options.ts';

interface Digest {
  /** As openssl 3 calls it. */
  readonly title: string;
  of(bytes: readonly number[]): string;
}

const DIGESTS: Readonly<Record<string, Digest>> = {
  sha256: { title: 'SHA2-256', of: sha256OfBytes },
  sha1: { title: 'SHA1', of: (bytes) => hexOf(sha1(bytes)) },
  md5: { title: 'MD5', of: md5Of },
};

function md5Of(bytes: readonly number[]): string {
  return hexOf(md5(bytes));
}

/** `openssl dgst -sha256 -hex`, `openssl md5 file`. */
export function digestCalled(name: string): (call: Call, words: readonly string[]) => Ended {
  return (call, words) => {
    const { bare, operands } = readOptions(name, words, { valued: 'out', bare: 'sha256 sha1 md5 hex r c' });
    const kind = name === 'dgst' ? (['sha1', 'md5'].find((each) => bare.has(each)) ?? 'sha256') : name;
    const digest = DIGESTS[kind];
    if (!digest) throw new OpensslExit(`${name}: this digest is not simulated`);
    for (const path of operands.length === 0 ? [undefined] : operands) {
      const sum = digest.of(bytesOfText(inputOf(call, path, 'input')));
      call.write(
        'stdout',
        bare.has('r') ? `${sum} *${path ?? 'stdin'}\n` : `${digest.title}(${path ?? 'stdin'})= ${sum}\n`,
      );
    }
    return { exitCode: 0 };
  };
}

/** `sha256sum FILE`, `md5sum FILE` (coreutils): the sums of files, or of the pipe. */
export function sumOf(
  name: 'sha256sum' | 'md5sum',
  call: Pick<Call, 'files' | 'stdin'>,
  paths: readonly string[],
) {
  const digest = name === 'md5sum' ? md5Of : sha256OfBytes;
  return (paths.length === 0 ? ['-'] : paths).map((path) => {
    const found = path === '-' ? undefined : findFile(call.files, path);
    if (found && found.type !== 'file') return { path };
    return { path, sum: digest(bytesOfText(found ? found.text : call.stdin)) };
  });
}
