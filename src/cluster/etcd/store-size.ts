import type { EtcdReader, KeyValue } from '../contract/etcd-reader.ts';
import type { EtcdRow } from '../contract/etcd-rows.ts';
import { byteLength } from '../tools/byte-length.ts';
import { storedBytes } from './stored-value.ts';

/** A member's own limit where nobody sets another: `--quota-backend-bytes`. */
export const DEFAULT_QUOTA = 2 * 1024 ** 3;

const PAGE = 4096;

/** The pages that are there before a key is (bbolt: meta, freelist, buckets). */
const EMPTY = 5 * PAGE;

/** What a version takes besides its key and value: its revision, and a message around it. */
const AROUND = 40;

/** Bytes that the history since the last compaction takes: what `dbSizeInUse` says. */
export function bytesInUse(reader: EtcdReader, compacted: number): number {
  let bytes = 0;
  for (const version of reader.versionsSince(compacted)) bytes += bytesOf(version);
  return EMPTY + pages(bytes);
}

/** How much a write adds. */
export function bytesOf(version: Pick<KeyValue, 'key' | 'value'>): number {
  const { key, value } = version;
  const length = typeof value === 'string' ? byteLength(value) : storedBytes({ value }).length;
  return byteLength(key) + length + AROUND;
}

/** A file grows, and keeps the pages that are free again. */
export function bytesOfFile({ grown }: Pick<EtcdRow, 'grown'>, id: string, inUse: number): number {
  return Math.max(grown[id] ?? 0, inUse);
}

function pages(bytes: number): number {
  return Math.ceil(bytes / PAGE) * PAGE;
}

/** `20 kB`, `1.2 MB`: go-humanize's Bytes. */
export function humanBytes(bytes: number): string {
  if (bytes < 10) return `${bytes} B`;
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let power = 0;
  while (power < units.length - 1 && bytes >= 1000 ** (power + 1)) power += 1;
  const value = Math.floor((bytes / 1000 ** power) * 10 + 0.5) / 10;
  return `${value < 10 ? value.toFixed(1) : roundedToEven(value)} ${units[power]}`;
}

/** Go's `%.0f`: a half goes to the even neighbour. */
function roundedToEven(value: number): number {
  const below = Math.floor(value);
  if (value - below !== 0.5) return Math.round(value);
  return below % 2 === 0 ? below : below + 1;
}
