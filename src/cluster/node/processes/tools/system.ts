import { formatDate } from '../../../tools/format-date.ts';
import { sizeOf } from '../files/file-view.ts';
import { humanSize } from './human-size.ts';
import { readOptions } from './options.ts';
import type { Tool, ToolIo } from './tool.ts';
import { walkTree } from './walk-tree.ts';

export const nproc: Tool = {
  usage: 'nproc [--all] [--ignore=N]',
  run(io) {
    io.out(`${Math.max(1, Math.floor(io.machine.host.limits?.cpus ?? 2))}\n`);
    return 0;
  },
};

const DISK_KIB = 61_255_492;

/** One root file system of a common size, with what the container has written to it. */
export const df: Tool = {
  usage: 'df [-PkmhTai] [-B SIZE] [FILESYSTEM]...',
  run(io) {
    const options = readOptions(io, this.usage, { letters: 'PkmhTaiB:' });
    if (!options) return 1;
    const usedKib =
      12_000_000 + Math.ceil(walkTree(io, '/', '/').reduce((sum, { node }) => sum + sizeOf(node), 0) / 1024);
    const size = (kib: number): string =>
      options.has('h') ? humanSize(kib * 1024) : String(options.has('m') ? Math.ceil(kib / 1024) : kib);
    const percent = `${Math.round((usedKib / DISK_KIB) * 100)}%`;
    const cells = [size(DISK_KIB), size(usedKib), size(DISK_KIB - usedKib)];
    io.out(
      options.has('h')
        ? 'Filesystem                Size      Used Available Use% Mounted on\n'
        : 'Filesystem           1K-blocks      Used Available Use% Mounted on\n',
    );
    io.out(
      `overlay              ${cells.map((cell) => cell.padStart(9)).join(' ')} ${percent.padStart(4)} /\n`,
    );
    return 0;
  },
};

export const free: Tool = {
  usage: 'free [-bkmgh]',
  run(io) {
    const options = readOptions(io, this.usage, { letters: 'bkmgh' });
    if (!options) return 1;
    // A container sees its node's memory here, not its own limit.
    const unit = options.has('m') ? 1 << 20 : options.has('g') ? 1 << 30 : options.has('b') ? 1 : 1024;
    const total = 8 * 2 ** 30;
    const row = [total, total * 0.4, total * 0.3, 0, total * 0.3, total * 0.58];
    const cell = (bytes: number): string =>
      (options.has('h') ? humanSize(bytes) : String(Math.floor(bytes / unit))).padStart(12);
    io.out('              total        used        free      shared  buff/cache   available\n');
    io.out(
      `Mem:    ${row.map((value) => cell(value).slice(-11)).join(' ')}\nSwap:   ${[0, 0, 0].map((value) => cell(value).slice(-11)).join(' ')}\n`,
    );
    return 0;
  },
};

export const uptime: Tool = {
  usage: 'uptime',
  run(io) {
    const minutes = Math.floor((io.now + 86_400_000) / 60_000);
    const clock = formatDate(io.machine.host.epochMs + io.now, '%H:%M:%S');
    const up = `${Math.floor(minutes / 1440)} days, ${Math.floor(minutes / 60) % 24}:${String(minutes % 60).padStart(2, '0')}`;
    io.out(` ${clock} up ${up},  load average: 0.00, 0.00, 0.00\n`);
    return 0;
  },
};

/** Accepted, and nothing to do. */
export const sync: Tool = { usage: 'sync', run: () => 0 };

export const tty: Tool = {
  usage: 'tty',
  run(io: ToolIo) {
    io.out('not a tty\n');
    return 1;
  },
};
