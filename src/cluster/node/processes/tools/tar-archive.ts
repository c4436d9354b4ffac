import { fromUtf8, toUtf8 } from './utf8.ts';

/** One file of an archive. */
export interface TarEntry {
  readonly name: string;
  readonly kind: 'file' | 'directory' | 'link';
  readonly mode: number;
  /** Seconds since 1970. */
  readonly time: number;
  /** Text of a file, target of a link. */
  readonly content: string;
}

const BLOCK = 512;
const NAME_MAX = 100;
const TYPES: Readonly<Record<TarEntry['kind'], string>> = { file: '0', link: '2', directory: '5' };

/** The blocks of one file: a head, and its text (tar.h; longer names as GNU and busybox write them). */
export function packEntry({ name, kind, mode, time, content }: TarEntry): string {
  const shown = kind === 'directory' && !name.endsWith('/') ? `${name}/` : name;
  const long = toUtf8(shown).length > NAME_MAX ? longName(shown) : '';
  const text = kind === 'file' ? content : '';
  const size = toUtf8(text).length;
  const link = kind === 'link' ? content : '';
  return long + header({ name: shown, mode, time, size, type: TYPES[kind], link }) + text + padding(size);
}

/** Two empty blocks, and as many more as fill a record. */
export function packEnd(bytesBefore: number, record: number): string {
  const rest = (bytesBefore + 2 * BLOCK) % record;
  return '\0'.repeat(2 * BLOCK + (rest === 0 ? 0 : record - rest));
}

function longName(name: string): string {
  const text = `${name}\0`;
  const size = toUtf8(text).length;
  const head = { name: '././@LongLink', mode: 0o644, time: 0, size, type: 'L', link: '' };
  return header(head) + text + padding(size);
}

interface Header {
  readonly name: string;
  readonly mode: number;
  readonly time: number;
  readonly size: number;
  readonly type: string;
  readonly link: string;
}

function header({ name, mode, time, size, type, link }: Header): string {
  const [before, after] = [
    field(name, NAME_MAX) + octal(mode, 8) + octal(0, 8) + octal(0, 8) + octal(size, 12) + octal(time, 12),
    `${type}${field(link, NAME_MAX)}ustar  \0${field('root', 32)}${field('root', 32)}${'\0'.repeat(183)}`,
  ];
  const sum = toUtf8(before + ' '.repeat(8) + after).reduce((total, byte) => total + byte, 0);
  return `${before}${sum.toString(8).padStart(6, '0')}\0 ${after}`;
}

function field(text: string, size: number): string {
  const bytes = toUtf8(text).slice(0, size);
  return fromUtf8(bytes) + '\0'.repeat(size - bytes.length);
}

const octal = (value: number, size: number): string =>
  `${Math.max(0, Math.floor(value))
    .toString(8)
    .padStart(size - 1, '0')}\0`;

const padding = (size: number): string => '\0'.repeat((BLOCK - (size % BLOCK)) % BLOCK);

/** What an archive holds as far as it has come. */
export interface Unpacked {
  readonly entries: readonly TarEntry[];
  /** Its end has been seen. */
  readonly isWhole: boolean;
  readonly isBroken: boolean;
}

/** Reads an archive (ustar, with the long names of GNU and of PAX). */
export function unpackArchive(text: string): Unpacked {
  const bytes = toUtf8(text);
  const entries: TarEntry[] = [];
  let [at, long] = [0, ''];
  while (at + BLOCK <= bytes.length) {
    const head = bytes.slice(at, at + BLOCK);
    if (head.every((byte) => byte === 0)) return { entries, isWhole: true, isBroken: false };
    const size = Number.parseInt(textAt(head, 124, 12).trim() || '0', 8);
    if (!isHeader(head) || !Number.isInteger(size)) return { entries, isWhole: false, isBroken: true };
    const start = at + BLOCK;
    if (start + size > bytes.length) break;
    const content = fromUtf8(bytes.slice(start, start + size));
    const type = textAt(head, 156, 1);
    if (type === 'L') long = content.replace(/\0+$/, '');
    else if (type === 'x') long = /(?:^|\n)\d+ path=([^\n]*)\n/.exec(content)?.[1] ?? long;
    else if (type !== 'g') {
      const entry = entryOf(head, long || nameIn(head), type, content);
      if (entry) entries.push(entry);
      long = '';
    }
    at = start + Math.ceil(size / BLOCK) * BLOCK;
  }
  return { entries, isWhole: false, isBroken: false };
}

function isHeader(head: readonly number[]): boolean {
  const sum = head.reduce((total, byte, place) => total + (place >= 148 && place < 156 ? 32 : byte), 0);
  return sum === Number.parseInt(textAt(head, 148, 8).trim(), 8);
}

function nameIn(head: readonly number[]): string {
  const isPosix = textAt(head, 257, 8).startsWith('ustar') && head[262] === 0;
  const prefix = isPosix ? textAt(head, 345, 155) : '';
  const name = textAt(head, 0, NAME_MAX);
  return prefix === '' ? name : `${prefix}/${name}`;
}

function entryOf(head: readonly number[], name: string, type: string, content: string): TarEntry | undefined {
  const mode = Number.parseInt(textAt(head, 100, 8).trim() || '0', 8) & 0o7777;
  const time = Number.parseInt(textAt(head, 136, 12).trim() || '0', 8);
  if (type === '5' || ((type === '0' || type === '') && name.endsWith('/')))
    return { name: name.replace(/\/+$/, ''), kind: 'directory', mode, time, content: '' };
  if (type === '2') return { name, kind: 'link', mode: 0o777, time, content: textAt(head, 157, 100) };
  return type === '0' || type === '' ? { name, kind: 'file', mode, time, content } : undefined;
}

/** A field of text, which ends with a zero where it does not fill its place. */
function textAt(bytes: readonly number[], from: number, size: number): string {
  const part = bytes.slice(from, from + size);
  const end = part.indexOf(0);
  return fromUtf8(end < 0 ? part : part.slice(0, end));
}
