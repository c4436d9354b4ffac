import { constants, createDeflate, createInflate, type Deflate, type Inflate } from 'node:zlib';

/** Words that headers are full of, by which they are packed (SPDY/3, 2.6.10.1). */
const WORDS =
  'options head post put delete trace accept accept-charset accept-encoding accept-language accept-ranges ' +
  'age allow authorization cache-control connection content-base content-encoding content-language ' +
  'content-length content-location content-md5 content-range content-type date etag expect expires from ' +
  'host if-match if-modified-since if-none-match if-range if-unmodified-since last-modified location ' +
  'max-forwards pragma proxy-authenticate proxy-authorization range referer retry-after server te trailer ' +
  'transfer-encoding upgrade user-agent vary via warning www-authenticate method get status';
const LAST_WORDS = ['200 OK', 'version', 'HTTP/1.1', 'url', 'public', 'set-cookie', 'keep-alive', 'origin'];
const TAIL =
  '100101201202205206300302303304305306307402405406407408409410411412413414415416417502504505' +
  '203 Non-Authoritative Information204 No Content301 Moved Permanently400 Bad Request401 Unauthorized' +
  '403 Forbidden404 Not Found500 Internal Server Error501 Not Implemented503 Service Unavailable' +
  'Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec 00:00:00 Mon, Tue, Wed, Thu, Fri, Sat, Sun, GMT' +
  'chunked,text/html,image/png,image/jpg,image/gif,application/xml,application/xhtml+xml,text/plain,' +
  'text/javascript,publicprivatemax-age=gzip,deflate,sdchcharset=utf-8charset=iso-8859-1,utf-,*,enq=0.';

const DICTIONARY = Buffer.concat([
  ...[...WORDS.split(' '), ...LAST_WORDS].flatMap((word) => [lengthOf(word), Buffer.from(word)]),
  Buffer.from(TAIL),
]);

function lengthOf(word: string): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(word.length);
  return bytes;
}

/** The blocks of headers of one connection: each is packed by what stood in those before it. */
export interface HeaderBlocks {
  read(block: Buffer): Promise<ReadonlyMap<string, string>>;
  write(headers: ReadonlyMap<string, string>): Promise<Buffer>;
  close(): void;
}

/** So much a block may hold when it is unpacked. */
const LARGEST = 64 * 1024;

export function headerBlocks(): HeaderBlocks {
  const flushed = { dictionary: DICTIONARY, flush: constants.Z_SYNC_FLUSH };
  const [inflate, deflate] = [createInflate(flushed), createDeflate(flushed)];
  return {
    read: async (block) => readPairs(await through(inflate, block)),
    write: (headers) => through(deflate, writePairs(headers)),
    close() {
      inflate.close();
      deflate.close();
    },
  };
}

async function through(packer: Inflate | Deflate, block: Buffer): Promise<Buffer> {
  return await new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    let size = 0;
    const take = (piece: Buffer): void => {
      pieces.push(piece);
      size += piece.length;
    };
    packer.on('data', take);
    packer.once('error', reject);
    packer.write(block, () => {
      packer.off('data', take);
      packer.off('error', reject);
      if (size > LARGEST) reject(new Error('headers are too large'));
      else resolve(Buffer.concat(pieces));
    });
  });
}

function readPairs(block: Buffer): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  let at = 4;
  const text = (): string => {
    const length = block.readUInt32BE(at);
    const value = block.toString('utf8', at + 4, at + 4 + length);
    at += 4 + length;
    return value;
  };
  const count = block.length < 4 ? 0 : block.readUInt32BE(0);
  for (let pair = 0; pair < Math.min(count, 100); pair += 1) headers.set(text().toLowerCase(), text());
  return headers;
}

function writePairs(headers: ReadonlyMap<string, string>): Buffer {
  const words = [...headers].flat().map((word) => Buffer.from(word));
  const count = Buffer.alloc(4);
  count.writeUInt32BE(headers.size);
  const pieces = words.flatMap((word) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(word.length);
    return [length, word];
  });
  return Buffer.concat([count, ...pieces]);
}
