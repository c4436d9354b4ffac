import { formatDate } from '../../../tools/format-date.ts';
import type { Options } from '../../../tools/option-words.ts';
import type { FileNode } from '../../images/file-node.ts';
import { sizeOf } from '../files/file-view.ts';
import { byCodeUnit, childOf } from '../files/paths.ts';
import { humanSize } from './human-size.ts';
import { isGnu, readOptions } from './options.ts';
import { linkPath } from './remove.ts';
import type { Tool, ToolIo } from './tool.ts';

const usage = 'ls [-1AaCxdLHRFplinshrSXvctu] [-w WIDTH] [FILE]...';

interface Listed {
  readonly name: string;
  readonly path: string;
  readonly node: FileNode;
}

export const ls: Tool = {
  usage,
  run(io) {
    const long = { all: 'a', color: '1:' };
    const options = readOptions(io, usage, { letters: '1AaCxdLHRFplinshrSXvctukw:', long });
    if (!options) return 1;
    const operands = options.operands.length > 0 ? options.operands : ['.'];
    const found = operands.map((path) => lookUp(io, options, path));
    const listed = found.filter((one) => one !== undefined);
    const isOpened = ({ node }: Listed): boolean => node.kind === 'directory' && !options.has('d');
    const files = listed.filter((one) => !isOpened(one));
    printFiles(io, options, files);
    for (const [index, directory] of listed.filter(isOpened).entries()) {
      if (index > 0 || files.length > 0) io.out('\n');
      printDirectory(io, options, directory, operands.length > 1 || options.has('R'));
    }
    if (listed.length === found.length) return 0;
    return isGnu(io) ? 2 : 1;
  },
};

function lookUp(io: ToolIo, options: Options, path: string): Listed | undefined {
  const own = linkPath(io, path);
  const link = options.has('l') && !path.endsWith('/') ? io.files.node(own) : undefined;
  const resolved = io.files.resolve(path, io.task.cwd) ?? own;
  const node = link?.kind === 'link' ? link : io.files.node(resolved);
  if (node) return { name: path, path: node.kind === 'directory' ? resolved : own, node };
  const text = 'No such file or directory';
  io.complain(isGnu(io) ? `cannot access '${path}': ${text}` : `${path}: ${text}`);
  return undefined;
}

function printDirectory(io: ToolIo, options: Options, directory: Listed, titled: boolean): void {
  if (titled) io.out(`${directory.name}:\n`);
  const all = options.has('a');
  const names = io.files
    .list(directory.path)
    .filter((name) => all || options.has('A') || !name.startsWith('.'));
  const entries = names.flatMap((name): Listed[] => {
    const path = childOf(directory.path, name);
    const node = io.files.node(path);
    return node ? [{ name, path, node }] : [];
  });
  const dots = all ? ['.', '..'].map((name): Listed => ({ ...directory, name })) : [];
  const listed = [...dots, ...sorted(entries, options)];
  if (options.has('l')) io.out(`total ${listed.reduce((sum, entry) => sum + blocksOf(entry.node), 0)}\n`);
  printFiles(io, options, listed);
  if (!options.has('R')) return;
  for (const entry of sorted(entries, options)) {
    if (entry.node.kind !== 'directory') continue;
    io.out('\n');
    printDirectory(
      io,
      options,
      { ...entry, name: `${directory.name.replace(/\/$/, '')}/${entry.name}` },
      true,
    );
  }
}

const blocksOf = (node: FileNode): number => (node.kind === 'link' ? 0 : Math.ceil(sizeOf(node) / 4096) * 4);

function sorted(entries: readonly Listed[], options: Options): readonly Listed[] {
  const bySize = (a: Listed, b: Listed): number => sizeOf(b.node) - sizeOf(a.node);
  const byTime = (a: Listed, b: Listed): number => b.node.modifiedAt - a.node.modifiedAt;
  const order = options.has('S') ? bySize : options.has('t') ? byTime : () => 0;
  const list = entries.toSorted((a, b) => order(a, b) || byCodeUnit(a.name, b.name));
  return options.has('r') ? list.toReversed() : list;
}

/** Not on a terminal, so one name a line. */
function printFiles(io: ToolIo, options: Options, entries: readonly Listed[]): void {
  if (!options.has('l')) {
    io.out(entries.map((entry) => `${entry.name}${markOf(entry, options)}\n`).join(''));
    return;
  }
  const sizes = entries.map(({ node }) =>
    options.has('h') ? humanSize(sizeOf(node)) : String(sizeOf(node)),
  );
  const width = isGnu(io) ? Math.max(0, ...sizes.map((size) => size.length)) : 9;
  const lines = entries.map((entry, index) => {
    const { node } = entry;
    const owner = options.has('n') ? '0' : 'root';
    const time = formatDate(io.machine.host.epochMs + node.modifiedAt, '%b %e %H:%M');
    const target = node.kind === 'link' ? ` -> ${node.content ?? ''}` : '';
    const owners = isGnu(io) ? `${owner} ${owner}` : `${owner.padEnd(8)} ${owner.padEnd(8)}`;
    const links = isGnu(io) ? '1' : String(node.kind === 'directory' ? 2 : 1).padStart(5);
    const size = (sizes[index] ?? '').padStart(width);
    return `${modeText(node)} ${links} ${owners} ${size} ${time} ${entry.name}${markOf(entry, options)}${target}\n`;
  });
  io.out(lines.join(''));
}

function markOf({ node }: Listed, options: Options): string {
  if (node.kind === 'directory' && (options.has('F') || options.has('p'))) return '/';
  if (!options.has('F')) return '';
  return node.kind === 'link' ? '@' : node.mode & 0o111 ? '*' : '';
}

/** `drwxr-xr-x` */
export function modeText(node: FileNode): string {
  const bits = [...'rwxrwxrwx'].map((letter, index) => (node.mode & (0o400 >> index) ? letter : '-'));
  if (node.mode & 0o1000) bits[8] = bits[8] === 'x' ? 't' : 'T';
  return (node.kind === 'directory' ? 'd' : node.kind === 'link' ? 'l' : '-') + bits.join('');
}
